import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BiasDatabase, growDataset, openBiasDatabase } from './bias-database.ts';

let house: BiasDatabase;
let dataset: string;

beforeAll(async () => {
  house = await openBiasDatabase();
  dataset = await growDataset(house.db, 'orchard', { images: 120, units: 60 });
}, 180_000);
afterAll(() => house?.close());

/** Annotations of the first `images` kept images at a new revision. */
async function annotate(
  revision: number,
  images: number,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const all = { kind: `'CLASS'`, attributes: `'[]'`, occurrence: '0', ...columns };
  await house.db.query(
    `INSERT INTO annotation (dataset_id, since, annotation_id, image_id, ${Object.keys(all).join(', ')})
     SELECT dataset_id, ${revision}, gen_random_uuid(), image_id, ${Object.values(all).join(', ')}
     FROM (SELECT i.*, row_number() OVER (ORDER BY name) AS place FROM image i WHERE i.dataset_id = $1
       AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.image_id = i.image_id)) i WHERE place <= ${images}`,
    [dataset],
  );
  await house.db.query('UPDATE dataset SET revision = $2 WHERE id = $1', [dataset, revision]);
}

describe('The agreement report, read from a database', () => {
  it('leaves out second passes, adjudications, open blind rounds, and who is no person', async () => {
    const before = await house.report('AGREEMENT', 'orchard');
    await house.db.query(
      `INSERT INTO annotation_round (dataset_id, since, name, blind, state, purpose) VALUES
         ($1, 4, 'settled', false, 'OPEN', 'ADJUDICATION'), ($1, 4, 'sealed', true, 'OPEN', 'LABELLING')`,
      [dataset],
    );
    await house.db.query(
      `INSERT INTO annotator (dataset_id, since, pseudonym, kind) VALUES ($1, 4, 'gold', 'REFERENCE')`,
      [dataset],
    );
    const label = `'class1'`;
    await annotate(4, 60, { annotator: `'r0'`, label, pass: '2' });
    await annotate(4, 60, { annotator: `'r8'`, label, round: `'settled'` });
    await annotate(4, 60, { annotator: `'r8'`, label, round: `'sealed'` });
    await annotate(4, 60, { annotator: `'gold'`, label });
    const after = await house.report('AGREEMENT', 'orchard');
    expect([before.raterCount, after.raterCount]).toEqual([3, 3]);
    const figures = ({ alpha, overlap, raters, pairs }: typeof after) => ({ alpha, overlap, raters, pairs });
    expect(figures(after)).toEqual(figures(before));
  });

  it('counts the raters of a group that have no name', async () => {
    await house.db.query(
      `INSERT INTO annotator (dataset_id, since, pseudonym, kind) VALUES ($1, 5, 'crowd', 'GROUP')`,
      [dataset],
    );
    await annotate(5, 40, { annotator: `'crowd'`, label: `'class0'`, votes: '4' });
    await annotate(5, 40, { annotator: `'crowd'`, label: `'class2'`, votes: '1' });
    const made = await house.report('AGREEMENT', 'orchard');
    expect(made).toMatchObject({ raterCount: 3, unnamedRatings: 200 });
    expect(made.overlap[3]!.images.value).toBeGreaterThanOrEqual(40);
    expect(made.alphaOfAnnotators.reason).toBe('UNNAMED_RATERS');
  });

  it('reads numbers by attribute', async () => {
    const kind = `'VALUE'`;
    const value = (offset: number) => `(place + ${offset})::text`;
    await annotate(6, 50, { kind, annotator: `'r0'`, attribute: `'height'`, value: value(0) });
    await annotate(6, 50, { kind, annotator: `'r1'`, attribute: `'height'`, value: value(2) });
    await annotate(6, 50, { kind, annotator: `'r3'`, attribute: `'height'`, value: value(9) });
    const [made] = (await house.report('AGREEMENT', 'orchard')).values;
    expect(made).toMatchObject({ attribute: 'height', raterCount: 2, intraclassRaters: ['r0', 'r1'] });
    expect(made!.pairs[0]!.meanDifference.value).toBeCloseTo(-2, 12);
    expect(made!.alpha.imageCount).toBe(50);
  });

  it('is of its revision alone', async () => {
    const early = await house.report('AGREEMENT', 'orchard', { asOf: 3 });
    expect([early.unnamedRatings, early.values]).toEqual([0, []]);
  });
});
