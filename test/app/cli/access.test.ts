import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../support/house.ts';
import { newDataset } from '../../support/specimens.ts';
import { commandsOf, killLeftovers } from './command.ts';

describe('people and tokens on the command line', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    await newDataset(house, 'animals');
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
  });
  const access = (...args: string[]) => commandsOf(house)('access', ...args);
  const told = async (...args: string[]) => JSON.parse((await access(...args, '--json')).stdout);
  const codeOf = async (document: string, token: string) =>
    (await house.send(document, {}, token)).body.errors?.[0]?.extensions.code ?? 'LET IN';

  it('makes a machine known, gives it a role by a group, and lists who holds what', async () => {
    expect((await access('create', 'trainer', '--kind', 'machine')).status).toBe(0);
    await access('groups', 'create', 'readers');
    await access('groups', 'add', 'readers', 'trainer', '--until', '2999-01-01');
    const granted = await access('grant', 'readers', 'reader', '--dataset', 'plants');
    expect(granted.stdout).toBe('readers holds READER on plants.\n');
    await access('grant', 'trainer', 'viewer', '--instance');
    expect((await access('list', '--kind', 'machine')).stdout).toMatch(
      /trainer +machine +VIEWER on the instance +readers/,
    );
    expect(await told('groups', 'list')).toMatchObject([
      { name: 'readers', members: [{ principal: 'trainer', expiresAt: '2999-01-01T00:00:00.000Z' }] },
    ]);
    expect(await told('list', '--dataset', 'plants')).toContainEqual(
      expect.objectContaining({ principal: 'readers', role: 'READER' }),
    );
    expect((await access('revoke', 'trainer', 'viewer', '--instance')).status).toBe(0);
    expect((await told('show', 'trainer')).grants).toEqual([]);
  });

  it('issues a token of one dataset, rotates it and revokes it; the secret alone on standard output', async () => {
    const request = ['--principal', 'trainer', '--label', 'nightly', '--dataset', 'plants'];
    const issued = await access('token', 'issue', ...request);
    expect(issued.stdout).toMatch(/^holotype_\S+\n$/);
    const secret = issued.stdout.trim();
    expect(await codeOf('{ dataset(slug: "plants") { slug } }', secret)).toBe('LET IN');
    expect(await codeOf('{ dataset(slug: "animals") { slug } }', secret)).toBe('NOT_FOUND');
    const [token] = await told('token', 'list', '--principal', 'trainer');
    expect(token).toMatchObject({ label: 'nightly', scopes: ['READ'], datasets: ['plants'] });
    const rotated = await access('token', 'rotate', token.id, '--token', secret);
    expect(await codeOf('{ viewer { name } }', secret)).toBe('UNAUTHENTICATED');
    expect(await codeOf('{ viewer { name } }', rotated.stdout.trim())).toBe('LET IN');
    expect((await access('token', 'revoke', token.id)).stdout).toBe(`${token.id} is ended.\n`);
    expect(await codeOf('{ viewer { name } }', rotated.stdout.trim())).toBe('UNAUTHENTICATED');
  });

  it('disables and enables, and says why the last administrator is not', async () => {
    expect((await access('disable', 'trainer')).status).toBe(0);
    expect((await access('list')).stdout).toContain('machine, disabled');
    expect((await access('enable', 'trainer')).stdout).toBe('trainer is taken again.\n');
    const refused = await access('disable', 'administrator');
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('(CONFLICT)')]);
  });

  it.each([
    [['grant', 'trainer', 'reader']],
    [['grant', 'trainer', 'king', '--instance']],
    [['revoke', 'trainer', 'reader', '--instance', '--dataset', 'plants']],
    [['token', 'issue', '--label', 'x', '--until', 'tomorrow']],
  ])('is used wrongly without a place, a role or a moment: %j', async (args) => {
    expect((await access(...args)).status).toBe(2);
  });
});
