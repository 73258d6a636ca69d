import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPLIT_STRATEGIES } from '../../src/splits/split-strategy.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

const PARTS = [
  { name: 'train', share: '0.7' },
  { name: 'validation', share: '0.15' },
  { name: 'test', share: '0.15' },
];
const HALVES = [
  { name: 'train', share: '0.5' },
  { name: 'test', share: '0.5' },
];
const SPLIT = `... on Split { id digest state strategy certificate { leaks waiver
  counts { part images groups imagesWithoutGroup } missingGroupKeys { count treatment }
  sharedGroups { status reason count listed { key value parts } } exactDuplicates { status count } nearDuplicates { status reason count } } }`;

describe('splits', () => {
  let house: House;
  const sql = (text: string, parameters: unknown[] = []) => house.services.db.query(text, parameters);
  const create = (dataset: string, name: string, input: object) =>
    mutate(house, 'createSplit', { dataset, name, ...input }, SPLIT);
  const freeze = (dataset: string, name: string, waiver: string | null = null) =>
    mutate(house, 'freezeSplit', { dataset, name, waiver }, SPLIT);
  const assignments = async (dataset: string, name: string): Promise<{ image: string; part: string }[]> =>
    (
      await house.ask(
        'query ($dataset: String!, $name: String!) { dataset(slug: $dataset) { split(name: $name) { assignments(first: 500) { nodes { image part } } } } }',
        { dataset, name },
      )
    ).dataset.split.assignments.nodes;

  /** 40 images of 10 plants on 4 days, by reference: all that a split needs to know. */
  async function plants(dataset: string): Promise<string[]> {
    await newDataset(house, dataset);
    const names = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(2, '0')}.png`);
    await succeed(house, 'registerImages', {
      dataset,
      images: names.map((name) => ({ name, address: `https://images.example/${name}` })),
    });
    await succeed(house, 'recordAcquisition', {
      dataset,
      source: 'csv',
      rows: names.map((image, index) => ({
        image,
        values: [
          { name: 'subject', value: `plant ${index % 10}` },
          { name: 'capturedAt', value: `2024-06-0${1 + Math.floor(index / 10)}T10:00:00` },
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
        label: index % 2 === 0 ? 'healthy' : 'ill',
      })),
    });
    return names;
  }

  beforeAll(async () => {
    house = await openHouse();
    await plants('plants');
  });
  afterAll(() => house?.stop());

  const REQUESTS: Record<string, object> = {
    RANDOM: { parts: PARTS },
    STRATIFIED: { parts: PARTS, stratifyBy: 'label' },
    GROUPED: { parts: PARTS, groupBy: 'subject' },
    GROUPED_STRATIFIED: { parts: PARTS, groupBy: 'subject', stratifyBy: 'label' },
    K_FOLD: { folds: 4 },
    GROUPED_K_FOLD: { folds: 4, groupBy: 'subject' },
    STRATIFIED_K_FOLD: { folds: 4, stratifyBy: 'label' },
    GROUPED_STRATIFIED_K_FOLD: { folds: 4, groupBy: 'subject', stratifyBy: 'label' },
    LEAVE_ONE_GROUP_OUT: { groupBy: 'subject' },
    BY_TIME: { parts: HALVES },
    IMPORTED: {
      assignment: Array.from({ length: 40 }, (_, index) => ({
        image: `${String(index).padStart(2, '0')}.png`,
        part: index % 10 < 7 ? 'train' : 'test',
      })),
    },
  };

  it.each(SPLIT_STRATEGIES.map((strategy) => [strategy]))(
    'are made by %s: each image in one part, none lost, the same again',
    async (strategy) => {
      const request = { strategy, seed: '7', ...REQUESTS[strategy] };
      const split = await create('plants', strategy, request);
      expect(split).toMatchObject({ __typename: 'Split', state: 'DRAFT', strategy });
      const rows = await assignments('plants', strategy);
      expect(new Set(rows.map(({ image }) => image)).size).toBe(40);
      expect(rows).toHaveLength(40);
      const counted = Object.fromEntries(
        split.certificate.counts.map(({ part, images }: Answer) => [part, images]),
      );
      for (const [part, images] of Object.entries(counted))
        expect(rows.filter((row) => row.part === part)).toHaveLength(images as number);
      expect((await create('plants', `${strategy}-again`, request)).digest).toBe(split.digest);
      if (strategy.startsWith('GROUPED') || strategy === 'LEAVE_ONE_GROUP_OUT')
        expect(split.certificate.sharedGroups).toMatchObject({ status: 'EXAMINED', count: 0 });
    },
  );

  it.each(SPLIT_STRATEGIES.map((strategy) => [strategy]))(
    'by %s are recomputed by a stranger from what the server exports',
    async (strategy) => {
      const split = await create('plants', `${strategy}-exported`, {
        strategy,
        seed: '7',
        ...REQUESTS[strategy],
      });
      const exported = await (await house.fetch(`/datasets/plants/splits/${strategy}-exported`)).text();
      const script = resolve(import.meta.dirname, '../../docs/recompute_split.py');
      const { status, stdout } = spawnSync('python3', [script], { input: exported, encoding: 'utf8' });
      expect(JSON.parse(stdout)).toMatchObject({ digest: split.digest, same: true });
      expect(status).toBe(0);
    },
  );

  it('are exported to who may read the dataset alone', async () => {
    const path = '/datasets/plants/splits/RANDOM';
    const stranger = await house.tokenOf(null);
    const reader = await house.tokenOf('READER', 'plants', ['READ']);
    expect((await house.fetch(path, { token: null })).status).toBe(401);
    expect((await house.fetch(path, { token: stranger })).status).toBe(403);
    expect((await house.fetch(path, { token: reader })).status).toBe(200);
    expect((await house.fetch('/datasets/plants/splits/none')).status).toBe(404);
  });

  it('give another assignment with another seed', async () => {
    const one = await create('plants', 'seed-one', { strategy: 'RANDOM', seed: '1', parts: PARTS });
    const two = await create('plants', 'seed-two', { strategy: 'RANDOM', seed: '2', parts: PARTS });
    expect(one.digest).not.toBe(two.digest);
  });

  it('are refused where the request cannot be met, with the reason', async () => {
    for (const [input, code] of [
      [{ strategy: 'GROUPED', parts: PARTS, groupBy: 'colour' }, 'BAD_INPUT'],
      [{ strategy: 'RANDOM', parts: [{ name: 'train', share: '0.7' }] }, 'BAD_INPUT'],
      [{ strategy: 'RANDOM', parts: [...HALVES, { name: 'test', share: '0.5' }] }, 'BAD_INPUT'],
      [{ strategy: 'K_FOLD' }, 'BAD_INPUT'],
      [{ strategy: 'K_FOLD', folds: 100 }, 'EMPTY_SPLIT'],
      [{ strategy: 'LEAVE_ONE_GROUP_OUT', groupBy: 'site' }, 'MISSING_GROUP_KEY'],
      [{ strategy: 'IMPORTED', assignment: [{ image: 'none.png', part: 'train' }] }, 'BAD_INPUT'],
    ] as const) {
      const result = await create('plants', 'bad', input);
      expect([input, result.code]).toEqual([input, code]);
    }
  });

  it('that put one unit in two parts are refused without a waiver, and frozen with one that the certificate shows', async () => {
    const { certificate } = await create('plants', 'leaking', {
      strategy: 'RANDOM',
      seed: '7',
      parts: HALVES,
    });
    expect(certificate.leaks).toBe(true);
    expect(certificate.sharedGroups.count).toBeGreaterThan(0);
    const [first] = certificate.sharedGroups.listed;
    expect(first).toMatchObject({ key: 'unit', parts: ['test', 'train'] });
    for (const waiver of [null, '', '   ']) {
      const refused = await freeze('plants', 'leaking', waiver);
      expect(refused).toMatchObject({ __typename: 'ConflictProblem', code: 'LEAKAGE' });
      expect(refused.reasons[0]).toMatchObject({ path: ['leakage', 'sharedGroups'], code: 'LEAKAGE' });
    }
    const frozen = await freeze('plants', 'leaking', 'A baseline that is meant to leak.');
    expect(frozen).toMatchObject({
      state: 'FROZEN',
      certificate: { waiver: 'A baseline that is meant to leak.', leaks: true },
    });
  });

  it('that do not leak are frozen without a waiver, and carry none', async () => {
    await create('plants', 'clean', { strategy: 'GROUPED', groupBy: 'subject', parts: HALVES });
    const frozen = await freeze('plants', 'clean', 'not needed');
    expect(frozen).toMatchObject({ state: 'FROZEN', certificate: { leaks: false, waiver: null } });
    expect(await freeze('plants', 'clean')).toEqual(frozen);
    expect(await freeze('plants', 'none')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are found to leak by exact and by near duplicates across parts', async () => {
    await newDataset(house, 'looks');
    const bytes = await noiseImage(4, { width: 128, height: 96 });
    const again = await sharp(bytes).jpeg({ quality: 90 }).toBuffer();
    await addImages(house, 'looks', {
      'a.png': bytes,
      'a-copy.png': bytes,
      'b.png': await noiseImage(5),
      'b2.png': await noiseImage(6),
    });
    const part = (image: string, name: string) => ({ image, part: name });
    const exact = await create('looks', 'exact', {
      strategy: 'IMPORTED',
      assignment: [
        part('a.png', 'train'),
        part('b.png', 'train'),
        part('a-copy.png', 'test'),
        part('b2.png', 'test'),
      ],
    });
    expect(exact.certificate).toMatchObject({
      leaks: true,
      exactDuplicates: { count: 1 },
      nearDuplicates: { count: 0 },
    });
    expect(await freeze('looks', 'exact')).toMatchObject({
      code: 'LEAKAGE',
      reasons: [{ path: ['leakage', 'exactDuplicates'] }],
    });
    await addImages(house, 'looks', { 'a.jpg': again });
    const near = await create('looks', 'near', {
      strategy: 'IMPORTED',
      assignment: [
        part('a.png', 'train'),
        part('a-copy.png', 'train'),
        part('b.png', 'train'),
        part('a.jpg', 'test'),
        part('b2.png', 'test'),
      ],
    });
    expect(near.certificate).toMatchObject({ leaks: true, exactDuplicates: { count: 0 } });
    expect(near.certificate.nearDuplicates.count).toBeGreaterThan(0);
    expect(await freeze('looks', 'near')).toMatchObject({
      code: 'LEAKAGE',
      reasons: [{ path: ['leakage', 'nearDuplicates'] }],
    });
    expect(near.certificate.sharedGroups).toMatchObject({
      status: 'NOT_EXAMINED',
      reason: expect.any(String),
    });
  });

  it('say of unknown groups that they are unknown, and how each was treated', async () => {
    const names = await plants('gaps');
    const image = 'no-subject.png';
    await succeed(house, 'registerImages', {
      dataset: 'gaps',
      images: [{ name: image, address: 'https://images.example/no-subject' }],
    });
    const { certificate } = await create('gaps', 'grouped', {
      strategy: 'GROUPED',
      groupBy: 'subject',
      parts: HALVES,
    });
    expect(certificate.missingGroupKeys).toEqual({ count: 1, treatment: 'EACH_IMAGE_ITS_OWN_GROUP' });
    const alone = certificate.counts.reduce(
      (sum: number, count: Answer) => sum + count.imagesWithoutGroup,
      0,
    );
    expect(alone).toBe(1);
    expect(names).toHaveLength(40);
  });

  it('leave excluded images out, and images of later revisions', async () => {
    const [first] = await plants('kept');
    await succeed(house, 'excludeImages', {
      dataset: 'kept',
      exclusions: [{ image: first!, stage: 'ELIGIBLE', reason: 'blurred' }],
    });
    await create('kept', 'split', { strategy: 'RANDOM', parts: PARTS });
    expect(await assignments('kept', 'split')).toHaveLength(39);
    await succeed(house, 'registerImages', {
      dataset: 'kept',
      images: [{ name: 'late.png', address: 'https://images.example/late' }],
    });
    expect(await assignments('kept', 'split')).toHaveLength(39);
  });

  it('may be drafted anew until they are frozen, and then no more', async () => {
    const request = { strategy: 'GROUPED', groupBy: 'subject', parts: PARTS };
    const draft = await create('plants', 'draft', { ...request, seed: '1' });
    const other = await create('plants', 'draft', { ...request, seed: '2' });
    expect(other.digest).not.toBe(draft.digest);
    await freeze('plants', 'draft');
    expect(await create('plants', 'draft', request)).toMatchObject({ code: 'FROZEN' });
  });

  it.each([
    `UPDATE split SET certificate = '{}' WHERE name = 'clean'`,
    `UPDATE split SET state = 'DRAFT' WHERE name = 'clean'`,
    `UPDATE split SET waiver = 'x' WHERE name = 'clean'`,
    `DELETE FROM split WHERE name = 'clean'`,
    'TRUNCATE split',
    'TRUNCATE split_assignment',
    'TRUNCATE split CASCADE',
    `UPDATE split_assignment SET part = 'test' WHERE split_id = (SELECT id FROM split WHERE name = 'clean')`,
    `DELETE FROM split_assignment WHERE split_id = (SELECT id FROM split WHERE name = 'clean')`,
    `INSERT INTO split_assignment SELECT id, gen_random_uuid(), 'train' FROM split WHERE name = 'clean'`,
    `UPDATE split_assignment SET split_id = (SELECT id FROM split WHERE name = 'clean'), image_id = gen_random_uuid()
     WHERE split_id = (SELECT id FROM split WHERE name = 'seed-one') AND image_id = (SELECT image_id FROM split_assignment a JOIN split s ON s.id = a.split_id WHERE s.name = 'seed-one' LIMIT 1)`,
  ])('once frozen are refused any change by the database itself: %s', async (statement) => {
    const before = await assignments('plants', 'clean');
    await expect(sql(statement)).rejects.toThrow(/holotype: /);
    expect(await assignments('plants', 'clean')).toEqual(before);
  });
});
