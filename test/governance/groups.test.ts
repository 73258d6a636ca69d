import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { newDataset } from '../support/specimens.ts';

const READ_ONE = '{ dataset(slug: "open") { slug } }';
const LATER = '2999-01-01T00:00:00.000Z';
const PAST = "now() - interval '1 second'";

describe('groups and terms of grants', () => {
  let house: House;
  const codeOf = async (token: string) => {
    const { body } = await house.send(READ_ONE, {}, token);
    return body.errors?.[0]?.extensions.code ?? null;
  };
  const newPrincipal = async (name: string) => {
    await succeed(house, 'createPrincipal', { name, kind: 'HUMAN' });
    const { token } = await succeed(
      house,
      'issueToken',
      { principal: name, label: 'test', scopes: ['READ', 'WRITE', 'ADMINISTER'], expiresAt: null },
      '... on IssuedToken { token }',
    );
    return token as string;
  };
  const grant = async (role: object, expiresAt: string | null) => {
    const { grantRole } = await house.ask(
      `mutation ($input: RoleInput!, $expiresAt: DateTimeISO) { grantRole(input: $input, expiresAt: $expiresAt) {
         __typename ... on GrantedRole { expiresAt } ... on Problem { code message } } }`,
      { input: role, expiresAt },
    );
    return grantRole;
  };
  const changes = async (subject: string) => {
    const { auditEvents } = await house.ask(
      'query ($subject: String) { auditEvents(subject: $subject) { nodes { action phase } } }',
      { subject },
    );
    return auditEvents.nodes.map(
      ({ action, phase }: { action: string; phase: string }) => `${action} ${phase}`,
    );
  };

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'open');
  });
  afterAll(() => house?.stop());

  it('a grant ends at its term, without anyone’s doing', async () => {
    const token = await newPrincipal('guest');
    const role = { principal: 'guest', role: 'READER', dataset: 'open' };
    expect(await grant(role, LATER)).toMatchObject({ __typename: 'GrantedRole', expiresAt: LATER });
    expect(await codeOf(token)).toBeNull();
    await house.services.db.query(`UPDATE role_grant SET expires_at = ${PAST} WHERE expires_at IS NOT NULL`);
    expect(await codeOf(token)).toBe('FORBIDDEN');
  });

  it('granting again replaces the term', async () => {
    const token = await newPrincipal('returning');
    const role = { principal: 'returning', role: 'READER', dataset: 'open' };
    await grant(role, LATER);
    await house.services.db.query(`UPDATE role_grant SET expires_at = ${PAST} WHERE expires_at IS NOT NULL`);
    expect(await codeOf(token)).toBe('FORBIDDEN');
    expect(await grant(role, null)).toMatchObject({ expiresAt: null });
    expect(await codeOf(token)).toBeNull();
  });

  it('a term that has passed already is refused', async () => {
    const role = { principal: 'guest', role: 'READER', dataset: 'open' };
    expect(await grant(role, '2001-01-01T00:00:00Z')).toMatchObject({ code: 'BAD_INPUT' });
  });

  it('a member holds the grants of its group, until it is taken out', async () => {
    const token = await newPrincipal('member');
    await succeed(house, 'createGroup', { name: 'readers' });
    await grant({ principal: 'readers', role: 'READER', dataset: 'open' }, null);
    expect(await codeOf(token)).toBe('FORBIDDEN');
    await succeed(house, 'addToGroup', { group: 'readers', principal: 'member' });
    expect(await codeOf(token)).toBeNull();
    await succeed(house, 'removeFromGroup', { group: 'readers', principal: 'member' });
    expect(await codeOf(token)).toBe('FORBIDDEN');
    expect(await changes('group:readers')).toEqual([
      'group.create ATTEMPT',
      'group.create SUCCEEDED',
      'group.add ATTEMPT',
      'group.add SUCCEEDED',
      'group.remove ATTEMPT',
      'group.remove SUCCEEDED',
    ]);
  });

  it('a membership ends at its term', async () => {
    const token = await newPrincipal('visitor');
    await succeed(house, 'createGroup', { name: 'visitors' });
    await grant({ principal: 'visitors', role: 'READER', dataset: 'open' }, null);
    await succeed(house, 'addToGroup', { group: 'visitors', principal: 'visitor', expiresAt: LATER });
    expect(await codeOf(token)).toBeNull();
    await house.services.db.query(`UPDATE group_member SET expires_at = ${PAST}`);
    expect(await codeOf(token)).toBe('FORBIDDEN');
  });

  it('a group asks nothing itself and is no member of a group', async () => {
    await succeed(house, 'createGroup', { name: 'silent' });
    const token = { principal: 'silent', label: 'x', scopes: ['READ'], expiresAt: null };
    expect(await mutate(house, 'issueToken', token)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await mutate(house, 'addToGroup', { group: 'silent', principal: 'silent' })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('a group and a principal never share a name', async () => {
    expect(await mutate(house, 'createGroup', { name: 'administrator' })).toMatchObject({ code: 'CONFLICT' });
  });

  it('who does not administer the instance changes no group, known or unknown', async () => {
    const token = await house.tokenOf('ADMINISTRATOR', 'open');
    for (const group of ['readers', 'nobody']) {
      const { body } = await house.send(
        'mutation ($input: AddToGroupInput!) { addToGroup(input: $input) { __typename } }',
        { input: { group, principal: 'member' } },
        token,
      );
      expect([group, body.errors?.[0]?.extensions.code]).toEqual([group, 'FORBIDDEN']);
    }
  });

  describe('the last administrator of the instance', () => {
    const last = { principal: 'administrator', role: 'ADMINISTRATOR', dataset: null };

    it('keeps the role, told the way out', async () => {
      const refused = { code: 'CONFLICT', message: expect.stringContaining('first grant ADMINISTRATOR') };
      expect(await mutate(house, 'revokeRole', last)).toMatchObject(refused);
    });

    it('keeps it without a term', async () => {
      expect(await grant(last, LATER)).toMatchObject({ code: 'CONFLICT' });
    });

    it('is not relieved by one whose role will end', async () => {
      await newPrincipal('deputy');
      await grant({ ...last, principal: 'deputy' }, LATER);
      expect(await mutate(house, 'revokeRole', last)).toMatchObject({ code: 'CONFLICT' });
    });

    it('is relieved by a member of a group that holds it, who then is the last', async () => {
      const token = await newPrincipal('successor');
      await succeed(house, 'createGroup', { name: 'administrators' });
      await grant({ ...last, principal: 'administrators' }, null);
      await succeed(house, 'addToGroup', { group: 'administrators', principal: 'successor' });
      await succeed(house, 'revokeRole', last);
      const removal = { group: 'administrators', principal: 'successor' };
      expect(await mutate(house, 'removeFromGroup', removal, '', token)).toMatchObject({ code: 'CONFLICT' });
    });
  });
});
