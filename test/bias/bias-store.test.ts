import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestOfDataset } from '../../src/bias/ask-report.usecase.ts';
import { makeReports } from '../../src/bias/make-reports.usecase.ts';
import { declareTarget, readTargets } from '../../src/bias/target/declare-target.usecase.ts';
import { type BiasDatabase, growDataset, openBiasDatabase } from './bias-database.ts';

let house: BiasDatabase;
let greenhouse: string;

beforeAll(async () => {
  house = await openBiasDatabase();
  greenhouse = await growDataset(house.db, 'greenhouse', { images: 1200, units: 120 });
  await growDataset(house.db, 'shapes', { images: 1200, units: 120, shapes: true });
  await growDataset(house.db, 'bench', { images: 400, units: 40 });
});
afterAll(() => house.close());

const one = async (sql: string) => (await house.db.query(sql, [greenhouse]))[0];
const KEPT = `image i JOIN acquisition a USING (dataset_id, image_id) WHERE i.dataset_id = $1
  AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id)`;

describe('The reports, of rows in the database', () => {
  it('count the images kept at the revision asked, and their units', async () => {
    const dataset = await house.dataset('greenhouse');
    const now = await house.report('SELECTION', dataset);
    const before = await house.report('SELECTION', dataset, { asOf: 2 });
    const { images, units } = await one(
      `SELECT count(*)::int AS images, count(DISTINCT a.unit)::int AS units FROM ${KEPT}`,
    );
    expect([now.imageCount, now.unitCount, now.imagesOfUnknownUnit]).toEqual([images, units, 0]);
    expect([before.imageCount, before.request.revision]).toEqual([1200, 2]);
  });

  it('give each level the images and units that a plain count gives', async () => {
    const report = await house.report('SELECTION', 'greenhouse');
    for (const [factor, sql] of [
      ['site', 'a.site'],
      ['operator', 'a.operator'],
      ["it's soil", "a.declared->>'it''s soil'"],
    ] as const) {
      const rows: { level: string | null; images: number; units: number }[] = await house.db.query(
        `SELECT ${sql} AS level, count(*)::int AS images, count(DISTINCT a.unit)::int AS units FROM ${KEPT} GROUP BY 1`,
        [greenhouse],
      );
      const levels = report.factors.find(({ name }) => name === factor)!.levels;
      const shown = levels.map(({ level, kind, images, units }) => [
        kind === 'MISSING' ? null : level,
        images.value,
        units.value,
      ]);
      const counted = rows.map(({ level, images, units }) => [level, images, level === null ? null : units]);
      expect(shown.sort()).toEqual(counted.sort());
    }
  });

  it('refuse an identifier as a factor and leave numbers and empty columns out of the shares', async () => {
    const report = await house.report('SELECTION', 'greenhouse');
    const names = report.factors.map(({ name }) => name);
    expect(names).toEqual(['site', 'device', 'operator', "it's soil", 'label']);
    expect(report.missing.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['moisture', 'serial', 'operator']),
    );
    const association = await house.report('ASSOCIATION', 'greenhouse');
    expect(association.refusedFactors).toEqual(['serial']);
    expect(association.associations.map(({ factor }) => factor)).toContain('moisture');
  });

  it('give V as computed from a plain table of label by factor', async () => {
    const report = await house.report('ASSOCIATION', 'greenhouse');
    const { v, images } = await one(`
      WITH votes AS (SELECT n.image_id, n.label, count(*) AS c FROM annotation n WHERE n.dataset_id = $1 GROUP BY 1, 2),
      ranked AS (SELECT *, max(c) OVER (PARTITION BY image_id) AS most FROM votes),
      single AS (SELECT image_id, min(label) AS label FROM ranked WHERE c = most GROUP BY image_id HAVING count(*) = 1),
      t AS (SELECT a.site, s.label, count(*)::float8 AS n FROM single s JOIN LATERAL (SELECT a.site FROM ${KEPT} AND i.image_id = s.image_id) a ON true GROUP BY 1, 2),
      m AS (SELECT *, sum(n) OVER (PARTITION BY site) AS c, sum(n) OVER (PARTITION BY label) AS r, sum(n) OVER () AS total FROM t)
      SELECT sqrt((sum(n * n / (r * c)) - 1) / least(count(DISTINCT label) - 1, count(DISTINCT site) - 1)) AS v, max(total)::int AS images FROM m`);
    const site = report.associations.find(({ factor }) => factor === 'site')!;
    expect(site.plain.value).toBeCloseTo(v, 10);
    expect(site.plain.imageCount).toBe(images);
  });

  it('give the explained share of a measure as a plain sum of squares of unit means gives it', async () => {
    const report = await house.report('MEASUREMENT', 'greenhouse');
    const { eta, images } = await one(`
      WITH x AS (SELECT a.device, avg(ln(1 + c.sharpness)) AS x, count(*) AS images FROM (SELECT i.digest, a.device, a.unit FROM ${KEPT}) a
        JOIN content_facts c USING (digest) WHERE c.sharpness IS NOT NULL GROUP BY a.device, a.unit),
      g AS (SELECT device, count(*) AS n, avg(x) AS mean FROM x GROUP BY 1)
      SELECT (SELECT sum(n * (mean - (SELECT avg(x) FROM x)) ^ 2) FROM g) / (SELECT sum((x - (SELECT avg(x) FROM x)) ^ 2) FROM x) AS eta, (SELECT sum(images)::int FROM x) AS images`);
    const effect = report.effects.find(
      ({ measure, factor }) => measure === 'sharpness' && factor === 'device',
    )!;
    expect(effect.etaSquared.value).toBeCloseTo(eta, 10);
    expect(effect.etaSquared.imageCount).toBe(images);
    expect(report.cards[0]!.sentence).toMatch(/^device explains/);
  });

  it('give the agreement of people, each image one item, as a plain join of ratings gives it', async () => {
    const report = await house.report('AGREEMENT', 'greenhouse');
    const { items, agreeing } = await one(`
      WITH r AS (SELECT n.image_id, n.annotator, n.label FROM annotation n JOIN (SELECT i.image_id FROM ${KEPT}) k USING (image_id) WHERE n.annotator <> 'r3'),
      p AS (SELECT x.image_id, avg((x.label = y.label)::int) AS same FROM r x JOIN r y ON x.image_id = y.image_id AND x.annotator <> y.annotator GROUP BY 1)
      SELECT count(*)::int AS items, avg(same)::float8 AS agreeing FROM p`);
    expect(report.alpha.imageCount).toBe(items);
    expect(report.percentAgreement.value).toBeCloseTo(agreeing, 10);
    expect(report.raterCount).toBe(3);
    expect(report.raters[0]!.rater).toBe('r2');
    expect(report.overlap.reduce((total, { images }) => total + images.value!, 0)).toBe(report.imageCount);
  });

  it('count the latest label of a rater who labelled an image twice', async () => {
    const before = await house.report('AGREEMENT', 'bench');
    await house.db.query(
      `INSERT INTO annotation (dataset_id, since, annotation_id, image_id, annotator, kind, label, annotated_at, attributes, occurrence)
       SELECT dataset_id, 4, gen_random_uuid(), image_id, annotator, kind, 'class0', '2024-01-01', '[]', 0 FROM annotation
       WHERE annotator = 'r2' AND label = 'class2' AND dataset_id = (SELECT id FROM dataset WHERE slug = 'bench')`,
    );
    await house.db.query(`UPDATE dataset SET revision = 4 WHERE slug = 'bench'`);
    const after = await house.report('AGREEMENT', 'bench');
    expect([before.supersededRatings, after.supersededRatings > 0]).toEqual([0, true]);
    expect(after.alpha.imageCount).toBe(before.alpha.imageCount);
    const shares = after.raters.find(({ rater }) => rater === 'r2')!.labels;
    expect(shares.find(({ label }) => label === 'class2')!.ownShare.value).toBe(0);
  });

  it('ask for each class as present or absent where only shapes are labelled', async () => {
    const report = await house.report('ASSOCIATION', 'shapes');
    expect(new Set(report.associations.map(({ label }) => label))).toEqual(
      new Set(['class0', 'class1', 'class2']),
    );
    expect(report.cards[0]!.caveats.map(({ code }) => code)).toContain('MULTIPLE_LABELS');
    const agreement = await house.report('AGREEMENT', 'shapes');
    expect(agreement.alpha.reason).toBe('NO_OVERLAP');
  });

  it('take each of fewer than 50 units for a bucket of its own', async () => {
    const report = await house.report('SELECTION', 'bench');
    expect(report.factors[0]!.levels[0]!.share.interval!.method).toContain(`B = ${report.unitCount}`);
  });

  it('come out the same, number for number, whenever they are made', async () => {
    const dataset = await house.dataset('greenhouse');
    for (const kind of ['SELECTION', 'MEASUREMENT', 'ASSOCIATION', 'AGREEMENT'] as const) {
      const request = await requestOfDataset(house.context, dataset, kind, {});
      const [first] = await makeReports(house.context, [request]);
      await house.db.query('ALTER TABLE bias_report DISABLE TRIGGER refused');
      await house.db.query('DELETE FROM bias_report');
      await house.db.query('ALTER TABLE bias_report ENABLE TRIGGER refused');
      const [again] = await makeReports(house.context, [request]);
      expect(again!.result).toBe(first!.result);
    }
  });
});

describe('A target population', () => {
  const shares = [
    { factor: 'site', level: 'site0', share: '0.50' },
    { factor: 'site', level: 'site1', share: '5e-1' },
  ];
  const input = {
    dataset: 'greenhouse',
    target: 'field',
    source: 'census',
    dated: '2024',
    shares,
    strata: [],
  };

  it('is declared at a revision of its own, as canonical decimals, and used where it is the only one', async () => {
    const before = await house.dataset('greenhouse');
    const after = await declareTarget(house.context, input);
    expect(after.revision).toBe(before.revision + 1);
    const [target] = await readTargets(house.context, after);
    expect(target!.shares.map(({ share }) => share)).toEqual(['0.5', '0.5']);
    expect(await readTargets(house.context, after, before.revision)).toEqual([]);
    const report = await house.report('SELECTION', after);
    expect(report.target!.name).toBe('field');
    expect(report.cards[0]!.kind).toBe('TARGET_COVERAGE');
    const site = report.factors.find(({ name }) => name === 'site')!;
    expect(site.levels.find(({ level }) => level === 'site0')!.representationRatio.value).toBeCloseTo(
      2 / 9,
      12,
    );
  });

  it('declared again the same makes no revision; with other shares it is replaced', async () => {
    const { revision } = await house.dataset('greenhouse');
    expect((await declareTarget(house.context, input)).revision).toBe(revision);
    const other = { ...input, shares: [{ factor: 'label', level: 'class0', share: '1' }] };
    const after = await declareTarget(house.context, other);
    expect(after.revision).toBe(revision + 1);
    expect((await readTargets(house.context, after))[0]!.shares).toEqual(other.shares);
  });

  it('is refused with every reason, and nothing is written', async () => {
    const { revision } = await house.dataset('greenhouse');
    const bad = { ...input, source: '', shares: [{ factor: 'moisture', level: 'x', share: '0.4' }] };
    const refused = await declareTarget(house.context, bad).catch((error) => error);
    expect(refused.code).toBe('BAD_INPUT');
    expect(refused.reasons).toHaveLength(3);
    expect((await house.dataset('greenhouse')).revision).toBe(revision);
  });

  it('must be named where several are declared', async () => {
    const dataset = await declareTarget(house.context, { ...input, target: 'other' });
    const report = await house.report('SELECTION', dataset);
    expect(report.target).toBeNull();
    expect(report.cards[0]!.sentence).toContain('field, other');
    const named = await house.report('SELECTION', dataset, { target: 'other' });
    expect(named.target!.name).toBe('other');
    await expect(house.report('SELECTION', dataset, { target: 'moon' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
