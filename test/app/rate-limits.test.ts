import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';

describe('who asks too much', () => {
  let house: House;
  beforeAll(async () => {
    // Windows are of ten seconds: ten requests, and two unknown tokens, in each.
    house = await openHouse({ HOLOTYPE_RATE_LIMIT: '60', HOLOTYPE_REFUSED_TOKEN_LIMIT: '12' });
  });
  afterAll(() => house?.stop());

  const statuses = async (count: number, ask: () => Promise<Response>) => {
    const all: number[] = [];
    for (let index = 0; index < count; index++) all.push((await ask()).status);
    return all;
  };

  it('is told to wait, by routes and by GraphQL, and nobody else with them', async () => {
    const other = await fresh();
    const first = await fresh();
    const codes = await statuses(25, () => house.fetch('/datasets/none/tags/x', { token: first }));
    expect(codes).toContain(429);
    expect(new Set(codes)).toEqual(new Set([403, 429]));
    const refused = await house.fetch('/datasets/none/tags/x', { token: first });
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await refused.json()).toMatchObject({
      code: 'RATE_LIMITED',
      detail: expect.stringMatching(/ask again in \d+ s/),
    });
    const { status, body } = await house.send('{ viewer { name } }', {}, first);
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([429, 'RATE_LIMITED']);
    expect((await house.send('{ viewer { name } }', {}, other)).status).toBe(200);
  });

  it('is told so too who guesses at tokens, while a valid one from the same address goes on', async () => {
    const valid = await fresh();
    const codes = await statuses(20, () => house.fetch('/datasets/none/tags/x', { token: 'holotype_guess' }));
    expect(codes).toContain(429);
    expect(new Set(codes)).toEqual(new Set([401, 429]));
    expect((await house.fetch('/datasets/none/tags/x', { token: valid })).status).toBe(403);
  });

  /** A principal of its own, made past the door, where requests are counted. */
  async function fresh(): Promise<string> {
    const token = `holotype_${randomUUID()}`;
    await house.services.db.query(
      `WITH made AS (INSERT INTO principal (name, kind, created_at) VALUES ($1, 'HUMAN', now()) RETURNING id)
       INSERT INTO access_token (principal_id, label, hash, scopes, created_at) SELECT id, 'test', $2, '{READ}', now() FROM made`,
      [`p-${randomUUID().slice(0, 8)}`, createHash('sha256').update(token).digest('hex')],
    );
    return token;
  }
});
