import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../support/house.ts';
import { addImages, newDataset, noiseImage } from '../../support/specimens.ts';
import { commandsOf, killLeftovers } from './command.ts';

describe('the publication gate on the command line', () => {
  let house: House;
  let reviewer: string;
  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'leaves');
    await addImages(house, 'leaves', { 'a.png': await noiseImage(1) });
    reviewer = await house.tokenOf('ADMINISTRATOR');
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
  });
  const command = (...args: string[]) => commandsOf(house)(...args);
  const asReviewer = (...args: string[]) => command(...args, '--token', reviewer);

  it('declares rules as words or as a file, and prints those in force', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holotype-rules-'));
    const file = join(folder, 'rules.json');
    const rules = [{ kind: 'MISSING_METADATA_AT_MOST', subject: 'site', threshold: 0.05 }];
    await writeFile(file, JSON.stringify(rules));
    expect((await command('rules', 'leaves', '--set', file)).stdout).toContain(
      'MISSING_METADATA_AT_MOST:site',
    );
    await rm(folder, { recursive: true });
    const set = ['GUIDELINE_PRESENT', 'REVIEWED_BY_ANOTHER=1'];
    expect((await command('rules', 'leaves', '--set', ...set)).status).toBe(0);
    const { stdout } = await command('rules', 'leaves', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      version: 2,
      rules: [{ key: 'GUIDELINE_PRESENT' }, { key: 'REVIEWED_BY_ANOTHER', threshold: 1 }],
    });
    const wrong = await command('rules', 'leaves', '--set', 'MOOD=1');
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('"MOOD" is no kind of rule')]);
  });

  it('leads from a proposal over a waiver and a review to the digest', async () => {
    const refused = await command('publish', '--dataset', 'leaves');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('holotype propose');
    const made = await command('propose', '--dataset', 'leaves', '--message', 'the first', '--tag', 'v1');
    expect(made.stderr).toContain('GUIDELINE_PRESENT  FAILED  No guideline is kept.');
    const id = made.stdout.trim();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect((await command('review', id, '--approve')).stderr).toContain('OWN_PROPOSAL');
    const reason = 'The guideline is in print and follows.';
    const waived = await asReviewer('waive', id, '--rule', 'GUIDELINE_PRESENT', '--reason', reason);
    expect(waived.stdout).toBe('PROPOSED, asks for REVIEWED_BY_ANOTHER\n');
    expect((await command('proposals', 'leaves', '--open')).stdout).toContain(id);
    const approved = await asReviewer('review', id, '--approve', '--comment', 'well made');
    expect(approved.stdout).toBe('APPROVED\n');
    const told = await command('proposal', id);
    expect(told.stdout).toMatch(/GUIDELINE_PRESENT +WAIVED +No guideline is kept\. Waived by /);
    expect(told.stdout).toContain(': well made');
    const { stdout } = await command('publish-proposal', id);
    const { digest } = JSON.parse((await command('proposal', id, '--json')).stdout);
    expect(stdout.trim()).toBe(digest);
    expect((await command('proposals', 'leaves', '--open', '--json')).stdout.trim()).toBe('[]');
  });

  it('takes a proposal back, and is used wrongly without a verdict', async () => {
    await command('rules', 'leaves', '--set', 'none');
    await addImages(house, 'leaves', { 'b.png': await noiseImage(2) });
    const { stdout } = await command('propose', '--dataset', 'leaves', '--message', 'the second');
    expect((await command('withdraw-proposal', stdout.trim())).stdout).toBe('WITHDRAWN\n');
    expect((await command('review', stdout.trim())).status).toBe(2);
  });
});
