import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../support/house.ts';
import { newDataset } from '../../support/specimens.ts';
import { commandsOf, killLeftovers } from './command.ts';

describe('holotype target', () => {
  let house: House;
  let folder: string;
  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'holotype-target-'));
    await newDataset(house, 'field');
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function declare(name: string, lines: readonly string[], ...options: string[]) {
    const path = join(folder, 'target.csv');
    await writeFile(path, `${lines.join('\n')}\n`);
    return commandsOf(house)('target', 'field', path, '--name', name, '--source', 'census', ...options);
  }

  const targets = async () => {
    const { dataset } = await house.ask(
      `{ dataset(slug: "field") { revision targets { name dated shares { factor level share }
         strata { levels { factor level } share structuralZero } } } }`,
    );
    return dataset;
  };

  it('declares the margins of a table', async () => {
    const { status, stdout } = await declare(
      'margins',
      ['factor,level,share', 'site,a,0.25', 'site,b,0.75', 'stage,1,1'],
      '--dated',
      '2024-03',
    );
    const { revision, targets: held } = await targets();
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `target "margins" of field is declared by 3 shares of site, stage, as of revision ${revision}\n`,
    });
    expect(held[0]).toMatchObject({ name: 'margins', dated: '2024-03', strata: [] });
    expect(held[0].shares).toHaveLength(3);
  });

  it('declares the joint strata of a table with a column for each factor', async () => {
    const table = ['site,stage,share,structural_zero', 'a,1,0.5,', 'a,2,0.5,no', 'b,1,0,TRUE'];
    const { stdout } = await declare('joint', table, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ target: 'joint', factors: ['site', 'stage'], rows: 3 });
    const joint = (await targets()).targets.find(({ name }: { name: string }) => name === 'joint');
    expect(joint.strata[2]).toEqual({
      levels: [
        { factor: 'site', level: 'b' },
        { factor: 'stage', level: '1' },
      ],
      share: '0',
      structuralZero: true,
    });
    expect(joint.shares).toContainEqual({ factor: 'site', level: 'a', share: '1' });
  });

  it('names every faulty row as a spreadsheet counts it, and writes nothing', async () => {
    const before = await targets();
    const table = ['site,stage,share,structural_zero', 'a,1,0.5,', ',2,0.5,perhaps', 'a,1,much,'];
    const unreadable = await declare('bad', table);
    expect(unreadable.status).toBe(1);
    for (const line of [
      'row 3 structural_zero: "perhaps" is neither true nor false. (BAD_INPUT)',
      'row 3 site: the level of site is empty. (BAD_INPUT)',
      'row 4 levels: (site a, stage 1) stands twice. (BAD_INPUT)',
      'row 4 share: "much" is no share; write a decimal within 0 and 1. (BAD_INPUT)',
    ])
      expect(unreadable.stderr).toContain(`  ${line}\n`);
    const unknown = await declare('bad', ['factor,level,share', 'site,a,2', 'moon,b,1']);
    expect(unknown.status).toBe(1);
    expect(unknown.stderr).toContain('  row 2 share: "2" is no share');
    expect(unknown.stderr).toContain('  row 3 factor: "moon" is no factor');
    expect(await targets()).toEqual(before);
  });

  it('refuses a table of margins with other columns, and one without shares', async () => {
    const other = await declare('bad', ['factor,level,share,weight', 'site,a,1,2']);
    expect(other.stderr).toContain('has no column weight. (UNKNOWN_COLUMN)');
    const none = await declare('bad', ['site,stage', 'a,1']);
    expect(none.stderr).toContain('has no column share; it needs share. (UNKNOWN_COLUMN)');
  });
});
