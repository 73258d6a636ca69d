import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

const WIDTH = 64;
const HEIGHT = 48;
const mask = () => {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  pixels.fill(1, 100, 300);
  const { size, counts } = encodeMask(pixels, WIDTH, HEIGHT);
  return { size: [...size], counts };
};

const SHAPES: Record<string, [member: string, shape: object]> = {
  POINT: ['point', { x: '3.25', y: '4' }],
  BOX: ['box', { x: '1', y: '2', width: '10.5', height: '20' }],
  ROTATED_BOX: ['rotatedBox', { centreX: '20', centreY: '20', width: '8', height: '4', degrees: '-30' }],
  POLYGON: [
    'polygon',
    {
      rings: [
        [
          ['1', '1'],
          ['9', '1'],
          ['9', '9.5'],
        ],
        [
          ['20', '20'],
          ['30', '20'],
          ['30', '30'],
          ['20', '30'],
        ],
      ],
    },
  ],
  POLYLINE: [
    'polyline',
    {
      points: [
        ['0', '0'],
        ['5', '5'],
        ['9', '2'],
      ],
    },
  ],
  ELLIPSE: ['ellipse', { centreX: '30', centreY: '20', radiusX: '6', radiusY: '3', degrees: '45' }],
  MASK: ['mask', mask()],
};

describe('recording annotations', () => {
  let house: House;
  const record = (annotations: object[], more: object = {}) =>
    mutate(
      house,
      'recordAnnotations',
      { dataset: 'plants', source: 'test', annotations, ...more },
      '... on BulkReport { revision taken alreadyThere refused { row name field code message } }',
    );
  const said = (image: string, annotator: string, label: string, more: object = {}) => ({
    image,
    annotator,
    kind: 'CLASS',
    label,
    ...more,
  });
  const read = async (image: string, asOf?: number): Promise<Answer[]> => {
    const { dataset } = await house.ask(
      `query ($name: String!, $asOf: Int) { dataset(slug: "plants") { images(nameContains: $name, asOf: $asOf) { nodes { annotations {
         id annotator kind label attribute value confidence seconds annotatedAt round source supersedes attributes { name value }
         geometry { __typename ... on PointGeometry { x y } ... on BoxGeometry { bx: x by: y bw: width bh: height }
           ... on RotatedBoxGeometry { centreX centreY rw: width rh: height degrees } ... on PolygonGeometry { rings }
           ... on PolylineGeometry { points } ... on EllipseGeometry { ex: centreX ey: centreY radiusX radiusY ed: degrees }
           ... on MaskGeometry { size counts } } } } } } }`,
      { name: image, asOf },
    );
    return dataset.images.nodes[0].annotations;
  };
  const revision = async () => (await house.ask('{ dataset(slug: "plants") { revision } }')).dataset.revision;

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    const images: Record<string, Buffer> = {};
    for (const [index, name] of ['a.png', 'b.png', 'c.png', 'd.png', 'e.png', 'f.png'].entries())
      images[name] = await noiseImage(index + 1, { width: WIDTH, height: HEIGHT });
    await addImages(house, 'plants', images);
    await succeed(house, 'defineLabelSchema', {
      dataset: 'plants',
      classes: [{ name: 'healthy' }, { name: 'ill' }],
    });
  });
  afterAll(() => house?.stop());

  it('keeps the statement of every rater, with who and how sure and how long', async () => {
    const report = await record([
      said('a.png', 'ann', 'healthy', {
        confidence: '0.9',
        seconds: '12.5',
        annotatedAt: '2024-06-01T10:00:00Z',
      }),
      said('a.png', 'bo', 'ill'),
      said('a.png', 'cy', 'ill', { attributes: [{ name: 'difficult', value: '1' }] }),
    ]);
    expect(report).toMatchObject({ taken: 3, refused: [] });
    const held = await read('a.png');
    expect(held.map(({ annotator, label }) => [annotator, label]).sort()).toEqual([
      ['ann', 'healthy'],
      ['bo', 'ill'],
      ['cy', 'ill'],
    ]);
    expect(held.find(({ annotator }) => annotator === 'ann')).toMatchObject({
      confidence: '0.9',
      seconds: '12.5',
      annotatedAt: '2024-06-01T10:00:00Z',
      source: 'test',
    });
    expect(held.find(({ annotator }) => annotator === 'cy').attributes).toEqual([
      { name: 'difficult', value: '1' },
    ]);
  });

  it('takes the same statement twice as one, in one request and in two', async () => {
    const statement = said('b.png', 'ann', 'healthy');
    expect(await record([statement, statement])).toMatchObject({ taken: 1, alreadyThere: 1 });
    expect(await record([statement])).toMatchObject({ taken: 0, alreadyThere: 1 });
    expect(await read('b.png')).toHaveLength(1);
    expect(await record([{ ...statement, occurrence: 1 }])).toMatchObject({ taken: 1 });
  });

  it('lets a correction supersede, and shows the old statement as of before', async () => {
    await record([said('c.png', 'ann', 'healthy')]);
    const before = await revision();
    const [old] = await read('c.png');
    expect(await record([said('c.png', 'ann', 'ill', { supersedes: old.id })])).toMatchObject({ taken: 1 });
    const [corrected] = await read('c.png');
    expect([corrected.label, corrected.supersedes]).toEqual(['ill', old.id]);
    expect((await read('c.png', before)).map(({ id, label }) => [id, label])).toEqual([[old.id, 'healthy']]);
    expect(await read('c.png')).toHaveLength(1);
  });

  it('refuses to supersede what no longer holds, never was, or is no annotation', async () => {
    const [old] = await read('c.png', (await revision()) - 1);
    for (const [supersedes, code] of [
      [old.id, 'CONFLICT'],
      ['0'.repeat(32), 'CONFLICT'],
      ['nonsense', 'BAD_INPUT'],
      [Buffer.from('Image:x/y').toString('base64url'), 'BAD_INPUT'],
    ]) {
      const result = await record([said('c.png', 'ann', 'healthy', { supersedes })]);
      expect([supersedes, result.code]).toEqual([supersedes, code]);
    }
  });

  it('refuses to supersede what another annotator said, or what was said of another image', async () => {
    const [own] = await read('c.png');
    expect(await record([said('c.png', 'bo', 'healthy', { supersedes: own.id })])).toMatchObject({
      code: 'CONFLICT',
    });
    expect(await record([said('d.png', 'ann', 'healthy', { supersedes: own.id })])).toMatchObject({
      code: 'CONFLICT',
    });
    expect(await read('c.png')).toHaveLength(1);
  });

  it('refuses row by row what cannot be so, and takes the good rows', async () => {
    const box = (x: string, width: string) => ({
      image: 'd.png',
      annotator: 'ann',
      kind: 'BOX',
      label: 'ill',
      geometry: { box: { x, y: '1', width, height: '5' } },
    });
    const report = await record([
      said('d.png', 'ann', 'ill'),
      said('none.png', 'ann', 'ill'),
      said('d.png', 'ann', 'wilted'),
      box('1', '0'),
      box('500', '5'),
      box('one', '5'),
      { image: 'd.png', annotator: 'ann', kind: 'BOX', label: 'ill' },
      { image: 'd.png', annotator: 'ann', kind: 'VALUE', attribute: 'height' },
      said('d.png', '', 'ill'),
      {
        image: 'd.png',
        annotator: 'ann',
        kind: 'MASK',
        label: 'ill',
        geometry: {
          mask: { size: [10, 10], counts: encodeMask(new Uint8Array(100).fill(1), 10, 10).counts },
        },
      },
    ]);
    expect(report.taken).toBe(1);
    expect(report.refused.map(({ row, code }: Answer) => [row, code])).toEqual([
      [1, 'UNKNOWN_IMAGE'],
      [2, 'UNKNOWN_CLASS'],
      [3, 'DEGENERATE_GEOMETRY'],
      [4, 'OUTSIDE_IMAGE'],
      [5, 'INVALID_VALUE'],
      [6, 'BAD_INPUT'],
      [7, 'BAD_INPUT'],
      [8, 'BAD_INPUT'],
      [9, 'SIZE_MISMATCH'],
    ]);
    for (const { message, row } of report.refused) expect(message).toContain(`row ${row}`);
  });

  it('takes nothing where one row is bad and the import is strict', async () => {
    const result = await record([said('e.png', 'ann', 'ill'), said('e.png', 'ann', 'wilted')], {
      strict: true,
    });
    expect(result).toMatchObject({
      code: 'BAD_INPUT',
      reasons: [{ path: ['1', 'label'], code: 'UNKNOWN_CLASS' }],
    });
    expect(await read('e.png')).toEqual([]);
  });

  it('refuses a shape that is of no one kind', async () => {
    const shapes = { point: SHAPES.POINT![1], box: SHAPES.BOX![1] };
    const base = { image: 'e.png', annotator: 'ann', kind: 'POINT', label: 'ill' };
    expect(await record([{ ...base, geometry: shapes }])).toMatchObject({ code: 'BAD_INPUT' });
    expect(await record([{ ...base, geometry: {} }])).toMatchObject({ code: 'BAD_INPUT' });
    const report = await record([{ ...base, geometry: { box: SHAPES.BOX![1] } }]);
    expect(report.refused?.map(({ field, code }: Answer) => [field, code])).toEqual([
      ['geometry', 'BAD_INPUT'],
    ]);
  });

  it.each(Object.entries(SHAPES))('gives a %s back exactly as it came', async (kind, [member, shape]) => {
    const annotator = `by-${kind.toLowerCase().replace('_', '-')}`;
    expect(
      await record([{ image: 'f.png', annotator, kind, label: 'ill', geometry: { [member]: shape } }]),
    ).toMatchObject({ taken: 1, refused: [] });
    const held = (await read('f.png')).find((annotation) => annotation.annotator === annotator);
    expect(held.kind).toBe(kind);
    const { __typename, ...values } = held.geometry;
    expect(__typename.toLowerCase()).toBe(`${kind.replace('_', '').toLowerCase()}geometry`);
    expect(Object.values(values)).toEqual(Object.values(shape));
  });

  it('takes statements into an open round, with the guideline it follows, and none into a closed one', async () => {
    const dataset = 'plants';
    await succeed(house, 'addGuideline', { dataset, version: 'v1', text: 'Look closely.' });
    await succeed(house, 'openRound', { dataset, name: 'first', guidelineVersion: 'v1', blind: true });
    expect(await record([said('e.png', 'ann', 'ill')], { round: 'first' })).toMatchObject({ taken: 1 });
    await succeed(house, 'closeRound', { dataset, name: 'first' });
    expect(await record([said('e.png', 'bo', 'ill')], { round: 'first' })).toMatchObject({
      code: 'ROUND_CLOSED',
    });
    expect(await record([said('e.png', 'bo', 'ill')], { round: 'none' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await read('e.png')).map(({ annotator, round }) => [annotator, round])).toEqual([
      ['ann', 'first'],
    ]);
    const { dataset: held } = await house.ask(
      '{ dataset(slug: "plants") { rounds { name guidelineVersion blind state } } }',
    );
    expect(held.rounds).toEqual([{ name: 'first', guidelineVersion: 'v1', blind: true, state: 'CLOSED' }]);
    expect(await mutate(house, 'openRound', { dataset, name: 'first' })).toMatchObject({ code: 'CONFLICT' });
  });

  it('keeps a version of the guideline as it was given', async () => {
    const result = await mutate(house, 'addGuideline', { dataset: 'plants', version: 'v1', text: 'Guess.' });
    expect(result).toMatchObject({ __typename: 'ConflictProblem', code: 'CONFLICT' });
  });

  it('knows whoever annotates as a person of unknown expertise, until it is told more', async () => {
    const annotators = async () =>
      Object.fromEntries(
        (
          await house.ask('{ dataset(slug: "plants") { annotators { pseudonym kind expertise } } }')
        ).dataset.annotators.map(({ pseudonym, ...who }: Answer) => [pseudonym, who]),
      );
    expect((await annotators()).bo).toEqual({ kind: 'HUMAN', expertise: null });
    await succeed(house, 'declareAnnotators', {
      dataset: 'plants',
      annotators: [{ pseudonym: 'bo', kind: 'MODEL', expertise: 'v3' }],
    });
    expect((await annotators()).bo).toEqual({ kind: 'MODEL', expertise: 'v3' });
  });
});
