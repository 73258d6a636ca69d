import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/kernel/actor.ts';
import { type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage } from '../support/specimens.ts';

const READ_ONE = '{ dataset(slug: "open") { slug } }';

describe('access', () => {
  let house: House;
  let bytes: Buffer;
  const codeOf = async (document: string, token: string | null) => {
    const { body } = await house.send(document, {}, token);
    return body.errors?.[0]?.extensions.code ?? null;
  };

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'open');
    await newDataset(house, 'hidden');
    bytes = await noiseImage(1);
    await addImages(house, 'open', { 'a.png': bytes });
    await succeed(house, 'recordAcquisition', {
      dataset: 'open',
      source: 'csv',
      rows: [{ image: 'a.png', values: [{ name: 'latitude', value: '51.97' }] }],
    });
  });
  afterAll(() => house?.stop());

  it('is denied without a token, by GraphQL and by every route', async () => {
    expect(await codeOf(READ_ONE, null)).toBe('UNAUTHENTICATED');
    for (const path of [
      `/blobs/sha256/${digestOf(bytes)}`,
      `/snapshots/sha256:${'0'.repeat(64)}`,
      '/datasets/open/tags/v1',
    ]) {
      const response = await house.fetch(path, { token: null });
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
    }
  });

  it('is denied to a token that does not exist, with the same code by GraphQL and HTTP', async () => {
    const { status, body } = await house.send(READ_ONE, {}, 'holotype_unknown');
    expect(status).toBe(401);
    expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await house.fetch('/datasets/open/tags/v1', { token: 'holotype_unknown' })).status).toBe(401);
  });

  it('is denied to a principal without a role', async () => {
    const token = await house.tokenOf(null);
    expect(await codeOf(READ_ONE, token)).toBe('FORBIDDEN');
    expect((await house.fetch(`/blobs/sha256/${digestOf(bytes)}`, { token })).status).toBe(403);
    expect(await house.ask('{ viewer { tokenScopes } }', {}, token)).toEqual({
      viewer: { tokenScopes: ['READ', 'WRITE', 'ADMINISTER'] },
    });
  });

  it('cannot tell a hidden dataset from none', async () => {
    const token = await house.tokenOf('READER', 'open');
    const of = async (slug: string) => {
      const { body } = await house.send(`{ dataset(slug: "${slug}") { slug } }`, {}, token);
      const [{ message, extensions }] = body.errors as [{ message: string; extensions: object }];
      return { message: message.replaceAll(slug, 'X'), extensions };
    };
    expect(await of('hidden')).toEqual(await of('nothing'));
    const { datasets } = await house.ask('{ datasets { nodes { slug } } }', {}, token);
    expect(datasets.nodes).toEqual([{ slug: 'open' }]);
    const tag = async (slug: string) => {
      const response = await house.fetch(`/datasets/${slug}/tags/v1`, { token });
      return { status: response.status, body: (await response.text()).replaceAll(slug, 'X') };
    };
    expect(await tag('hidden')).toEqual(await tag('nothing'));
    const unknown = `sha256:${'0'.repeat(64)}`;
    const { body } = await house.send(`{ snapshot(digest: "${unknown}") { digest } }`, {}, token);
    expect(body.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('gives bytes only to who may read a dataset that holds them', async () => {
    const other = await house.tokenOf('READER', 'hidden');
    const mine = await house.tokenOf('READER', 'open');
    const held = await house.fetch(`/blobs/sha256/${digestOf(bytes)}`, { token: other });
    const unknown = await house.fetch(`/blobs/sha256/${'0'.repeat(64)}`, { token: other });
    expect([held.status, unknown.status]).toEqual([404, 404]);
    expect((await house.fetch(`/blobs/sha256/${digestOf(bytes)}`, { token: mine })).status).toBe(200);
  });

  it('lets each role do what it is for and nothing more', async () => {
    const describeDataset = { dataset: 'open', title: 'open' };
    const annotate = { dataset: 'open', source: 'test', annotations: [] };
    const grant = { dataset: 'open', principal: 'administrator', role: 'READER' };
    const allowed: Record<Role, [boolean, boolean, boolean]> = {
      VIEWER: [false, false, false],
      READER: [false, false, false],
      ANNOTATOR: [true, false, false],
      REVIEWER: [false, false, false],
      CURATOR: [true, true, false],
      STEWARD: [false, false, false],
      AUDITOR: [false, false, false],
      ADMINISTRATOR: [true, true, true],
    };
    for (const [role, expected] of Object.entries(allowed)) {
      const token = await house.tokenOf(role as Role, 'open');
      const may = async (name: string, input: object) => {
        const type = name.endsWith('Role') ? 'RoleInput' : `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
        const { body } = await house.send(
          `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
          { input },
          token,
        );
        if (body.errors) expect(body.errors[0]?.extensions.code).toBe('FORBIDDEN');
        return body.errors === undefined;
      };
      expect([
        role,
        await may('recordAnnotations', annotate),
        await may('describeDataset', describeDataset),
        await may('grantRole', grant),
      ]).toEqual([role, ...expected]);
    }
  });

  it('does not let a dataset’s administrator rise to the instance', async () => {
    const token = await house.tokenOf('ADMINISTRATOR', 'open');
    for (const [name, input] of [
      ['grantRole', { dataset: null, principal: 'administrator', role: 'ADMINISTRATOR' }],
      ['createPrincipal', { name: 'intruder', kind: 'HUMAN' }],
      ['issueToken', { principal: 'administrator', label: 'x', scopes: ['ADMINISTER'], expiresAt: null }],
    ] as const) {
      const type = name.endsWith('Role') ? 'RoleInput' : `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
      const { body } = await house.send(
        `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
        { input },
        token,
      );
      expect([name, body.errors?.[0]?.extensions.code]).toEqual([name, 'FORBIDDEN']);
    }
    expect(await codeOf('{ auditEvents { nodes { action } } }', token)).toBe('FORBIDDEN');
    expect(await codeOf('{ verifyAuditChain { intact } }', token)).toBe('FORBIDDEN');
  });

  it('is bounded by the token where the role is wider', async () => {
    const reading = await house.tokenOf('ADMINISTRATOR', null, ['READ']);
    expect(await codeOf(READ_ONE, reading)).toBeNull();
    expect(
      await codeOf('mutation { createDataset(input: { slug: "x", title: "x" }) { __typename } }', reading),
    ).toBe('FORBIDDEN');
    expect(await codeOf('{ verifyAuditChain { intact } }', reading)).toBe('FORBIDDEN');
    const writing = await house.tokenOf('ADMINISTRATOR', null, ['WRITE']);
    expect(await codeOf(READ_ONE, writing)).toBe('FORBIDDEN');
    const put = await house.fetch(`/blobs/sha256/${digestOf(bytes)}`, {
      method: 'PUT',
      body: new Uint8Array(bytes),
      token: reading,
    });
    expect(put.status).toBe(403);
  });

  it('ends with an expired token', async () => {
    const token = await house.tokenOf('READER', 'open');
    expect(await codeOf(READ_ONE, token)).toBeNull();
    await house.services.db.query(
      `UPDATE access_token SET expires_at = now() - interval '1 second' WHERE hash = $1`,
      [digestOf(Buffer.from(token))],
    );
    expect(await codeOf(READ_ONE, token)).toBe('UNAUTHENTICATED');
  });

  it('refuses to issue a token that has expired already', async () => {
    const result = await mutate(house, 'issueToken', {
      principal: 'administrator',
      label: 'late',
      scopes: ['READ'],
      expiresAt: '2001-01-01T00:00:00Z',
    });
    expect(result).toMatchObject({ __typename: 'ValidationProblem', code: 'BAD_INPUT' });
  });

  it('ends for a machine after 90 days unless said, and within a year', async () => {
    await succeed(house, 'createPrincipal', { name: 'trainer', kind: 'MACHINE' });
    const input = { principal: 'trainer', label: 'nightly', scopes: ['READ'], expiresAt: null };
    const { accessToken } = await succeed(
      house,
      'issueToken',
      input,
      '... on IssuedToken { accessToken { createdAt expiresAt } }',
    );
    const days = (Date.parse(accessToken.expiresAt) - Date.parse(accessToken.createdAt)) / 86_400_000;
    expect(Math.round(days)).toBe(90);
    const late = { ...input, expiresAt: '2999-01-01T00:00:00Z' };
    expect(await mutate(house, 'issueToken', late)).toMatchObject({ code: 'BAD_INPUT' });
  });

  it('ends with a revoked token, at once', async () => {
    const issued = await succeed(
      house,
      'issueToken',
      { principal: 'administrator', label: 'short', scopes: ['READ'], expiresAt: null },
      '... on IssuedToken { token accessToken { id } }',
    );
    expect(await codeOf(READ_ONE, issued.token)).toBeNull();
    await succeed(house, 'revokeToken', { id: issued.accessToken.id });
    expect(await codeOf(READ_ONE, issued.token)).toBe('UNAUTHENTICATED');
    expect(await mutate(house, 'revokeToken', { id: issued.accessToken.id })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('ends with a revoked role', async () => {
    await succeed(house, 'createPrincipal', { name: 'leaver', kind: 'HUMAN' });
    const role = { principal: 'leaver', role: 'READER', dataset: 'open' };
    await succeed(house, 'grantRole', role);
    const { token } = await succeed(
      house,
      'issueToken',
      { principal: 'leaver', label: 'x', scopes: ['READ'], expiresAt: null },
      '... on IssuedToken { token }',
    );
    expect(await codeOf(READ_ONE, token)).toBeNull();
    await succeed(house, 'revokeRole', role);
    expect(await codeOf(READ_ONE, token)).toBe('FORBIDDEN');
  });

  it('keeps only the hash of a token', async () => {
    const rows = await house.services.db.query('SELECT to_jsonb(t)::text AS row FROM access_token t');
    expect(JSON.stringify(rows)).not.toContain(house.token);
  });

  it('shows restricted metadata to who holds that right alone', async () => {
    const document =
      '{ dataset(slug: "open") { images { nodes { acquisition { unit restricted { name value source } } } } } }';
    const curator = await house.ask(document, {}, await house.tokenOf('CURATOR', 'open'));
    expect(curator.dataset.images.nodes[0].acquisition.restricted).toEqual([
      { name: 'latitude', value: '51.97', source: 'csv' },
    ]);
    const { body } = await house.send(document, {}, await house.tokenOf('READER', 'open'));
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(body.data?.dataset.images.nodes[0].acquisition).toMatchObject({
      unit: expect.any(String),
      restricted: null,
    });
    expect(JSON.stringify(body.data)).not.toContain('51.97');
  });
});
