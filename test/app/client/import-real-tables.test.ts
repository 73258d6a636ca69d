import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDeclaredDuplicates } from '../../../src/ingestion/declared-duplicates.store.ts';
import { cramersV } from '../../../src/statistics/cramers-v.ts';
import { type Answer, type House, openHouse } from '../../support/house.ts';
import {
  hasRealTables,
  importChestRadiographs,
  importCifarDuplicates,
  importCovidRadiographs,
  importDeepWeeds,
  importMaizeLeafTips,
  splitByField,
} from '../../support/real-tables.ts';

describe.skipIf(!hasRealTables)('the real tables of shared/data, by reference', () => {
  let house: House;
  const rowsOf = async (sql: string, slug: string): Promise<Answer[]> => house.services.db.query(sql, [slug]);
  const OF_DATASET = 'dataset d ON d.id = x.dataset_id AND d.slug = $1';

  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.stop());

  it('brings in 112 120 chest X-rays of 30 805 patients, each finding a label of its own', {
    timeout: 600_000,
  }, async () => {
    const report = await importChestRadiographs(house);
    expect(report).toMatchObject({ images: 112_120, acquisition: 112_120, refused: [] });
    const [{ units }] = await rowsOf(
      `SELECT count(DISTINCT x.unit)::int AS units FROM acquisition x JOIN ${OF_DATASET} WHERE until = 2147483647`,
      'nih-cxr14',
    );
    expect(units).toBe(30_805);
    const classes = await rowsOf(`SELECT DISTINCT label FROM annotation x JOIN ${OF_DATASET}`, 'nih-cxr14');
    expect(classes).toHaveLength(15);
    const [edema] = await rowsOf(
      `SELECT count(*) FILTER (WHERE a.view = 'AP')::float8 / (SELECT count(*) FROM acquisition x JOIN ${OF_DATASET} WHERE until = 2147483647 AND view = 'AP') AS ap
       FROM annotation x JOIN ${OF_DATASET} JOIN acquisition a ON a.dataset_id = x.dataset_id AND a.image_id = x.image_id AND a.until = 2147483647
       WHERE x.label = 'Edema'`,
      'nih-cxr14',
    );
    expect(edema.ap).toBeCloseTo(0.0452, 4);
  });

  it('names the view position that gives Edema away among the first pairs of the report', {
    timeout: 600_000,
  }, async () => {
    const { dataset } = await house.ask(
      `{ dataset(slug: "nih-cxr14") { associationReport { imageCount unitCount
         pairs { factor level label shareHere { value } shareElsewhere { value } selection { images(first: 2) { nodes { name } } } } } } }`,
    );
    const { pairs, ...size } = dataset.associationReport;
    expect(size).toEqual({ imageCount: 112_120, unitCount: 30_805 });
    const place = pairs.findIndex(({ factor, label }: Answer) => factor === 'view' && label === 'Edema');
    expect(place).toBeGreaterThanOrEqual(0);
    expect(place).toBeLessThan(10);
    const [ap, pa] =
      pairs[place].level === 'AP' ? ['shareHere', 'shareElsewhere'] : ['shareElsewhere', 'shareHere'];
    expect(pairs[place][ap!].value).toBeCloseTo(0.0452, 4);
    expect(pairs[place][pa!].value).toBeCloseTo(0.0041, 4);
    expect(pairs[place].selection.images.nodes).toHaveLength(2);
  });

  it('names every date of the COVID-19 table that is none, with row, column, value and rule, and loses no image', async () => {
    const report = await importCovidRadiographs(house);
    expect(report.images).toBe(279);
    expect(report.refused).toHaveLength(279);
    expect(report.refused[0]).toEqual({
      row: 2,
      field: 'capturedAt',
      code: 'INVALID_VALUE',
      message: expect.stringMatching(/^date: "January 22, 2020" is no calendar date \(ISO 8601.*left out/),
    });
    const sources = await rowsOf(
      `SELECT declared->>'source' AS source, count(*)::int AS images FROM acquisition x JOIN ${OF_DATASET} WHERE until = 2147483647 GROUP BY 1 ORDER BY 2 DESC LIMIT 2`,
      'covid-cxr',
    );
    expect(sources).toEqual([
      { source: 'radiopaedia.org', images: 101 },
      { source: 'sirm.org', images: 63 },
    ]);
    const { dataset } = await house.ask(
      '{ dataset(slug: "covid-cxr") { refusedImages { nodes { name } } } }',
    );
    expect(dataset.refusedImages.nodes).toEqual([]);
  });

  it('tells how far the web site of a COVID-19 radiograph gives its diagnosis away', async () => {
    const { dataset } = await house.ask(
      `{ dataset(slug: "covid-cxr") { associationReport { imageCount unitCount associations { factor corrected { value imageCount } } }
         selectionReport { missing { name images { value } } } } }`,
    );
    expect(dataset.associationReport).toMatchObject({ imageCount: 279, unitCount: 158 });
    const source = dataset.associationReport.associations.find(({ factor }: Answer) => factor === 'source');
    expect(source.corrected).toMatchObject({ imageCount: 279 });
    // The published V is of COVID-19 or not, by every web site; the report pools those of fewer than five patients.
    const cells = await rowsOf(
      `SELECT declared->>'source' AS source, (count(*) FILTER (WHERE a.label LIKE '%COVID%'))::int AS covid, count(*)::int AS images
       FROM acquisition x JOIN ${OF_DATASET} JOIN annotation a ON a.dataset_id = x.dataset_id AND a.image_id = x.image_id
       WHERE x.until = 2147483647 GROUP BY 1`,
      'covid-cxr',
    );
    const total = [...cells.map(({ covid }) => covid), ...cells.map(({ covid, images }) => images - covid)];
    const table = {
      total,
      buckets: [total],
      rows: 2,
      columns: cells.length,
      imageCount: 279,
      unitCount: 158,
    };
    expect(cramersV(table).plain.value).toBeCloseTo(0.528, 3);
    const missing = dataset.selectionReport.missing.find(({ name }: Answer) => name === 'capturedAt');
    expect(missing ?? { images: { value: 279 } }).toMatchObject({ images: { value: 279 } });
  });

  it('reads the minute, the camera and the moment of the DeepWeeds photographs off their names, and an official fold', async () => {
    const report = await importDeepWeeds(house);
    expect(report).toMatchObject({ images: 17_509, annotations: 17_509, refused: [] });
    const [found] = await rowsOf(
      `SELECT count(DISTINCT left(captured_at, 10))::int AS days, count(DISTINCT device)::int AS cameras, bool_and(unit_known) AS known
       FROM acquisition x JOIN ${OF_DATASET} WHERE until = 2147483647`,
      'deepweeds',
    );
    expect(found).toEqual({ days: 60, cameras: 5, known: true });
    const wish = { dataset: 'deepweeds', name: 'official-0', field: 'fold 0' };
    const { certificate } = await splitByField(house, wish);
    expect(certificate.leaks).toBe(true);
    expect(certificate.counts.find(({ part }) => part === 'test')).toMatchObject({ images: 3507 });
  });

  it('says in red that the official random folds of DeepWeeds share the minute, and how far the date tells the species', async () => {
    const { dataset } = await house.ask(`{ dataset(slug: "deepweeds") {
      splitReport(split: "official-0") { cards { kind colour sentence } leakage { keys { key verdict { colour } testImages { value } testShare { value } groups { value selection { images(first: 1) { nodes { name } } } } } } }
      associationReport { associations { factor corrected { value } } } } }`);
    const [unit] = dataset.splitReport.leakage.keys;
    expect(unit).toMatchObject({ key: 'unit', verdict: { colour: 'RED' }, testImages: { value: 3016 } });
    expect(unit.testShare.value).toBeCloseTo(3016 / 3507, 12);
    expect(unit.groups[0].selection.images.nodes[0].name).toContain(unit.groups[0].value);
    const leakage = dataset.splitReport.cards.find(({ kind }: Answer) => kind === 'LEAKAGE');
    expect(leakage.colour).toBe('RED');
    expect(leakage.sentence).toContain('3016');
    const date = dataset.associationReport.associations.find(
      ({ factor }: Answer) => factor === 'captureDate',
    );
    expect(date.corrected.value).toBeCloseTo(0.897, 2);
  });

  it('finds the maize plant that stands in both official parts', async () => {
    const reports = await importMaizeLeafTips(house);
    expect(reports.map(({ images }) => images)).toEqual([30, 10, 10]);
    expect(reports.flatMap(({ refused }) => refused)).toEqual([]);
    const plants = await rowsOf(
      `SELECT x.unit FROM acquisition x JOIN ${OF_DATASET} WHERE until = 2147483647 GROUP BY x.unit HAVING count(DISTINCT declared->>'official part') > 1`,
      'maize-tips',
    );
    expect(plants).toEqual([{ unit: '81-274-NC360' }]);
    const wish = { dataset: 'maize-tips', name: 'official', field: 'official part' };
    expect((await splitByField(house, wish)).certificate.sharedGroups).toMatchObject({ count: 1 });
    const { dataset } = await house.ask(`{ dataset(slug: "maize-tips") { splitReport(split: "official") {
      cards { kind colour } leakage { keys { key groups { value parts { part } } } } } } }`);
    expect(dataset.splitReport.leakage.keys[0]).toMatchObject({
      key: 'unit',
      groups: [{ value: '81-274-NC360' }],
    });
    expect(dataset.splitReport.cards.find(({ kind }: Answer) => kind === 'LEAKAGE').colour).toBe('RED');
  });

  it.each([
    [10, 279, 286, 39, 0.0325],
    [100, 831, 891, 104, 0.0995],
  ] as const)(
    'takes the known duplicates of CIFAR-%i: %i training images stand in %i pairs with test images, and %i pairs lie within the test',
    async (classes, training, across, within, share) => {
      const { images, duplicates } = await importCifarDuplicates(house, classes);
      expect(images).toMatchObject({ images: 10_000 + training, refused: [] });
      expect(duplicates).toMatchObject([
        { pairs: across, alreadyThere: 0, refused: [] },
        { pairs: within, alreadyThere: 0, refused: [] },
      ]);
      const [{ id, revision }] = await rowsOf(
        'SELECT id, revision FROM dataset WHERE slug = $1',
        `cifar${classes}`,
      );
      const pairs = await listDeclaredDuplicates(house.services.db, { datasetId: id, asOf: revision });
      expect(pairs).toHaveLength(across + within);
      const slug = `cifar${classes}`;
      await splitByField(house, { dataset: slug, name: 'official', field: 'official part' });
      const { dataset } = await house.ask(
        `query ($slug: String!) { dataset(slug: $slug) { splitReport(split: "official") { cards { kind colour }
           leakage { declared { judgements { judgement pairs { value } acrossParts { value } } } } } } }`,
        { slug },
      );
      const { judgements } = dataset.splitReport.leakage.declared;
      const sum = (of: (row: Answer) => number) =>
        judgements.reduce((total: number, row: Answer) => total + of(row), 0);
      expect(sum(({ acrossParts }) => acrossParts.value)).toBe(across);
      // The published figures count pairs, across the parts and within the test, over 10 000 test images.
      expect(sum(({ pairs: both }) => both.value) / 10_000).toBeCloseTo(share, 10);
      // CIFAR-10 has no exact copies across its parts, CIFAR-100 has.
      const leakage = dataset.splitReport.cards.find(({ kind }: Answer) => kind === 'LEAKAGE');
      expect(leakage.colour).toBe(classes === 10 ? 'AMBER' : 'RED');
    },
  );
});
