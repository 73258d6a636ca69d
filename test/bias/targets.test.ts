import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declareTarget, readTargets } from '../../src/bias/target/declare-target.usecase.ts';
import { withdrawTarget } from '../../src/bias/target/withdraw-target.usecase.ts';
import { type BiasDatabase, growDataset, openBiasDatabase } from './bias-database.ts';

describe('Target populations of a dataset', () => {
  let house: BiasDatabase;
  beforeAll(async () => {
    house = await openBiasDatabase();
    await growDataset(house.db, 'greenhouse', { images: 10, units: 5 });
  });
  afterAll(() => house?.close());

  const stratum = (site: string, soil: string, share: string, structuralZero = false) => ({
    levels: [
      { factor: 'site', level: site },
      { factor: "it's soil", level: soil },
    ],
    share,
    structuralZero,
  });
  const joint = {
    dataset: 'greenhouse',
    target: 'joint',
    source: 'census',
    dated: '2024',
    shares: [],
    strata: [stratum('b', 'sand', '0.70'), stratum('a', 'clay', '.3'), stratum('a', 'sand', '0', true)],
  };
  const margins = { ...joint, shares: [{ factor: 'site', level: 'a', share: '1' }], strata: [] };
  const held = async (asOf?: number) =>
    readTargets(house.context, await house.dataset('greenhouse'), asOf ?? null);

  it('are read as declared jointly, with the margins that follow', async () => {
    await declareTarget(house.context, joint);
    const [target] = await held();
    expect(target).toMatchObject({ name: 'joint', source: 'census', dated: '2024' });
    const text = ({ levels, share, structuralZero }: (typeof joint.strata)[number]) =>
      `${levels.map(({ factor, level }) => `${factor} ${level}`).join(', ')}: ${share} ${structuralZero}`;
    expect(target!.strata.map((row) => text(row as (typeof joint.strata)[number]))).toEqual([
      "it's soil clay, site a: 0.3 false",
      "it's soil sand, site a: 0 true",
      "it's soil sand, site b: 0.7 false",
    ]);
    expect(target!.shares.map(({ factor, level, share }) => `${factor} ${level} ${share}`).sort()).toEqual([
      "it's soil clay 0.3",
      "it's soil sand 0.7",
      'site a 0.3',
      'site b 0.7',
    ]);
  });

  it('declared again in another order make no revision', async () => {
    const { revision } = await house.dataset('greenhouse');
    const turned = joint.strata.toReversed().map((row) => ({ ...row, levels: row.levels.toReversed() }));
    expect((await declareTarget(house.context, { ...joint, strata: turned })).revision).toBe(revision);
  });

  it('are replaced by margins of the same name, and held as they were at earlier revisions', async () => {
    const { revision } = await house.dataset('greenhouse');
    await declareTarget(house.context, margins);
    expect(await held()).toMatchObject([{ shares: margins.shares, strata: [] }]);
    expect((await held(revision))[0]!.strata).toHaveLength(3);
    await declareTarget(house.context, joint);
    expect((await held())[0]!.strata).toHaveLength(3);
  });

  it('stand side by side, by name, until they are withdrawn', async () => {
    const { revision } = await declareTarget(house.context, { ...margins, target: 'Field' });
    expect((await held()).map(({ name }) => name)).toEqual(['Field', 'joint']);
    for (const target of ['joint', 'Field'])
      await withdrawTarget(house.context, { dataset: 'greenhouse', target });
    expect(await held()).toEqual([]);
    expect(await held(revision)).toHaveLength(2);
  });

  it('that are not declared cannot be withdrawn', async () => {
    const { revision } = await house.dataset('greenhouse');
    const missing = withdrawTarget(house.context, { dataset: 'greenhouse', target: 'moon' });
    await expect(missing).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await house.dataset('greenhouse')).revision).toBe(revision);
  });
});
