import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { callsTo, type House } from '../../support/house.ts';
import { addImages, newDataset, noiseImage, publish } from '../../support/specimens.ts';
import { copyTemplate } from '../../support/template.ts';
import { killLeftovers, type Served, serveProcess } from './command.ts';

describe('a server in a process of its own', () => {
  let folder: string;
  let server: Served;
  let calls: Pick<House, 'ask' | 'send' | 'fetch' | 'tokenOf'>;
  let token: string;
  let environment: Record<string, string>;
  let drop: () => Promise<void>;
  let log = '';
  const start = async () => {
    server = await serveProcess(['--data-dir', folder], environment);
    server.child.stderr!.on('data', (chunk: string) => {
      log += chunk;
    });
    token = (await readFile(join(folder, 'admin-token'), 'utf8')).trim();
    calls = callsTo(server, token);
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-test-'));
    const template = await copyTemplate(folder);
    drop = template.drop;
    environment = {
      HOLOTYPE_LOG_LEVEL: 'trace',
      ...(template.databaseUrl ? { DATABASE_URL: template.databaseUrl } : {}),
    };
    await start();
  });
  afterAll(async () => {
    killLeftovers();
    await drop();
    await rm(folder, { recursive: true, force: true });
  });

  const lines = () =>
    log
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const lineOf = async (requestId: string) => {
    for (let left = 100; left > 0; left--) {
      const found = lines().find((line) => line.requestId === requestId && line.msg === 'request');
      if (found) return found;
      await sleep(20);
    }
    throw new Error(`no line for ${requestId}`);
  };

  it('logs one line for each request, under the name that the request gave itself', async () => {
    const headers = { 'x-request-id': 'client-made-0001' };
    const response = await calls.fetch(`/blobs/sha256/${'0'.repeat(64)}?x=private`, { headers });
    expect(response.headers.get('x-request-id')).toBe('client-made-0001');
    expect(await lineOf('client-made-0001')).toMatchObject({
      method: 'GET',
      route: '/blobs/sha256/:digest',
      status: 404,
      milliseconds: expect.any(Number),
      principal: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(lines().filter(({ requestId }) => requestId === 'client-made-0001')).toHaveLength(1);
  });

  it.each([
    ['too short', 'short'],
    ['of several words', 'has space inside'],
    ['too long', 'x'.repeat(200)],
    ['of other signs', '{"a":"bbbbbbb"}'],
  ])('gives a request another name than one that is %s', async (_, given) => {
    const response = await calls.fetch('/health/live', { headers: { 'x-request-id': given } });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('puts a token in no line, whatever goes wrong and wherever the token stands', async () => {
    const issued = await calls.tokenOf('READER');
    for (const secret of [token, issued]) {
      const basic = Buffer.from(`me:${secret}`).toString('base64');
      await calls.fetch(`/${secret}`, { token: secret });
      await calls.fetch(`/snapshots/${secret}/x?token=${secret}`, { token: secret });
      await calls.fetch('/graphql', { headers: { authorization: `Basic ${basic}` }, token: null });
      await calls.fetch('/health/live', { headers: { 'x-request-id': secret }, token: `${secret}x` });
      await calls.fetch('/keys', { token: `${secret}x` });
      await calls.fetch('/graphql', { method: 'POST', body: `{"query": "${secret}`, token: secret });
      await calls.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"query": "${secret}`,
      });
      await calls.fetch('/%E0%A4%A', { token: secret });
      await calls.send(`{ ${secret.replaceAll('-', '_')}: viewer { name } }`, {}, secret);
      await calls.send('query ($slug: String!) { dataset(slug: $slug) { slug } }', { slug: secret }, secret);
      expect(log).not.toContain(secret);
      expect(log).not.toContain(secret.replaceAll('-', '_'));
      expect(log).not.toContain(basic);
    }
    expect(lines().length).toBeGreaterThan(20);
    expect(lines().some(({ route }) => route === 'unmatched')).toBe(true);
  });

  it('is not ready, and says why in a word, while its blobs are away', async () => {
    await rename(join(folder, 'blobs'), join(folder, 'away'));
    const response = await fetch(`${server.url}/health/ready`);
    expect([response.status, await response.json()]).toEqual([503, { status: 'not ready', down: ['blobs'] }]);
    await rename(join(folder, 'away'), join(folder, 'blobs'));
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    expect(lines()).toContainEqual(
      expect.objectContaining({ msg: 'a part of the server is down', part: 'blobs' }),
    );
  });

  it('told to stop says at once that it is not ready, finishes what was begun, and ends with status 0', async () => {
    await newDataset(calls, 'plots');
    const content = randomBytes(6 * 2 ** 20);
    const digest = createHash('sha256').update(content).digest('hex');
    const upload = open(`${server.url}/blobs/sha256/${digest}`, token, 'PUT');
    upload.request.write(content.subarray(0, 2 ** 20));
    await until(async () => (await metric('holotype_http_open_requests')) >= 2);

    const ended = server.end('SIGTERM');
    await until(async () => (await fetch(`${server.url}/health/ready`)).status === 503);
    const ready = await fetch(`${server.url}/health/ready`);
    expect(await ready.json()).toEqual({ status: 'not ready', down: ['server'] });
    expect(ready.headers.get('connection')).toBe('close');
    // Still answered: whoever balances the load may not have heard.
    expect(await calls.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'administrator' } });

    upload.request.end(content.subarray(2 ** 20));
    const response = await upload.response;
    expect(response.statusCode).toBe(201);
    response.resume();
    expect(await ended).toBe(0);
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
  });

  it('told to stop hands its jobs back, so that the next server makes them', async () => {
    await start();
    await addImages(calls, 'plots', { 'a.png': await noiseImage(1), 'b.png': await noiseImage(2) });
    const digest = await publish(calls, 'plots');
    const { orderRendering } = await calls.ask(
      `mutation ($input: OrderRenderingInput!) { orderRendering(input: $input) { __typename ... on Rendering { id } ... on Problem { message } } }`,
      { input: { snapshot: digest, format: 'parquet' } },
    );
    expect(orderRendering.__typename).toBe('Rendering');
    expect(await server.end('SIGTERM')).toBe(0);
    await start();
    await until(async () => {
      const { rendering } = await calls.ask('query ($id: ID!) { rendering(id: $id) { state } }', {
        id: orderRendering.id,
      });
      return rendering.state === 'DONE';
    });
    expect(await server.end('SIGTERM')).toBe(0);
  });

  it('told to stop cuts off, after the time it gives, what does not end', async () => {
    environment = { ...environment, HOLOTYPE_DRAIN_SECONDS: '1' };
    await start();
    const upload = open(`${server.url}/blobs/sha256/${'0'.repeat(64)}`, token, 'PUT');
    upload.request.write('never ends');
    await until(async () => (await metric('holotype_http_open_requests')) >= 2);
    const ended = server.end('SIGTERM');
    await expect(upload.response).rejects.toThrow();
    expect(await ended).toBe(0);
  });

  it.skipIf('folder' in inject('template'))(
    'says that its database is down, and goes on living',
    async () => {
      const own = await copyTemplate('');
      const place = await mkdtemp(join(folder, 'own-'));
      const other = await serveProcess(['--data-dir', place], { DATABASE_URL: own.databaseUrl! });
      expect((await fetch(`${other.url}/health/ready`)).status).toBe(200);
      await own.drop();
      const response = await fetch(`${other.url}/health/ready`);
      expect([response.status, await response.json()]).toEqual([
        503,
        { status: 'not ready', down: ['database'] },
      ]);
      expect((await fetch(`${other.url}/health/live`)).status).toBe(200);
      const failed = await fetch(`${other.url}/keys`);
      expect(failed.status).toBe(500);
      expect(await failed.text()).not.toMatch(/postgres|database|select/i);
      other.child.kill('SIGKILL');
    },
  );

  async function metric(name: string): Promise<number> {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  }
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}

/** A request whose body is written by hand. */
function open(
  address: string,
  token: string,
  method: string,
): { request: ClientRequest; response: Promise<IncomingMessage> } {
  const asked = request(address, { method, headers: { authorization: `Bearer ${token}` } });
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve);
    asked.once('error', reject);
  });
  response.catch(() => undefined);
  return { request: asked, response };
}
