import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphqlSchema } from '../../src/app/graphql-schema.ts';
import { ROUTES } from '../../src/app/http-application.ts';
import { type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

const INJECTIONS = [
  `'; DROP TABLE "image"; --`,
  `" OR 1=1 --`,
  `\\'; SELECT pg_sleep(10); --`,
  '$1',
  `%' UNION SELECT hash FROM access_token --`,
  `{"$gt": ""}`,
  '<script>alert(1)</script>',
];
const LEAK = /syntax error|QueryFailedError|relation "|node_modules|\.ts:\d|\bat \S+ \(/;

describe('who means harm', () => {
  let house: House;
  let schema: GraphQLSchema;
  let elsewhere: Server;
  let asked: string[];
  let digest: string;

  beforeAll(async () => {
    house = await openHouse();
    schema = await graphqlSchema();
    asked = [];
    elsewhere = createServer((incoming, response) => {
      asked.push(incoming.url!);
      response.end('x');
    }).listen(0, '127.0.0.1');
    await newDataset(house, 'plants');
    await addImages(house, 'plants', { 'a.png': await noiseImage(1) });
    digest = await publish(house, 'plants');
  });
  afterAll(async () => {
    elsewhere?.close();
    await house?.stop();
  });

  /** Sends the path as it stands: `fetch` would tidy it up first. */
  const raw = (path: string): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(house.url);
      request(
        { hostname, port, path, headers: { authorization: `Bearer ${house.token}` } },
        async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk as Buffer);
          resolve({ status: response.statusCode!, body: Buffer.concat(chunks).toString() });
        },
      )
        .on('error', reject)
        .end();
    });

  it('walks out of no folder by a path, however it is written', async () => {
    const steps = [
      '../../../../etc/passwd',
      '..%2f..%2f..%2fetc%2fpasswd',
      '%2e%2e/%2e%2e/admin-token',
      '....//admin-token',
      '%00',
      'a%00b',
      '..%5c..%5cadmin-token',
    ];
    for (const { path } of ROUTES.filter(({ method }) => method === 'get')) {
      for (const step of steps) {
        const address = path
          .replace('*path', step)
          .replace(/:digest/, digest)
          .replace(/:\w+/g, step);
        const { status, body } = await raw(address);
        expect([address, status < 500]).toEqual([address, true]);
        expect(body).not.toContain(house.token);
        expect(body).not.toContain('root:');
        expect(body).not.toMatch(LEAK);
      }
    }
  });

  it('puts no SQL into any free text of any query or mutation', async () => {
    const before = await counts();
    for (const root of [schema.getQueryType()!, schema.getMutationType()!])
      for (const field of Object.values(root.getFields())) {
        const [injection] = INJECTIONS.slice(field.name.length % INJECTIONS.length);
        const given = field.args.map(({ name, type }) => `${name}: ${literal(type, injection!)}`);
        const operation = root === schema.getQueryType() ? 'query' : 'mutation';
        const call = `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}`;
        for (const document of [`${operation} { ${call} { __typename } }`, `${operation} { ${call} }`]) {
          const { status, body } = await house.send(document);
          expect([field.name, status < 500, JSON.stringify(body)]).toEqual([
            field.name,
            true,
            expect.not.stringMatching(LEAK),
          ]);
          for (const error of body.errors ?? [])
            expect([field.name, error.extensions.code]).not.toEqual([field.name, 'INTERNAL']);
        }
      }
    expect((await counts()).map(({ table }) => table)).toEqual(before.map(({ table }) => table));
    expect(
      (await house.ask('{ dataset(slug: "plants") { images { nodes { name } } } }')).dataset.images.nodes,
    ).toEqual([{ name: 'a.png' }]);
  });

  const counts = (): Promise<{ table: string }[]> =>
    house.services.db.query(
      `SELECT table_name AS table FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    );

  /** Everything that can be given, with the injection wherever text is taken. */
  function literal(type: GraphQLInputType, text: string, depth = 0): string {
    if (isNonNullType(type)) return literal(type.ofType, text, depth);
    if (isListType(type)) return `[${literal(type.ofType, text, depth)}]`;
    if (isEnumType(type)) return type.getValues()[0]!.name;
    if (isInputObjectType(type)) {
      const members = Object.values(type.getFields()).filter(
        (field) => depth < 3 || isNonNullType(field.type),
      );
      return `{ ${members.map(({ name, type: of }) => `${name}: ${literal(of, text, depth + 1)}`).join(', ')} }`;
    }
    const literals: Record<string, string> = {
      Int: '1',
      Float: '1',
      Boolean: 'false',
      DateTimeISO: '"2099-01-01T00:00:00Z"',
    };
    return (isScalarType(type) && literals[type.name]) || JSON.stringify(text);
  }

  it('makes the server ask no address that it was told of', async () => {
    const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/secret.png`;
    await succeed(house, 'registerImages', { dataset: 'plants', images: [{ name: 'far.png', address }] });
    const remote = await publish(house, 'plants');
    for (const path of [
      'images.csv',
      'train.parquet',
      'images.tar',
      'croissant.json',
      'manifest-00000.jsonl',
      'images/0-1.tar',
    ])
      await (await house.fetch(`/snapshots/${remote}/${path}`)).arrayBuffer();
    expect(asked).toEqual([]);
  });

  it('reaches by a token of one dataset nothing of another that its principal holds, by id, by list or by what is its own', async () => {
    await newDataset(house, 'clinic');
    await newDataset(house, 'meadow');
    await addImages(house, 'meadow', { 'a.png': await noiseImage(8), 'b.png': await noiseImage(9) });
    const fetched = await publish(house, 'meadow');
    await (await house.fetch(`/snapshots/${fetched}`)).arrayBuffer();
    await succeed(house, 'withdrawImages', { dataset: 'meadow', images: ['a.png'], reason: 'LICENCE' });
    const { webhook } = await succeed(
      house,
      'subscribeToWithdrawals',
      { dataset: 'plants', url: 'https://hooks.example.org/withdrawals' },
      '... on SubscribedWebhook { webhook { id } }',
    );
    const own = '{ viewer { webhooks { nodes { id } } notices { nodes { snapshot } } } }';
    expect((await house.ask(own)).viewer).toEqual({
      webhooks: { nodes: [{ id: webhook.id }] },
      notices: { nodes: [{ snapshot: fetched }] },
    });
    const { dataset } = await house.ask(
      '{ dataset(slug: "plants") { id images { nodes { id } } snapshots { nodes { id } } } }',
    );
    const ids = [dataset.id, dataset.images.nodes[0].id, dataset.snapshots.nodes[0].id];
    const issue = { label: 'narrow', scopes: ['READ', 'WRITE', 'ADMINISTER'], datasets: ['clinic'] };
    const { token } = await succeed(house, 'issueToken', issue, '... on IssuedToken { token }');
    const told = await house.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id } datasets { nodes { slug } }
         viewer { webhooks { nodes { id } } notices { nodes { snapshot } } grants { dataset } tokens { label } } }`,
      { ids },
      token,
    );
    expect(told).toEqual({
      nodes: [null, null, null],
      datasets: { nodes: [{ slug: 'clinic' }] },
      viewer: {
        webhooks: { nodes: [] },
        notices: { nodes: [] },
        grants: [{ dataset: null }, { dataset: 'clinic' }],
        tokens: [{ label: 'narrow' }],
      },
    });
    const end = `mutation { endWebhook(id: "${webhook.id}") { __typename ... on Problem { code } } }`;
    expect((await house.ask(end, {}, token)).endWebhook).toMatchObject({ code: 'NOT_FOUND' });
    for (const path of ['/metrics', '/audit/events.jsonl', '/backup/database', '/backup/blobs'])
      expect([path, (await house.fetch(path, { token, headers: { via: 'a proxy' } })).status]).toEqual([
        path,
        403,
      ]);
    const run = JSON.stringify({ snapshot: digest, model: 'm', metrics: [] });
    const report = { method: 'POST', headers: { 'content-type': 'application/json' }, body: run, token };
    expect((await house.fetch('/runs', report)).status).toBe(404);
  });

  it('asks nothing so deep, so wide or so long that the server is kept busy', async () => {
    const depth = `{ dataset(slug: "plants") { ${'images { nodes { annotations { annotator { '.repeat(8)}name${' } } } }'.repeat(8)} } }`;
    const aliases = `{ ${Array.from({ length: 500 }, (_, index) => `a${index}: viewer { name }`).join(' ')} }`;
    const tokens = `{ viewer { ${'name '.repeat(20_000)} } }`;
    const directives = `{ viewer { name ${'@skip(if: false) '.repeat(200)} } }`;
    const fragments = `query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }`;
    for (const [name, query] of Object.entries({ depth, aliases, tokens, directives, fragments })) {
      const { status, body } = await house.send(query);
      expect([name, status, body.errors !== undefined]).toEqual([name, expect.any(Number), true]);
      expect(status).toBeLessThan(500);
      expect(body.data ?? null).toBeNull();
    }
    const batch = await house.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Array.from({ length: 50 }, () => ({ query: '{ viewer { name } }' }))),
    });
    expect(batch.status).toBeLessThan(500);
    expect(Array.isArray(await batch.json())).toBe(false);
  });

  it('sends no body that is larger than is taken', async () => {
    const large = await house.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ viewer { name } } # ${'x'.repeat(33 * 1024 * 1024)}` }),
    });
    expect(large.status).toBe(413);
    const run = await house.fetch('/runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'x'.repeat(5 * 1024 * 1024) }),
    });
    expect([400, 413]).toContain(run.status);
    expect((await house.ask('{ viewer { name } }')).viewer.name).toBe('administrator');
  });

  it('has another site’s page send nothing in a visitor’s name', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const response = await house.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': type },
        body: '{"query":"{ viewer { name } }"}',
      });
      expect([type, response.status]).toEqual([type, 400]);
    }
    const read = await house.fetch(`/graphql?query=${encodeURIComponent('{ viewer { name } }')}`);
    expect(read.status).toBe(400);
    for (const path of ['/graphql', `/snapshots/${digest}`]) {
      const response = await house.fetch(path, {
        method: 'OPTIONS',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('finds a token by its hash alone, so that no comparison tells how much of it was right', async () => {
    const columns: { column_name: string }[] = await house.services.db.query(
      `SELECT column_name FROM information_schema.columns WHERE table_name = 'access_token'`,
    );
    expect(columns.map(({ column_name }) => column_name)).toContain('hash');
    const almost = `${house.token.slice(0, -1)}${house.token.endsWith('A') ? 'B' : 'A'}`;
    const answers = await Promise.all(
      [almost, 'holotype_', 'x', `${house.token} `].map(async (token) => {
        const { status, body } = await house.send('{ viewer { name } }', {}, token);
        return [status, body.errors?.[0]?.message];
      }),
    );
    expect(new Set(answers.slice(0, 3).map(String)).size).toBe(1);
  });
});
