import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../support/house.ts';
import { succeed } from '../../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../../support/specimens.ts';
import { holotype } from './command.ts';

describe('holotype terms', () => {
  let house: House;
  let digest: string;
  let place: string;
  let run: (...words: string[]) => ReturnType<typeof holotype>;

  beforeAll(async () => {
    house = await openHouse();
    place = await mkdtemp(join(tmpdir(), 'holotype-terms-'));
    await newDataset(house, 'plants');
    await newDataset(house, 'free');
    await addImages(house, 'plants', { 'a.png': await noiseImage(1) });
    digest = await publish(house, 'plants', { tag: 'v1' });
    await succeed(house, 'declareTerms', {
      dataset: 'plants',
      licence: 'CC-BY-4.0',
      dataUseTerms: ['DUO:0000042', 'DUO:0000046'],
      acceptance: 'REQUIRED',
      text: 'Cite us.',
    });
    const token = await house.tokenOf('READER', 'plants', ['READ']);
    run = (...words) =>
      holotype(words, { environment: { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: token }, cwd: place });
  });
  afterAll(async () => {
    await house?.stop();
    await rm(place, { recursive: true, force: true });
  });

  it('prints them, and pull tells which forbid it until they are accepted, by a token that only reads', async () => {
    const refused = await run('pull', 'plants@v1', 'data');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('version 1 of the terms of plants');
    expect(refused.stderr).toContain('holotype terms accept plants');
    const told = await run('terms', 'plants');
    for (const line of [
      'CC-BY-4.0',
      'DUO:0000046 NCU: Non-commercial use only.',
      'Cite us.',
      'accept plants',
    ])
      expect(told.stdout).toContain(line);
    const forbidden = await run('terms', 'accept', 'plants', '--purpose', 'RESEARCH', 'COMMERCIAL');
    expect([forbidden.status, forbidden.stderr]).toEqual([
      1,
      expect.stringContaining('(NCU) forbids COMMERCIAL'),
    ]);
    const accepted = await run('terms', 'accept', 'plants', '--purpose', 'RESEARCH');
    expect(accepted.stdout).toBe('Version 1 of the terms of plants is accepted for RESEARCH.\n');
    expect((await run('terms', 'plants')).stdout).toMatch(/accepted: version 1 on .* for RESEARCH/);
    expect((await run('pull', 'plants@v1', 'data')).status).toBe(0);
    expect((await run('verify', 'data', digest)).status).toBe(0);
  });

  it('says that a dataset declares none, and knows no hidden one', async () => {
    const own = await holotype(['terms', 'free'], {
      environment: { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token },
      cwd: place,
    });
    expect(own.stdout).toBe('free declares no terms; roles alone decide.\n');
    const hidden = await run('terms', 'free');
    expect([hidden.status, hidden.stderr]).toEqual([
      1,
      expect.stringContaining('no dataset "free" is known'),
    ]);
  });
});
