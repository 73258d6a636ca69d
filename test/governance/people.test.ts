import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TokenScope } from '../../src/kernel/actor.ts';
import { countStatements } from '../support/count-statements.ts';
import { type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { newDataset } from '../support/specimens.ts';

const LATER = '2999-01-01T00:00:00.000Z';
const ALL: TokenScope[] = ['READ', 'WRITE', 'ADMINISTER'];

describe('people and tokens', () => {
  let house: House;
  const issue = async (principal: string, input: object = {}) =>
    (await succeed(
      house,
      'issueToken',
      { principal, label: 'test', scopes: ALL, expiresAt: null, ...input },
      '... on IssuedToken { token accessToken { id } }',
    )) as { token: string; accessToken: { id: string } };
  const newPrincipal = async (name: string, kind = 'HUMAN', input: object = {}) => {
    await succeed(house, 'createPrincipal', { name, kind });
    return issue(name, input);
  };
  const codeOf = async (document: string, token: string) => {
    const { body } = await house.send(document, {}, token);
    return body.errors?.[0]?.extensions.code ?? 'LET IN';
  };

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    await newDataset(house, 'animals');
    await newPrincipal('ada');
    await newPrincipal('nightly', 'MACHINE', { scopes: ['READ'] });
    await succeed(house, 'createGroup', { name: 'curators' });
    await succeed(house, 'addToGroup', { group: 'curators', principal: 'ada', expiresAt: LATER });
    await succeed(house, 'grantRole', { principal: 'curators', role: 'CURATOR', dataset: 'plants' });
    await succeed(house, 'grantRole', { principal: 'ada', role: 'READER', dataset: 'animals' });
    await succeed(house, 'grantRole', { principal: 'nightly', role: 'VIEWER', dataset: null });
  });
  afterAll(() => house?.stop());

  describe('are listed', () => {
    const names = async (given: string) => {
      const { principals } = await house.ask(`{ principals(${given}) { nodes { name } } }`);
      return principals.nodes.map(({ name }: { name: string }) => name);
    };

    it('by name, by kind, and page by page', async () => {
      expect(await names('first: 10')).toEqual(['ada', 'administrator', 'curators', 'nightly']);
      expect(await names('kind: MACHINE')).toEqual(['nightly']);
      expect(await names('nameContains: "ADM"')).toEqual(['administrator']);
      expect(await names('nameContains: "%"')).toEqual([]);
      const { principals } = await house.ask('{ principals(first: 1) { pageInfo { endCursor } } }');
      expect(await names(`first: 1, after: "${principals.pageInfo.endCursor}"`)).toEqual(['administrator']);
    });

    it('with what each was given, its groups and members, and tokens without secrets', async () => {
      const { principal: ada } = await house.ask(`{ principal(name: "ada") {
        kind disabledAt grants { principal role dataset grantedBy expiresAt } groups { group expiresAt } members { principal }
        tokens { label scopes datasets expiresAt revokedAt } } }`);
      expect(ada).toEqual({
        kind: 'HUMAN',
        disabledAt: null,
        grants: [
          {
            principal: 'ada',
            role: 'READER',
            dataset: 'animals',
            grantedBy: 'administrator',
            expiresAt: null,
          },
        ],
        groups: [{ group: 'curators', expiresAt: LATER }],
        members: [],
        tokens: [{ label: 'test', scopes: ALL, datasets: null, expiresAt: null, revokedAt: null }],
      });
      const { principal: group } = await house.ask(
        '{ principal(name: "curators") { kind members { principal } grants { role dataset } } }',
      );
      expect(group).toEqual({
        kind: 'GROUP',
        members: [{ principal: 'ada' }],
        grants: [{ role: 'CURATOR', dataset: 'plants' }],
      });
      const { principal: machine } = await house.ask(
        '{ principal(name: "nightly") { grants { role dataset } } }',
      );
      expect(machine.grants).toEqual([{ role: 'VIEWER', dataset: null }]);
    });

    it('by as many statements for many as for few', async () => {
      const document = `query ($first: Int!) { principals(first: $first) { nodes {
        name grants { dataset } groups { group } members { principal } tokens(ended: true) { datasets } } } }`;
      await house.ask(document, { first: 1 });
      const few = await countStatements(() => house.ask(document, { first: 1 }));
      const many = await countStatements(() => house.ask(document, { first: 4 }));
      expect(many.length - few.length).toBeLessThanOrEqual(1); // slugs are asked for where a grant is on a dataset
    });

    it('to nobody who does not administer the instance', async () => {
      const token = await house.tokenOf('ADMINISTRATOR', 'plants');
      for (const document of ['{ principals { nodes { name } } }', '{ principal(name: "ada") { name } }'])
        expect([document, await codeOf(document, token)]).toEqual([document, 'FORBIDDEN']);
    });

    it('on a dataset to who administers it, with what was given on it alone', async () => {
      const token = await house.tokenOf('ADMINISTRATOR', 'plants');
      const { dataset } = await house.ask(
        '{ dataset(slug: "plants") { grants { principal principalKind role dataset } } }',
        {},
        token,
      );
      expect(dataset.grants).toContainEqual({
        principal: 'curators',
        principalKind: 'GROUP',
        role: 'CURATOR',
        dataset: 'plants',
      });
      expect(dataset.grants.map(({ dataset }: { dataset: string }) => dataset)).not.toContain('animals');
      const reader = await house.tokenOf('CURATOR', 'plants');
      expect(await codeOf('{ dataset(slug: "plants") { grants { role } } }', reader)).toBe('FORBIDDEN');
    });
  });

  it('tell everybody of himself: what he holds, by groups too, what that allows, and his tokens', async () => {
    const { token } = await issue('ada', { label: 'second' });
    const { viewer } = await house.ask(
      `{ viewer { grants { principal role dataset } tokens { label }
         whole: privileges plants: privileges(dataset: "plants") animals: privileges(dataset: "animals") } }`,
      {},
      token,
    );
    expect(viewer).toEqual({
      grants: expect.arrayContaining([
        { principal: 'ada', role: 'READER', dataset: 'animals' },
        { principal: 'curators', role: 'CURATOR', dataset: 'plants' },
      ]),
      tokens: [{ label: 'second' }, { label: 'test' }],
      whole: [],
      plants: ['READ', 'READ_PIXELS', 'READ_RESTRICTED', 'ANNOTATE', 'CURATE', 'PUBLISH'],
      animals: ['READ', 'READ_PIXELS'],
    });
    const { token: reading } = await issue('ada', { scopes: ['READ'] });
    const { viewer: less } = await house.ask('{ viewer { privileges(dataset: "plants") } }', {}, reading);
    expect(less.privileges).toEqual(['READ', 'READ_PIXELS', 'READ_RESTRICTED']);
    expect(await codeOf('{ viewer { privileges(dataset: "none") } }', token)).toBe('NOT_FOUND');
  });

  it('note when a token was last used, by one write an hour', async () => {
    const { token, accessToken } = await newPrincipal('noted');
    const used = async () => {
      const { principal } = await house.ask('{ principal(name: "noted") { tokens { lastUsedAt } } }');
      return principal.tokens[0].lastUsedAt;
    };
    const writes = async () => {
      const statements = await countStatements(() => house.ask('{ viewer { name } }', {}, token));
      return statements.filter((statement) => statement.includes('SET last_used_at')).length;
    };
    expect(await used()).toBeNull();
    expect([await writes(), await writes()]).toEqual([1, 0]);
    const first = await used();
    expect(Date.now() - Date.parse(first)).toBeLessThan(60_000);
    await house.services.db.query(
      `UPDATE access_token SET last_used_at = last_used_at - interval '61 minutes' WHERE id = $1`,
      [accessToken.id],
    );
    expect(await writes()).toBe(1);
  });

  describe('hold tokens of some datasets alone', () => {
    it('which know of no other, and nothing of the instance', async () => {
      const { token } = await issue('administrator', { datasets: ['plants'] });
      const told = await house.ask(
        `{ datasets { nodes { slug } } viewer { privileges plants: privileges(dataset: "plants") tokens { datasets } } }`,
        {},
        token,
      );
      expect(told.datasets.nodes).toEqual([{ slug: 'plants' }]);
      expect(told.viewer).toMatchObject({ privileges: [], tokens: [{ datasets: ['plants'] }] });
      expect(told.viewer.plants).toContain('ADMINISTER');
      expect(await codeOf('{ dataset(slug: "animals") { slug } }', token)).toBe('NOT_FOUND');
      const create = 'mutation { createDataset(input: { slug: "x", title: "x" }) { __typename } }';
      expect(await codeOf(create, token)).toBe('FORBIDDEN');
      expect(await codeOf('{ auditEvents { nodes { action } } }', token)).toBe('FORBIDDEN');
    });

    it('which hold no more there than their principal does', async () => {
      const { token } = await issue('ada', { datasets: ['animals'] });
      const { viewer } = await house.ask(
        '{ viewer { privileges(dataset: "animals") grants { dataset } tokens { datasets } } }',
        {},
        token,
      );
      expect(viewer).toEqual({
        privileges: ['READ', 'READ_PIXELS'],
        grants: [{ dataset: 'animals' }],
        tokens: [{ datasets: ['animals'] }],
      });
    });

    it('and are refused for a dataset that is not known, for none, and for too many', async () => {
      const request = { principal: 'ada', label: 'x', scopes: ['READ'] };
      const codes = [];
      for (const datasets of [['none'], [], Array.from({ length: 101 }, () => 'plants')])
        codes.push((await mutate(house, 'issueToken', { ...request, datasets })).code);
      expect(codes).toEqual(['NOT_FOUND', 'BAD_INPUT', 'BAD_INPUT']);
    });
  });

  describe('manage their own tokens', () => {
    const own = (input: object, token: string) =>
      mutate(
        house,
        'issueToken',
        { label: 'own', scopes: ['READ'], ...input },
        '... on IssuedToken { token accessToken { id expiresAt datasets } }',
        token,
      );

    it('which are never broader than what they ask with, nor last longer', async () => {
      const soon = new Date(Date.now() + 3_600_000).toISOString();
      const scopes = ['READ', 'ADMINISTER'];
      const { token } = await issue('ada', { scopes, expiresAt: soon, datasets: ['plants'] });
      const { accessToken } = await own({}, token);
      expect(accessToken).toMatchObject({ expiresAt: soon, datasets: ['plants'] });
      expect(await own({ scopes: ['WRITE'] }, token)).toMatchObject({ code: 'BAD_INPUT' });
      expect(await own({ expiresAt: LATER }, token)).toMatchObject({ code: 'BAD_INPUT' });
      expect(await own({ datasets: ['animals'] }, token)).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('and nobody’s else, who may be there or not', async () => {
      const { token } = await issue('ada');
      const { accessToken } = await issue('nightly');
      for (const principal of ['nightly', 'nobody']) {
        const document = `mutation { issueToken(input: { principal: "${principal}", label: "x", scopes: [READ] }) { __typename } }`;
        expect(await codeOf(document, token)).toBe('FORBIDDEN');
      }
      for (const id of [accessToken.id, '00000000-0000-0000-0000-000000000000'])
        for (const deed of ['rotateToken', 'revokeToken'])
          expect(await mutate(house, deed, { id }, '', token)).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('by a token that carries ADMINISTER; any other manages itself alone', async () => {
      const sibling = await issue('ada');
      const { token, accessToken } = await issue('ada', { scopes: ['READ', 'WRITE'] });
      const revoke = (id: string) => `mutation { revokeToken(input: { id: "${id}" }) { __typename } }`;
      const mint = 'mutation { issueToken(input: { label: "x", scopes: [READ] }) { __typename } }';
      expect(await codeOf(mint, token)).toBe('FORBIDDEN');
      expect(await codeOf(revoke(sibling.accessToken.id), token)).toBe('FORBIDDEN');
      expect(await codeOf(revoke(accessToken.id), token)).toBe('LET IN');
      expect(await codeOf('{ viewer { name } }', token)).toBe('UNAUTHENTICATED');
      expect(await codeOf(revoke(accessToken.id), sibling.token)).toBe('LET IN');
    });

    it('and one of some datasets none that is broader', async () => {
      const whole = await issue('ada');
      const { token } = await issue('ada', { datasets: ['plants'] });
      for (const deed of ['rotateToken', 'revokeToken'])
        expect(await mutate(house, deed, { id: whole.accessToken.id }, '', token)).toMatchObject({
          code: 'NOT_FOUND',
        });
    });
  });

  describe('rotate a token', () => {
    const rotate = async (id: string, input: object = {}, token?: string) =>
      (await mutate(house, 'rotateToken', { id, ...input }, '... on IssuedToken { token }', token)) as {
        token: string;
        code?: string;
      };
    const isLetIn = async (token: string) => (await codeOf('{ viewer { name } }', token)) === 'LET IN';

    it('whose old secret ends at once', async () => {
      const { token, accessToken } = await issue('ada', { scopes: ['READ'] });
      const next = await rotate(accessToken.id, {}, token);
      expect([await isLetIn(token), await isLetIn(next.token)]).toEqual([false, true]);
    });

    it('whose old secret ends after the grace, and administers nothing meanwhile', async () => {
      const { token, accessToken } = await issue('administrator');
      const next = await rotate(accessToken.id, { graceMinutes: 5 }, token);
      const { viewer } = await house.ask('{ viewer { tokenScopes } }', {}, token);
      expect(viewer.tokenScopes).toEqual(['READ', 'WRITE']);
      const again = `mutation { rotateToken(input: { id: "${accessToken.id}" }) { __typename } }`;
      expect(await codeOf(again, token)).toBe('FORBIDDEN');
      await house.services.db.query(
        `UPDATE access_token SET previous_until = now() - interval '1 second' WHERE id = $1`,
        [accessToken.id],
      );
      expect([await isLetIn(token), await isLetIn(next.token)]).toEqual([false, true]);
    });

    it('whose secrets both end with it', async () => {
      const { token, accessToken } = await issue('ada');
      const next = await rotate(accessToken.id, { graceMinutes: 5 });
      await succeed(house, 'revokeToken', { id: accessToken.id });
      expect([await isLetIn(token), await isLetIn(next.token)]).toEqual([false, false]);
      expect(await rotate(accessToken.id)).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('with a grace of a day at most', async () => {
      const { accessToken } = await issue('ada');
      for (const graceMinutes of [-1, 1441])
        expect(await rotate(accessToken.id, { graceMinutes })).toMatchObject({ code: 'BAD_INPUT' });
    });
  });

  describe('are disabled', () => {
    it('with every token, at once, and come back with what they held', async () => {
      const { token } = await newPrincipal('leaver');
      await succeed(house, 'grantRole', { principal: 'leaver', role: 'READER', dataset: 'plants' });
      const read = () => codeOf('{ dataset(slug: "plants") { slug } }', token);
      const disabled = await succeed(
        house,
        'disablePrincipal',
        { name: 'leaver' },
        '... on Principal { disabledAt }',
      );
      expect(disabled.disabledAt).not.toBeNull();
      expect(await read()).toBe('UNAUTHENTICATED');
      await succeed(house, 'enablePrincipal', { name: 'leaver' });
      expect(await read()).toBe('LET IN');
    });

    it('but never the last who administers the instance for good, by himself or by a group', async () => {
      expect(await mutate(house, 'disablePrincipal', { name: 'administrator' })).toMatchObject({
        code: 'CONFLICT',
      });
      await newPrincipal('deputy');
      await succeed(house, 'createGroup', { name: 'administrators' });
      await succeed(house, 'addToGroup', { group: 'administrators', principal: 'deputy' });
      await succeed(house, 'grantRole', {
        principal: 'administrators',
        role: 'ADMINISTRATOR',
        dataset: null,
      });
      await succeed(house, 'disablePrincipal', { name: 'deputy' });
      const last = { principal: 'administrator', role: 'ADMINISTRATOR', dataset: null };
      expect(await mutate(house, 'revokeRole', last)).toMatchObject({ code: 'CONFLICT' });
    });

    it('by their names, not a group’s nor a stranger’s', async () => {
      for (const name of ['curators', 'nobody'])
        expect(await mutate(house, 'disablePrincipal', { name })).toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  it('are on the record in all that is changed of them', async () => {
    const done = async (action: string) => {
      const { auditEvents } = await house.ask(
        'query ($action: String) { auditEvents(filter: { action: $action, phase: SUCCEEDED }) { nodes { subject } } }',
        { action },
      );
      return auditEvents.nodes.length;
    };
    for (const action of [
      'token.issue',
      'token.rotate',
      'token.revoke',
      'principal.disable',
      'principal.enable',
    ])
      expect([action, await done(action)]).toEqual([action, expect.any(Number)]);
    expect(await done('principal.enable')).toBe(1);
    expect(await done('token.rotate')).toBe(3);
  });
});
