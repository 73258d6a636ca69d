import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { pullSnapshot } from '../../src/app/client/pull-snapshot.ts';
import { readConfiguration } from '../../src/app/configuration.ts';
import { startServer } from '../../src/app/server.ts';
import { callsTo, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import {
  describeOnObjectStore,
  newBucket,
  type StoreProxy,
  storeProxy,
  type TestBucket,
} from '../support/object-store.ts';
import { addImages, digestOf, newDataset, noiseImage, publish } from '../support/specimens.ts';
import { copyTemplate } from '../support/template.ts';
import { killLeftovers, serveProcess } from './cli/command.ts';

describeOnObjectStore('a server whose blobs lie in an object store', () => {
  let proxy: StoreProxy;
  let bucket: TestBucket;
  let house: House;
  let folder: string;
  let image: Buffer;
  let digest: string;
  let shard: string;
  let pixels: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-pulled-'));
    proxy = await storeProxy();
    bucket = await newBucket(proxy.url);
    house = await openHouse(bucket.environment);
    await newDataset(house, 'plants');
    image = await noiseImage(1, { width: 700, height: 500 });
    await addImages(house, 'plants', { 'a.png': image, 'b.png': await noiseImage(2) });
    digest = await publish(house, 'plants', { tag: 'v1' });
    shard = `/snapshots/${digest}/manifest-00000.jsonl`;
    pixels = `/blobs/sha256/${digestOf(image)}`;
  });
  beforeEach(() => void proxy.requests.splice(0));
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
    await bucket?.remove();
    await proxy?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const ask = (path: string, init: RequestInit = {}) => house.fetch(path, { redirect: 'manual', ...init });
  const pull = (name: string) =>
    pullSnapshot({
      ...{ server: house.url, token: house.token, retry: { times: 3, firstDelayMs: 1 } },
      ...{ reference: digest, directory: join(folder, name) },
    });

  it('keeps every blob there and none on its own disk', async () => {
    expect(await bucket.keys()).toContainEqual(expect.stringContaining(digestOf(image).slice(2)));
    await expect(house.services.blobs.stat(digestOf(image))).resolves.toEqual({ size: image.length });
    await expect(readFile(join(house.folder, 'blobs'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('sends who may read there, by an address that needs no token and is kept by nobody', async () => {
    for (const [path, mediaType] of [
      [shard, 'application/jsonl'],
      [pixels, 'image/png'],
    ] as const) {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([302, 'private, no-store']);
      expect(answer.headers.get('vary')).toBe('Authorization');
      const { headers } = await ask(path, { method: 'HEAD' });
      const there = await fetch(answer.headers.get('location')!);
      const bytes = Buffer.from(await there.arrayBuffer());
      expect([there.status, there.headers.get('content-type')]).toEqual([200, mediaType]);
      expect(headers.get('etag')).toBe(`"sha256-${digestOf(bytes)}"`);
    }
  });

  it('sends nobody there who may not read', async () => {
    const stranger = await house.tokenOf(null);
    for (const [token, status] of [
      [null, 401],
      [stranger, 403],
    ] as const) {
      const answer = await house.fetch(pixels, { redirect: 'manual', token });
      expect([answer.status, answer.headers.get('location')]).toEqual([status, null]);
    }
  });

  it('answers itself what needs no bytes: HEAD, what is known already, what lies outside', async () => {
    const head = await ask(pixels, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(image.length)]);
    const etag = head.headers.get('etag')!;
    expect((await ask(pixels, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const outside = await ask(pixels, { headers: { range: `bytes=${image.length}-` } });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${image.length}`]);
    expect((await ask(`/snapshots/${digest}`)).status).toBe(200);
  });

  it('puts on the record that a fetch was sent elsewhere', async () => {
    await ask(shard);
    const details = () =>
      house.services.db.query(
        `SELECT detail FROM audit_event WHERE action = 'snapshot.fetch' AND phase = 'SUCCEEDED' ORDER BY sequence DESC LIMIT 1`,
      );
    await expect
      .poll(async () => JSON.parse((await details())[0].detail))
      .toEqual({ file: 'manifest-00000.jsonl', redirected: true });
  });

  it('is pulled from by way of the store, which never sees a token of ours', async () => {
    const { fetched } = await pull('whole');
    expect(fetched).toBe(2);
    expect((await readFile(join(folder, 'whole', 'snapshot.json'))).length).toBeGreaterThan(0);
    const signed = proxy.requests.filter(({ path }) => path.includes('X-Amz-Signature='));
    expect(signed).toHaveLength(5);
    for (const { authorization } of signed) expect(authorization).toBeUndefined();
    for (const { authorization } of proxy.requests) expect(authorization ?? 'AWS4-').toMatch(/^AWS4-/);
  });

  it('is pulled from by way of a store that breaks off and fails: each goes on where it stood', async () => {
    proxy.cuts = 2;
    await pull('cut');
    expect(proxy.requests.filter(({ range }) => range !== undefined).length).toBeGreaterThan(0);
    proxy.failures = 1;
    await pull('failed');
  });

  it('tells who cannot reach the store which address is silent, and not its signature', async () => {
    await proxy.close();
    const { host } = new URL(proxy.url);
    await expect(pull('unreachable')).rejects.toMatchObject({
      code: 'PIN_UNREACHABLE',
      message: expect.stringMatching(new RegExp(`^http://${host}/[^?]+ could not be read`)),
    });
  });
});

describeOnObjectStore('a server that sends nobody to its object store', () => {
  it('serves all bytes itself, by ranges too', async () => {
    const bucket = await newBucket();
    const house = await openHouse({ ...bucket.environment, HOLOTYPE_S3_REDIRECT: 'false' });
    await newDataset(house, 'plants');
    const image = await noiseImage(3);
    await addImages(house, 'plants', { 'a.png': image });
    const path = `/blobs/sha256/${digestOf(image)}`;
    const whole = await house.fetch(path, { redirect: 'error' });
    expect(Buffer.from(await whole.arrayBuffer()).equals(image)).toBe(true);
    expect(whole.headers.get('repr-digest')).toContain('sha-256=:');
    const part = await house.fetch(path, { headers: { range: 'bytes=100-' }, redirect: 'error' });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(image.subarray(100))).toBe(true);
    await house.stop();
    await bucket.remove();
  });
});

describeOnObjectStore('a withdrawal from an object store', () => {
  it('leaves no object of the image, named by a row or not, and all of the others', async () => {
    const bucket = await newBucket();
    const house = await openHouse(bucket.environment);
    await newDataset(house, 'plants');
    const [gone, kept, upload] = await Promise.all([31, 32, 33].map((seed) => noiseImage(seed)));
    await addImages(house, 'plants', { 'gone.png': gone!, 'kept.png': kept! });
    const digest = await publish(house, 'plants');
    const address = `/blobs/sha256/${digestOf(upload!)}`;
    await house.fetch(address, { method: 'PUT', body: new Uint8Array(upload!) });
    const stray = Buffer.from('image\ngone.png\n');
    await house.services.blobs.put(Readable.from([stray]), {});
    expect((await bucket.keys()).join()).toContain(digestOf(stray).slice(2));
    const before = await house.fetch(`/snapshots/${digest}/images.csv`);
    expect(before.status).toBe(200);
    const csv = Buffer.from(await before.arrayBuffer());
    const { id } = await succeed(
      house,
      'withdrawImages',
      { dataset: 'plants', images: ['gone.png'], reason: 'PRIVACY' },
      '... on Withdrawal { id }',
    );
    const ask = 'query ($id: ID!) { withdrawal(id: $id) { completedAt successors { state fault } } }';
    await expect
      .poll(async () => (await house.ask(ask, { id })).withdrawal, { timeout: 60_000 })
      .toEqual({ completedAt: expect.any(String), successors: [{ state: 'DONE', fault: null }] });
    const keys = (await bucket.keys()).join();
    for (const bytes of [gone!, csv, stray]) expect(keys).not.toContain(digestOf(bytes).slice(2));
    for (const bytes of [kept!, upload!, Buffer.alloc(0)]) expect(keys).toContain(digestOf(bytes).slice(2));
    const manifest = await (await house.fetch(`/snapshots/${digest}/manifest-00000.jsonl`)).text();
    expect(manifest.match(/"withdrawn":/g)).toHaveLength(1);
    await house.stop();
    await bucket.remove();
  });
});

describeOnObjectStore('several servers on one object store', () => {
  let bucket: TestBucket;
  beforeAll(async () => {
    bucket = await newBucket();
  });
  afterAll(async () => {
    killLeftovers();
    await bucket?.remove();
  });

  it.skipIf('folder' in inject('template'))(
    'and one PostgreSQL publish and serve the same digest (with HOLOTYPE_TEST_DATABASE_URL)',
    async () => {
      const folders = [
        await mkdtemp(join(tmpdir(), 'holotype-')),
        await mkdtemp(join(tmpdir(), 'holotype-')),
      ];
      const { databaseUrl, drop } = await copyTemplate(folders[0]!);
      const settings = { ...bucket.environment, DATABASE_URL: databaseUrl!, HOLOTYPE_LOG_LEVEL: 'fatal' };
      const start = (dataDir: string) => startServer(readConfiguration({ port: '0', dataDir }, settings));
      const first = await start(folders[0]!);
      const second = await start(folders[1]!);
      const token = (await readFile(first.tokenFile, 'utf8')).trim();
      const [one, other] = [callsTo(first, token), callsTo(second, token)];

      await newDataset(one, 'plants');
      await addImages(one, 'plants', { 'a.png': await noiseImage(1), 'b.png': await noiseImage(2) });
      await addImages(other, 'plants', { 'c.png': await noiseImage(3) });
      const digest = await publish(one, 'plants');
      expect(await publish(other, 'plants')).toBe(digest);
      const directory = await mkdtemp(join(tmpdir(), 'holotype-pulled-'));
      for (const [index, { url }] of [first, second].entries()) {
        const pulled = await pullSnapshot({
          ...{ server: url, token, reference: digest, directory: join(directory, String(index)) },
        });
        expect(pulled).toMatchObject({ digest, fetched: 3 });
      }
      for (const server of [first, second]) await server.stop();
      await drop();
      for (const folder of [...folders, directory]) await rm(folder, { recursive: true, force: true });
    },
  );

  it('show nothing of an upload during which one of them was killed', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'holotype-killed-'));
    const { databaseUrl, drop } = await copyTemplate(dataDir);
    const environment = { ...bucket.environment, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) };
    const server = await serveProcess(['--data-dir', dataDir], environment);
    const token = (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim();
    const before = await bucket.keys();
    const bytes = randomBytes(30 * 2 ** 20);
    const put = request(`${server.url}/blobs/sha256/${digestOf(bytes)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-length': bytes.length },
    });
    put.on('error', () => undefined);
    put.write(bytes.subarray(0, 20 * 2 ** 20));
    await expect.poll(() => bucket.uploads(), { timeout: 60_000 }).toHaveLength(1);
    await server.end('SIGKILL');
    expect(await bucket.keys()).toEqual(before);

    const again = await serveProcess(['--data-dir', dataDir], environment);
    const address = `${again.url}/blobs/sha256/${digestOf(bytes)}`;
    const headers = { authorization: `Bearer ${token}` };
    const stored = await fetch(address, { method: 'PUT', body: bytes, headers });
    expect([stored.status, await stored.json()]).toEqual([201, expect.objectContaining({ created: true })]);
    expect(await again.end('SIGTERM')).toBe(0);
    await drop();
    await rm(dataDir, { recursive: true, force: true });
  });
});
