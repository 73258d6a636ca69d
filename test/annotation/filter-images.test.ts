import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

/** Of each image how it was made, and who says what. */
const IMAGES: Record<string, { made: Record<string, string>; said: Statement[] }> = {
  'a.png': {
    made: { site: 'north', plot: 'p1', distance: '1.50', capturedAt: '2026-03-04' },
    said: ['ann ill', 'bo ill'],
  },
  'b.png': {
    made: { site: 'north', plot: 'p1', capturedAt: '2026-03-09T10:00:00' },
    said: ['ann ill', 'bo healthy'],
  },
  'c.png': {
    made: { site: 'south', capturedAt: '2026-04-01', latitude: '51.9' },
    said: ['ann healthy', 'robot ill'],
  },
  'd.png': { made: { site: 'south' }, said: ['ann ill', 'ann healthy'] },
  'e.png': { made: {}, said: ['crowd ill', 'crowd healthy'] },
  'f.png': { made: {}, said: [] },
};
type Statement = `${string} ${string}`;

describe('a filter of images', () => {
  let house: House;

  async function fill(dataset: string, input: object = {}) {
    await newDataset(house, dataset, input);
    const files: Record<string, Buffer> = {};
    for (const [index, name] of Object.keys(IMAGES).entries())
      files[name] = await noiseImage(index + 1, { width: 32, height: 24 });
    await addImages(house, dataset, files);
    await succeed(house, 'declareFactors', { dataset, factors: [{ name: 'plot', kind: 'NOMINAL' }] });
    await succeed(house, 'recordAcquisition', {
      dataset,
      source: 'test',
      rows: Object.entries(IMAGES).map(([image, { made }]) => ({
        image,
        values: Object.entries(made).map(([name, value]) => ({ name, value })),
      })),
    });
    await succeed(house, 'defineLabelSchema', { dataset, classes: [{ name: 'ill' }, { name: 'healthy' }] });
    await succeed(house, 'declareAnnotators', {
      dataset,
      annotators: [
        ...['ann', 'bo'].map((pseudonym) => ({ pseudonym })),
        { pseudonym: 'crowd', kind: 'GROUP' },
        { pseudonym: 'robot', kind: 'MODEL' },
      ],
    });
    await succeed(house, 'recordAnnotations', {
      dataset,
      source: 'test',
      annotations: Object.entries(IMAGES).flatMap(([image, { said }]) =>
        said.map((statement) => {
          const [annotator, label] = statement.split(' ');
          return { image, annotator, kind: 'CLASS', label };
        }),
      ),
    });
    await succeed(house, 'excludeImages', {
      dataset,
      exclusions: [{ image: 'f.png', stage: 'ELIGIBLE', reason: 'blurred' }],
    });
  }

  beforeAll(async () => {
    house = await openHouse();
    await fill('leaves');
    await fill('people', { sensitivity: 'PERSONAL' });
  });
  afterAll(() => house?.stop());

  const ask = (filter: object, { dataset = 'leaves', token, ...more }: Answer = {}) =>
    house.send(
      `query ($dataset: String!, $filter: ImageFilterInput, $asOf: Int, $after: String, $first: Int) { dataset(slug: $dataset) {
         imageCount(filter: $filter, asOf: $asOf)
         images(filter: $filter, asOf: $asOf, first: $first, after: $after) { nodes { name imageId facts { quality { name value } } } pageInfo { hasNextPage endCursor } } } }`,
      { dataset, filter, ...more },
      token,
    );
  const found = async (filter: object, more: Answer = {}): Promise<string> => {
    const { body } = await ask(filter, more);
    expect(body.errors).toBeUndefined();
    const { imageCount, images } = body.data.dataset;
    expect(imageCount).toBe(images.nodes.length);
    return images.nodes
      .map(({ name }: Answer) => name[0])
      .sort()
      .join('');
  };
  const refused = async (filter: object, more: Answer = {}): Promise<string> => {
    const { body } = await ask(filter, more);
    return body.errors?.[0]?.extensions.code ?? 'none';
  };

  it('holds factors against their values, and against having none', async () => {
    expect(await found({ factors: [{ name: 'site', value: 'north' }] })).toBe('ab');
    expect(await found({ factors: [{ name: 'site', missing: true }] })).toBe('ef');
    expect(await found({ factors: [{ name: 'plot', missing: false }] })).toBe('ab');
    expect(
      await found({
        factors: [
          { name: 'site', value: 'south' },
          { name: 'captureMonth', value: '2026-04' },
        ],
      }),
    ).toBe('c');
    expect(await found({ factors: [{ name: 'distance', value: '1.5' }] })).toBe('a');
  });

  it('finds the images of a class, whoever says so', async () => {
    expect(await found({ classes: ['ill'] })).toBe('abcde');
    expect(await found({ classes: ['healthy'] })).toBe('bcde');
    expect(await found({ classes: ['healthy', 'ill'] })).toBe('abcde');
  });

  it('finds the images on which two raters differ; a model, and one rater of two classes, differ from nobody', async () => {
    expect(await found({ disagreement: true })).toBe('be');
    expect(await found({ disagreement: false })).toBe('acdf');
  });

  it('holds what was measured against bounds', async () => {
    const { body } = await ask({});
    const sharpness = ({ facts }: Answer) =>
      facts.quality.find(({ name }: Answer) => name === 'sharpness').value;
    const nodes: Answer[] = body.data.dataset.images.nodes.toSorted(
      (a: Answer, b: Answer) => sharpness(a) - sharpness(b),
    );
    const [min, max] = [sharpness(nodes[1]), sharpness(nodes[3])];
    const names = nodes.slice(1, 4).map(({ name }) => name[0]);
    expect(await found({ quality: [{ measure: 'sharpness', min, max }] })).toBe(names.sort().join(''));
    expect(await found({ quality: [{ measure: 'mean', min: 256 }] })).toBe('');
  });

  it('holds every condition at once, of kept and of excluded images', async () => {
    expect(await found({ kept: false })).toBe('f');
    expect(
      await found({ kept: true, nameContains: '.png', factors: [{ name: 'site', missing: true }] }),
    ).toBe('e');
    expect(
      await found({ classes: ['healthy'], factors: [{ name: 'site', value: 'north' }], disagreement: true }),
    ).toBe('b');
    const { body } = await ask({});
    const [first] = body.data.dataset.images.nodes;
    expect(await found({ imageIds: [first.imageId, '0'.repeat(32)] })).toBe(first.name[0]);
  });

  it('is read in pages, and as of a revision', async () => {
    const names: string[] = [];
    for (let after: string | null = null; ; ) {
      const { body }: Answer = await ask({ classes: ['ill'] }, { first: 2, after });
      const { nodes, pageInfo } = body.data.dataset.images;
      names.push(...nodes.map(({ name }: Answer) => name[0]));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(names.sort().join('')).toBe('abcde');
    expect(await found({ kept: true }, { asOf: 2 })).toBe('abcdef');
    expect(await refused({ classes: ['ill'] }, { asOf: 2 })).toBe('BAD_INPUT');
  });

  it('is refused with what is wrong: unknown names, values that are none, bounds the wrong way round', async () => {
    for (const filter of [
      { factors: [{ name: 'colour', value: 'red' }] },
      { factors: [{ name: 'site' }] },
      { factors: [{ name: 'site', value: 'north', missing: true }] },
      { factors: [{ name: 'distance', value: 'far' }] },
      { classes: ['blue'] },
      { quality: [{ measure: 'beauty', min: 1 }] },
      { quality: [{ measure: 'mean', min: 2, max: 1 }] },
      { imageIds: ['a.png'] },
    ])
      expect([filter, await refused(filter)]).toEqual([filter, 'BAD_INPUT']);
  });

  it('asks nothing that its reader may not read', async () => {
    const latitude = { factors: [{ name: 'latitude', value: '51.9' }] };
    expect(await found(latitude)).toBe('c');
    const reader = await house.tokenOf('READER', 'leaves');
    expect(await refused(latitude, { token: reader })).toBe('FORBIDDEN');
    const other = { dataset: 'people', token: await house.tokenOf('READER', 'people') };
    expect(await refused({ nameContains: 'a' }, other)).toBe('FORBIDDEN');
    const { body } = await house.send(
      '{ dataset(slug: "leaves") { tally(by: FACTOR, factor: "latitude") { valueCount } } }',
      {},
      reader,
    );
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  describe('tallied', () => {
    const tally = async (by: string, more = '', dataset = 'leaves') => {
      const answer = await house.ask(
        `{ dataset(slug: "${dataset}") { tally(by: ${by} ${more}) { rows { value images units } missing { images units } valueCount step } } }`,
      );
      const { rows, missing, ...rest } = answer.dataset.tally;
      const pair = ({ images, units }: Answer) => [images, units];
      return { rows: rows.map((row: Answer) => [row.value, ...pair(row)]), missing: pair(missing), ...rest };
    };

    it('gives images and units of each value, largest first, the missing ones apart', async () => {
      const counts = await tally('FACTOR', 'factor: "site"');
      expect(counts).toEqual({
        rows: [
          ['north', 2, 2],
          ['south', 2, 2],
        ],
        missing: [2, 2],
        valueCount: 2,
        step: 1,
      });
      expect((await tally('CAPTURE_MONTH')).rows).toEqual([
        ['2026-03', 2, 2],
        ['2026-04', 1, 1],
      ]);
      expect((await tally('CLASS', 'filter: { kept: true }')).rows).toEqual([
        ['ill', 5, 5],
        ['healthy', 4, 4],
      ]);
      expect(await tally('CLASS', 'first: 1')).toMatchObject({
        rows: [['ill', 5, 5]],
        missing: [1, 1],
        valueCount: 2,
      });
    });

    it('counts under each value what a filter of it finds', async () => {
      for (const [value, images] of (await tally('CLASS')).rows)
        expect(await found({ classes: [value] })).toHaveLength(images);
      for (const [value, images] of (await tally('CAPTURE_MONTH')).rows)
        expect(await found({ factors: [{ name: 'captureMonth', value }] })).toHaveLength(images);
    });

    it('of a personal dataset tells counts in steps of five, and small ones not at all', async () => {
      const counts = await tally('CLASS', '', 'people');
      expect(counts).toEqual({
        rows: [
          ['ill', 5, 5],
          ['healthy', null, null],
        ],
        missing: [null, null],
        valueCount: 2,
        step: 5,
      });
    });
  });
});
