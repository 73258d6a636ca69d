import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

const SELECTION = 'selection { where { kind field values } among }';
const REPORT = `query ($slug: String!, $split: String!, $group: String) { dataset(slug: $slug) {
  splitReport(split: $split, group: $group) {
    split group trainPart testPart partsTakenBy colour cards { kind colour sentence headline { value } }
    parts { part images { value } groups { value } }
    leakage { testShare { value }
      keys { key weight sharedGroups { value } testImages { value } verdict { colour } groups { value parts { part images { value } } ${SELECTION} } }
      exact { contents { value } groups { value ${SELECTION} } conflictCount { value } conflicts { labels } verdict { colour } }
      near { isExamined candidates { value } confirmed { value } pairs { firstPart secondPart correlation } }
      declared { judgements { judgement acrossParts { value } } testImages { value } verdict { colour } } }
    balance { name association { value p q } compared { part isBeyondChance verdict { colour } } levels { level kind parts { part images { value } } } }
    holes { unmeasurableCount unseenCount holes { name level meaning } }
    folds { labelDistribution { value } }
    adversarial { area { value reason } attributeCount numbers { name kolmogorovSmirnov { value } } }
    testedClasses { label units { value } halfWidth { value status } } } } }`;

describe('the split report', () => {
  let house: House;
  const names = Array.from({ length: 24 }, (_, index) => `${String(index).padStart(2, '0')}.png`);
  const reportOf = async (split: string, group: string | null = null): Promise<Answer> =>
    (await house.ask(REPORT, { slug: 'plants', split, group })).dataset.splitReport;

  /** 24 images of 12 plants; the last is the first again, byte for byte. Every plant has an image in either half. */
  beforeAll(async () => {
    house = await openHouse();
    const dataset = 'plants';
    await newDataset(house, dataset);
    const bytes = await Promise.all(names.map((_, index) => noiseImage(index % 23)));
    await addImages(house, dataset, Object.fromEntries(names.map((name, index) => [name, bytes[index]!])));
    await succeed(house, 'recordAcquisition', {
      dataset,
      source: 'csv',
      rows: names.map((image, index) => ({
        image,
        values: [
          { name: 'subject', value: `plant ${index % 12}` },
          { name: 'site', value: index < 12 ? 'north' : 'south' },
        ],
      })),
    });
    await succeed(house, 'defineLabelSchema', { dataset, classes: [{ name: 'healthy' }, { name: 'ill' }] });
    await succeed(house, 'recordAnnotations', {
      dataset,
      source: 'test',
      annotations: names.map((image, index) => ({
        image,
        annotator: 'ann',
        kind: 'CLASS',
        label: index === 0 || index % 2 === 1 ? 'ill' : 'healthy',
      })),
    });
    await succeed(house, 'declareDuplicates', {
      dataset,
      source: 'by eye',
      pairs: [{ first: '01.png', second: '14.png', judgement: 'SIMILAR' }],
    });
    await succeed(house, 'createSplit', {
      dataset,
      name: 'halves',
      strategy: 'IMPORTED',
      assignment: names.map((image, index) => ({ image, part: index < 12 ? 'train' : 'test' })),
    });
    await succeed(house, 'createSplit', { dataset, name: 'folds', strategy: 'K_FOLD', folds: 3 });
  });
  afterAll(() => house?.stop());

  it('finds shared plants, identical and declared copies, and the labels that contradict each other', async () => {
    const { leakage, ...report } = await reportOf('halves');
    expect(report).toMatchObject({
      split: 'halves',
      trainPart: 'train',
      testPart: 'test',
      partsTakenBy: 'NAME',
      colour: 'RED',
    });
    expect(report.parts.map(({ images }: Answer) => images.value)).toEqual([12, 12]);
    expect(leakage.testShare.value).toBe(1);
    expect(leakage.keys[0]).toMatchObject({ key: 'unit', weight: 'RED', sharedGroups: { value: 12 } });
    expect(leakage.keys[0].groups[0]).toMatchObject({
      value: 'plant 0',
      selection: { where: [{ kind: 'IN', field: 'unit', values: ['plant 0'] }], among: 'KEPT' },
    });
    expect(leakage.exact).toMatchObject({
      contents: { value: 1 },
      conflictCount: { value: 0 },
      verdict: { colour: 'RED' },
    });
    expect(leakage.near).toMatchObject({ isExamined: true });
    expect(leakage.declared).toMatchObject({
      judgements: [{ judgement: 'SIMILAR', acrossParts: { value: 1 } }],
      testImages: { value: 1 },
      verdict: { colour: 'AMBER' },
    });
  });

  it('shows the balance of its parts, its holes, and how little there is to test on', async () => {
    const report = await reportOf('halves', 'site');
    expect(report.group).toBe('site');
    expect(report.leakage.keys.map(({ key, weight }: Answer) => [key, weight])).toEqual([
      ['unit', 'RED'],
      ['site', 'RED'],
    ]);
    expect(report.balance.map(({ name }: Answer) => name)).toEqual(expect.arrayContaining(['site', 'label']));
    expect(report.holes).toMatchObject({ unmeasurableCount: 1, unseenCount: 1 });
    expect(report.adversarial.attributeCount).toBeGreaterThan(1);
    expect(report.testedClasses[0]).toMatchObject({ label: null, units: { value: 12 } });
  });

  it('of folds holds each against the rest', async () => {
    const report = await reportOf('folds');
    expect(report).toMatchObject({ partsTakenBy: 'FOLDS', trainPart: null, testPart: null });
    expect(report.folds.labelDistribution.value).toBeGreaterThanOrEqual(0);
    expect(report.balance[0].compared).toHaveLength(3);
  });
});
