import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { newDataset } from '../support/specimens.ts';

type Keys = Awaited<ReturnType<typeof generateKeyPair>> & { kid: string; alg: string };

async function newKeys(kid: string, alg = 'RS256'): Promise<Keys> {
  return { ...(await generateKeyPair(alg, { extractable: true })), kid, alg };
}

const keySet = async ({ privateKey, kid, alg }: Keys) =>
  JSON.stringify({ keys: [{ ...(await exportJWK(privateKey)), kid, alg, use: 'sig' }] });

describe('signing in by an OpenID Connect provider', () => {
  let provider: ChildProcess;
  let say: AsyncIterator<string>;
  let issuer: string;
  let house: House;
  let keys: Keys;

  /** Gives the provider these keys, and waits until it has them. */
  const give = async (next: Keys): Promise<string> => {
    keys = next;
    provider.stdin!.write(`${await keySet(next)}\n`);
    for (;;) {
      const { value } = await say.next();
      if (value === undefined || /^(http|rotated)/.test(value)) return value;
    }
  };

  beforeAll(async () => {
    provider = spawn(process.execPath, [resolve(import.meta.dirname, 'provider/provider.mjs')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    say = createInterface({ input: provider.stdout! })[Symbol.asyncIterator]();
    issuer = await give(await newKeys('first'));
    house = await openHouse({ HOLOTYPE_OIDC_ISSUER: issuer, HOLOTYPE_OIDC_AUDIENCE: 'holotype' });
    await newDataset(house, 'plants');
  });
  afterAll(async () => {
    provider?.kill();
    await house?.stop();
  });

  /** A token that the provider itself gives to a machine. */
  async function given(client: string, scope?: string): Promise<string> {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client}:${encodeURIComponent('a secret of the test')}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }),
    });
    const body = (await response.json()) as { access_token: string };
    expect(response.status, JSON.stringify(body)).toBe(200);
    return body.access_token;
  }

  /** A token that says what the test wants, signed by any key. */
  const signed = (claims: JWTPayload = {}, by = keys, header: object = {}) =>
    new SignJWT({
      iss: issuer,
      aud: 'holotype',
      sub: 'forger',
      exp: Math.floor(Date.now() / 1000) + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: by.alg, kid: by.kid, ...header })
      .sign(by.privateKey);

  const viewer = (token: string) => house.send('{ viewer { name tokenScopes } }', {}, token);
  const codeOf = async (token: string) => {
    const { body } = await viewer(token);
    return body.errors?.[0]?.extensions.code ?? 'LET IN';
  };

  it('makes of a subject a principal that may do nothing yet, the same each time, and on the record', async () => {
    const token = await given('trainer');
    const { viewer: first } = (await viewer(token)).body.data!;
    expect(first).toEqual({
      name: expect.stringMatching(/^oidc-[0-9a-f]{16}$/),
      tokenScopes: ['READ', 'WRITE'],
    });
    expect((await viewer(await given('trainer'))).body.data!.viewer).toEqual(first);
    expect((await viewer(await given('dashboard'))).body.data!.viewer.name).not.toBe(first.name);
    const { body } = await house.send('{ dataset(slug: "plants") { slug } }', {}, token);
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    await succeed(house, 'grantRole', { principal: first.name, role: 'READER', dataset: 'plants' });
    expect((await house.ask('{ dataset(slug: "plants") { slug } }', {}, token)).dataset.slug).toBe('plants');
    const { auditEvents } = await house.ask(
      'query ($filter: AuditFilterInput) { auditEvents(filter: $filter) { nodes { subject phase } } }',
      { filter: { action: 'principal.create', phase: 'SUCCEEDED' } },
    );
    expect(auditEvents.nodes).toContainEqual({ subject: `principal:${first.name}`, phase: 'SUCCEEDED' });
  });

  it('has tokens of its own for 90 days at most, and comes in by neither once it is disabled', async () => {
    const signIn = await given('trainer', 'holotype:read holotype:administer');
    const issue = async (scopes: string) => {
      const document = `mutation { issueToken(input: { label: "x", scopes: [${scopes}] }) {
        ... on IssuedToken { token accessToken { createdAt expiresAt } } ... on Problem { code } } }`;
      return (await house.ask(document, {}, signIn)).issueToken;
    };
    expect(await issue('WRITE')).toMatchObject({ code: 'BAD_INPUT' });
    const { token, accessToken } = await issue('READ');
    const days = (Date.parse(accessToken.expiresAt) - Date.parse(accessToken.createdAt)) / 86_400_000;
    expect(Math.round(days)).toBe(90);
    const { name } = (await viewer(token)).body.data!.viewer;
    await succeed(house, 'disablePrincipal', { name });
    expect([await codeOf(token), await codeOf(signIn)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    await succeed(house, 'enablePrincipal', { name });
    expect([await codeOf(token), await codeOf(signIn)]).toEqual(['LET IN', 'LET IN']);
  });

  it('is as good by HTTP Basic, as .netrc gives it', async () => {
    const basic = Buffer.from(`any:${await given('trainer')}`).toString('base64');
    const response = await house.fetch('/datasets/plants/tags/none', {
      token: null,
      headers: { authorization: `Basic ${basic}` },
    });
    expect(response.status).toBe(404);
  });

  it('allows at most what the token’s scopes say of this server, and never access or audit unasked', async () => {
    const scopes = async (scope?: string) =>
      (await viewer(await given('trainer', scope))).body.data!.viewer.tokenScopes;
    expect(await scopes('holotype:read')).toEqual(['READ']);
    expect(await scopes('holotype:read holotype:administer')).toEqual(['READ', 'ADMINISTER']);
  });

  it('refuses a token that is over, not yet begun, of another issuer, for another audience, or of nobody', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect(await codeOf(await signed())).toBe('LET IN');
    for (const claims of [
      { exp: now - 61 },
      { nbf: now + 3600 },
      { iss: 'https://elsewhere.example' },
      { aud: 'another' },
      { aud: undefined },
      { sub: undefined },
      { exp: undefined },
    ])
      expect([claims, await codeOf(await signed(claims))]).toEqual([claims, 'UNAUTHENTICATED']);
  });

  it('refuses what is signed by nobody, by another key, by the public key as a secret, or was altered', async () => {
    const token = await signed();
    const [head, body, signature] = token.split('.');
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = JSON.parse(Buffer.from(body!, 'base64url').toString());
    const published = Buffer.from(JSON.stringify(await exportJWK(keys.publicKey)));
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: keys.kid })
      .sign(published);
    const stranger = await newKeys(keys.kid);
    const forged: Record<string, string> = {
      none: `${encoded({ alg: 'none', kid: keys.kid })}.${body}.`,
      stripped: `${head}.${body}.`,
      stranger: await signed({}, stranger),
      shared,
      altered: `${head}.${encoded({ ...claims, sub: 'administrator' })}.${signature}`,
      'no token at all': 'a.b.c',
    };
    for (const [name, forgery] of Object.entries(forged))
      expect([name, await codeOf(forgery)]).toEqual([name, 'UNAUTHENTICATED']);
  });

  it('takes the provider’s new keys, and no more the old ones', async () => {
    const old = await signed();
    const before = keys;
    const server = await openHouse({ HOLOTYPE_OIDC_ISSUER: issuer, HOLOTYPE_OIDC_AUDIENCE: 'holotype' });
    try {
      expect(await give(await newKeys('second', 'ES256'))).toBe('rotated');
      // A server that has not asked for keys yet knows the new ones alone.
      const ask = async (token: string) => (await server.send('{ viewer { name } }', {}, token)).body;
      expect((await ask(await given('trainer'))).data!.viewer.name).toMatch(/^oidc-/);
      expect((await ask(old)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
      expect((await ask(await signed({}, before))).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    } finally {
      await server.stop();
    }
  });

  it('says that nobody can tell now where the provider cannot be reached, and takes its own tokens all the same', async () => {
    const server = await openHouse({
      HOLOTYPE_OIDC_ISSUER: 'http://127.0.0.1:9',
      HOLOTYPE_OIDC_AUDIENCE: 'holotype',
    });
    try {
      const { status, body } = await server.send('{ viewer { name } }', {}, await signed());
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([503, 'UNAVAILABLE']);
      expect((await server.ask('{ viewer { name } }')).viewer.name).toBe('administrator');
    } finally {
      await server.stop();
    }
  });

  it.each([
    [
      { HOLOTYPE_OIDC_ISSUER: 'http://provider.example', HOLOTYPE_OIDC_AUDIENCE: 'x' },
      'HOLOTYPE_OIDC_ISSUER',
    ],
    [{ HOLOTYPE_OIDC_ISSUER: 'https://provider.example' }, 'HOLOTYPE_OIDC_AUDIENCE'],
    [{ HOLOTYPE_OIDC_AUDIENCE: 'x' }, 'HOLOTYPE_OIDC_ISSUER'],
  ])('is refused at the start where it is half set: %s', async (environment, name) => {
    await expect(openHouse(environment)).rejects.toThrow(name);
  });
});
