import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readConfiguration } from '../../src/app/configuration.ts';
import { type RunningServer, startServer } from '../../src/app/server.ts';
import type { Role, TokenScope } from '../../src/kernel/actor.ts';
import { copyTemplate } from './template.ts';

/** A whole running server on its own copy of the database: embedded, or PostgreSQL with HOLOTYPE_TEST_DATABASE_URL. */
export interface House extends RunningServer {
  readonly folder: string;
  /** The first administrator's token. */
  readonly token: string;
  /** Sends a document; fails the test on GraphQL errors. */
  ask<T = Answer>(document: string, variables?: object, token?: string | null): Promise<T>;
  /** Sends a document and gives the whole response. */
  send(
    document: string,
    variables?: object,
    token?: string | null,
  ): Promise<{ status: number; body: { data?: Answer; errors?: GraphqlFault[] } }>;
  /** A new principal with this role on a dataset (or the instance), and a token of it. */
  tokenOf(role: Role | null, dataset?: string | null, scopes?: TokenScope[]): Promise<string>;
  fetch(path: string, init?: RequestInit & { token?: string | null }): Promise<Response>;
}

// biome-ignore lint/suspicious/noExplicitAny: a response is whatever the document asked for.
export type Answer = any;

export interface GraphqlFault {
  readonly message: string;
  readonly path?: (string | number)[];
  readonly extensions: { readonly code: string };
}

export async function openHouse(environment: Record<string, string> = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'holotype-test-'));
  return serveFolder(folder, await copyTemplate(folder), environment);
}

/** A running server on a data folder, which goes with it when it stops. */
export async function serveFolder(
  folder: string,
  { databaseUrl, drop }: { databaseUrl: string | null; drop: () => Promise<void> },
  environment: Record<string, string>,
): Promise<House> {
  const settings = {
    HOLOTYPE_LOG_LEVEL: 'fatal',
    HOLOTYPE_PROBE_THREADS: '1',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...environment,
  };
  const server = await startServer(readConfiguration({ port: '0', dataDir: folder }, settings));
  const token = (await readFile(server.tokenFile, 'utf8')).trim();
  return {
    ...server,
    ...callsTo(server, token),
    folder,
    token,
    async stop() {
      await server.stop();
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What tests ask of a server, with the first administrator's token unless another is given. */
export function callsTo(
  server: { readonly url: string },
  token: string,
): Pick<House, 'ask' | 'send' | 'fetch' | 'tokenOf'> {
  const fetchPath: House['fetch'] = (path, { token: given, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (given !== null) headers.set('authorization', `Bearer ${given ?? token}`);
    return fetch(`${server.url}${path}`, { ...init, headers });
  };
  const send: House['send'] = async (query, variables = {}, given) => {
    const response = await fetchPath('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      token: given,
    });
    return {
      status: response.status,
      body: (await response.json()) as Awaited<ReturnType<House['send']>>['body'],
    };
  };
  const ask: House['ask'] = async (query, variables, given) => {
    const { body } = await send(query, variables, given);
    expect(body.errors).toBeUndefined();
    return body.data;
  };
  return {
    send,
    ask,
    fetch: fetchPath,
    tokenOf: (role, dataset = null, scopes = ['READ', 'WRITE', 'ADMINISTER']) =>
      tokenOf(ask, role, dataset, scopes),
  };
}

async function tokenOf(
  ask: House['ask'],
  role: Role | null,
  dataset: string | null,
  scopes: TokenScope[],
): Promise<string> {
  const principal = `p-${randomUUID().slice(0, 8)}`;
  await ask('mutation ($input: CreatePrincipalInput!) { createPrincipal(input: $input) { __typename } }', {
    input: { name: principal, kind: 'HUMAN' },
  });
  if (role)
    await ask('mutation ($input: RoleInput!) { grantRole(input: $input) { __typename } }', {
      input: { principal, role, dataset },
    });
  const { issueToken } = await ask(
    'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { ... on IssuedToken { token } } }',
    {
      input: { principal, label: 'test', scopes, expiresAt: null },
    },
  );
  return issueToken.token;
}
