import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readConfiguration } from '../src/app/configuration.ts';
import { type RunningServer, startServer } from '../src/app/server.ts';

export const DATABASES = ['embedded', 'PostgreSQL'] as const;
export type DatabaseKind = (typeof DATABASES)[number];

/** HOLOTYPE_BENCH_DATABASE_URL: a server on which a database may be made and dropped. */
const POSTGRESQL = process.env.HOLOTYPE_BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1/';

/** Threads that decode: of the server and of the bare loop beside it. */
export const THREADS = 2;

/** A whole running server in a temporary folder, with the first administrator's token. */
export interface BenchServer extends RunningServer {
  readonly folder: string;
  readonly token: string;
  put(digest: string, bytes: Uint8Array): Promise<void>;
  /** Throws on errors and on refusals alike. */
  ask(document: string, variables?: object): Promise<Answer>;
}

// biome-ignore lint/suspicious/noExplicitAny: a response is whatever the document asked for.
export type Answer = any;

/** Starts a server on this kind of database, runs the work and leaves nothing behind; a sentence where it cannot start. */
export async function withServer<T>(
  kind: DatabaseKind,
  work: (server: BenchServer) => Promise<T>,
): Promise<T | { unavailable: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'holotype-bench-'));
  const name = `holotype_bench_${randomUUID().replaceAll('-', '')}`;
  try {
    if (kind === 'PostgreSQL') await run(`CREATE DATABASE "${name}"`);
  } catch (error) {
    await rm(folder, { recursive: true });
    return {
      unavailable: `No PostgreSQL at ${POSTGRESQL} (${(error as Error).message}); set HOLOTYPE_BENCH_DATABASE_URL.`,
    };
  }
  try {
    const environment = {
      HOLOTYPE_LOG_LEVEL: 'error',
      HOLOTYPE_PROBE_THREADS: String(THREADS),
      ...(kind === 'PostgreSQL'
        ? { DATABASE_URL: Object.assign(new URL(POSTGRESQL), { pathname: `/${name}` }).href }
        : {}),
    };
    const server = await startServer(readConfiguration({ port: '0', dataDir: folder }, environment));
    try {
      return await work(await withToken(server, folder));
    } finally {
      await server.stop();
    }
  } finally {
    if (kind === 'PostgreSQL') await run(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRESQL });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function withToken(server: RunningServer, folder: string): Promise<BenchServer> {
  const token = (await readFile(server.tokenFile, 'utf8')).trim();
  const agent = new Agent({ keepAlive: true });
  type Exchanged = { status: number; text: string };
  /** A kept connection may be closed by the server as it is used again: then it is asked once more (Node, `reusedSocket`). */
  const exchange = (method: string, path: string, type: string, body: Uint8Array): Promise<Exchanged> =>
    new Promise<Exchanged>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': type,
        'content-length': body.byteLength,
      };
      const sent = request(`${server.url}${path}`, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString() }),
        );
        response.on('error', reject);
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        if (sent.reusedSocket && error.code === 'ECONNRESET')
          exchange(method, path, type, body).then(resolve, reject);
        else reject(error);
      });
      sent.end(body);
    });
  return {
    ...server,
    folder,
    token,
    async put(digest, bytes) {
      const { status, text } = await exchange(
        'PUT',
        `/blobs/sha256/${digest}`,
        'application/octet-stream',
        bytes,
      );
      if (status > 201) throw new Error(text);
    },
    async ask(query, variables = {}) {
      const body = Buffer.from(JSON.stringify({ query, variables }));
      const { data, errors } = JSON.parse(
        (await exchange('POST', '/graphql', 'application/json', body)).text,
      );
      if (errors) throw new Error(JSON.stringify(errors));
      const refused = Object.values(data as object).find((value) => value?.__typename?.endsWith('Problem'));
      if (refused) throw new Error(JSON.stringify(refused));
      return data;
    },
  };
}

export async function createDataset(server: BenchServer, slug: string): Promise<string> {
  await server.ask(
    'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { __typename ... on Problem { message } } }',
    { input: { slug, title: slug, licence: 'CC0-1.0' } },
  );
  const [{ id }] = await server.services.db.query('SELECT id FROM dataset WHERE slug = $1', [slug]);
  return id;
}
