import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { maskArea } from '../../src/annotation/run-length-encoding.ts';
import { readCoco } from '../../src/interchange/coco.codec.ts';

const SHARED = process.env.HOLOTYPE_SHARED ?? join(process.cwd(), '../shared');
const EXAMPLE = join(SHARED, 'examples/annotations/coco.json');

const IMAGE = { id: 7, file_name: 'a.png', width: 10, height: 8 };
const LESION = { id: 3, name: 'lesion' };
const file = (annotations: unknown[], images: unknown[] = [IMAGE], categories: unknown = [LESION]) =>
  JSON.stringify({ images, annotations, categories });
const plan = (...parts: Parameters<typeof file>) => readCoco(file(...parts), { annotator: 'crew' });
const one = (members: object) => plan([{ id: 1, image_id: 7, category_id: 3, ...members }]);
const faults = ({ refused }: { refused: { where: string; field: string | null; code: string }[] }) =>
  refused.map(({ where, field, code }) => [where, field, code]);

describe('readCoco', () => {
  it('keeps a bbox as it stands, in decimals', () => {
    const { annotations } = one({ bbox: [0.1, 2, 3.5, 1e-1], score: 0.25 });
    expect(annotations).toEqual([
      {
        image: 'a.png',
        annotator: 'crew',
        kind: 'BOX',
        label: 'lesion',
        attribute: null,
        value: null,
        geometry: { kind: 'BOX', x: '0.1', y: '2', width: '3.5', height: '0.1' },
        confidence: '0.25',
        seconds: null,
        annotatedAt: null,
        attributes: [],
        occurrence: 0,
      },
    ]);
  });

  it('prefers the segmentation to the bbox, and notes where they differ', () => {
    const { annotations, notes } = one({ bbox: [0, 0, 9, 7], segmentation: [[1, 1, 4, 1, 4, 4, 1, 4]] });
    expect(annotations[0]?.geometry).toMatchObject({ kind: 'POLYGON' });
    expect(notes).toMatchObject([{ where: 'annotations', message: expect.stringContaining('1 bbox') }]);
  });

  it('reads runs as a list and as text to the same mask, crowd or not', () => {
    const list = { size: [8, 10], counts: [18, 4, 4, 4, 4, 4, 42] };
    const text = { size: [8, 10], counts: 'b044000V1' };
    const { annotations, refused } = plan([
      { id: 1, image_id: 7, category_id: 3, segmentation: list, iscrowd: 0 },
      { id: 2, image_id: 7, category_id: 3, segmentation: text, iscrowd: 1 },
    ]);
    expect(refused).toEqual([]);
    expect(annotations[0]?.geometry).toEqual({ kind: 'MASK', ...text });
    expect(annotations[1]?.geometry).toEqual({ kind: 'MASK', ...text });
    expect(annotations.map(({ attributes }) => attributes)).toEqual([
      [{ name: 'iscrowd', value: '0' }],
      [{ name: 'iscrowd', value: '1' }],
    ]);
  });

  it.each<[string, object, string, string]>([
    ['a bbox of null', { bbox: null }, 'bbox', 'DEGENERATE_GEOMETRY'],
    ['an empty segmentation without bbox', { segmentation: [] }, 'bbox', 'DEGENERATE_GEOMETRY'],
    ['a bbox of negative size', { bbox: [5, 5, -2, 3] }, 'bbox', 'DEGENERATE_GEOMETRY'],
    ['a bbox without area', { bbox: [5, 5, 0, 3] }, 'bbox', 'DEGENERATE_GEOMETRY'],
    ['a bbox of three numbers', { bbox: [5, 5, 2] }, 'bbox', 'INVALID_VALUE'],
    ['a bbox of text', { bbox: ['5', 5, 2, 2] }, 'bbox', 'INVALID_VALUE'],
    ['a bbox outside of the image', { bbox: [20, 0, 2, 2] }, 'bbox', 'OUTSIDE_IMAGE'],
    ['a polygon of two points', { segmentation: [[1, 1, 2, 2]] }, 'segmentation', 'DEGENERATE_GEOMETRY'],
    ['a polygon of an odd list', { segmentation: [[1, 1, 2, 2, 3, 1, 4]] }, 'segmentation', 'INVALID_VALUE'],
    ['a flat polygon', { segmentation: [1, 1, 2, 2, 3, 1] }, 'segmentation', 'INVALID_VALUE'],
    [
      'a mask of another size',
      { segmentation: { size: [4, 4], counts: [8, 8] } },
      'segmentation',
      'SIZE_MISMATCH',
    ],
    [
      'runs that stop short',
      { segmentation: { size: [8, 10], counts: [8, 8] } },
      'segmentation',
      'INVALID_VALUE',
    ],
    [
      'runs of no known form',
      { segmentation: { size: [8, 10], counts: 8 } },
      'segmentation',
      'INVALID_VALUE',
    ],
    [
      'compressed runs that break off',
      { segmentation: { size: [8, 10], counts: 'o' } },
      'segmentation',
      'INVALID_VALUE',
    ],
    [
      'a mask without foreground',
      { segmentation: { size: [8, 10], counts: [80] } },
      'segmentation',
      'DEGENERATE_GEOMETRY',
    ],
    ['a caption', { caption: 'a leaf' }, 'caption', 'INVALID_VALUE'],
    ['panoptic segments', { segments_info: [] }, 'segments_info', 'INVALID_VALUE'],
    ['an unknown image', { image_id: 99, bbox: [1, 1, 2, 2] }, 'image_id', 'UNKNOWN_IMAGE'],
    ['an unknown category', { category_id: 99, bbox: [1, 1, 2, 2] }, 'category_id', 'UNKNOWN_CLASS'],
    ['no category', { category_id: null, bbox: [1, 1, 2, 2] }, 'category_id', 'UNKNOWN_CLASS'],
    ['a score above 1', { bbox: [1, 1, 2, 2], score: 88 }, 'score', 'INVALID_VALUE'],
    [
      'attributes of no plain value',
      { bbox: [1, 1, 2, 2], attributes: { a: [1] } },
      'attributes',
      'INVALID_VALUE',
    ],
    ['keypoints not in threes', { keypoints: [1, 2] }, 'keypoints', 'INVALID_VALUE'],
    ['keypoints none of which is labelled', { keypoints: [0, 0, 0] }, 'keypoints', 'DEGENERATE_GEOMETRY'],
    ['a keypoint outside of the image', { keypoints: [50, 2, 2] }, 'keypoints', 'OUTSIDE_IMAGE'],
  ])('refuses %s, naming place, field and code', (_, members, field, code) => {
    const read = one(members);
    expect(faults(read)).toEqual([['annotations[0] id 1', field, code]]);
    expect(read.annotations).toEqual([]);
    expect(read.images).toHaveLength(1);
  });

  it('takes an empty segmentation beside a bbox for none', () => {
    for (const segmentation of [[], [[]], null]) {
      expect(one({ bbox: [1, 1, 2, 2], segmentation }).annotations[0]?.kind).toBe('BOX');
    }
  });

  it('takes an annotation of neither shape member for a class of the image', () => {
    expect(one({}).annotations).toMatchObject([{ kind: 'CLASS', label: 'lesion', geometry: null }]);
  });

  it('makes each labelled keypoint a point beside the shape', () => {
    const pose = { id: 3, name: 'bee', keypoints: ['head', 'tail'] };
    const bee = {
      id: 5,
      image_id: 7,
      category_id: 3,
      bbox: [1, 1, 5, 5],
      keypoints: [2, 2, 2, 0, 0, 0],
      num_keypoints: 1,
    };
    const { annotations, notes } = plan([bee], [IMAGE], [pose]);
    expect(annotations).toMatchObject([
      { kind: 'BOX', attribute: null },
      { kind: 'POINT', label: 'bee', attribute: 'head', geometry: { x: '2', y: '2' } },
    ]);
    expect(annotations[1]?.attributes).toEqual([
      { name: 'visibility', value: '2' },
      { name: 'object', value: '5' },
    ]);
    expect(notes).toMatchObject([{ message: expect.stringContaining('half a pixel') }]);
  });

  it('matches ids that are not contiguous, texts, or written both ways', () => {
    const images = [
      { ...IMAGE, id: 'x-1' },
      { ...IMAGE, id: 900, file_name: 'b.png' },
    ];
    const { annotations, refused } = plan(
      [
        { image_id: 'x-1', category_id: '3', bbox: [1, 1, 2, 2] },
        { image_id: '900', category_id: 3, bbox: [1, 1, 2, 2] },
      ],
      images,
    );
    expect(refused).toEqual([]);
    expect(annotations.map(({ image }) => image)).toEqual(['a.png', 'b.png']);
  });

  it('keeps images without annotations', () => {
    expect(plan([]).images).toEqual([{ name: 'a.png', width: 10, height: 8 }]);
  });

  it('refuses the second entry of an id, and entries without what names them', () => {
    const bbox = [1, 1, 2, 2];
    const read = plan(
      [{ id: 1, image_id: 7, category_id: 3, bbox }, { id: 1, image_id: 7, category_id: 3, bbox }, null],
      [IMAGE, { ...IMAGE, file_name: 'b.png' }, { id: 8 }, { file_name: 'c.png' }],
      [LESION, { id: 3, name: 'other' }, { id: 4 }],
    );
    expect(faults(read)).toEqual([
      ['images[1]', 'id', 'DUPLICATE_ROW'],
      ['images[2]', 'file_name', 'INVALID_VALUE'],
      ['images[3]', 'id', 'INVALID_VALUE'],
      ['categories[1]', 'id', 'DUPLICATE_ROW'],
      ['categories[2]', 'name', 'INVALID_VALUE'],
      ['annotations[1] id 1', 'id', 'DUPLICATE_ROW'],
      ['annotations[2]', null, 'MALFORMED_FILE'],
    ]);
    expect(read.annotations).toHaveLength(1);
  });

  it('makes categories of one name one class, and keeps what told them apart', () => {
    const categories = [LESION, { id: 4, name: 'lesion' }];
    const { classes, annotations, notes } = plan(
      [{ id: 1, image_id: 7, category_id: 4 }],
      [IMAGE],
      categories,
    );
    expect(classes).toEqual(['lesion']);
    expect(annotations[0]?.attributes).toEqual([{ name: 'category_id', value: '4' }]);
    expect(notes).toMatchObject([{ where: 'categories' }]);
  });

  it('takes shapes without a class where the file has no categories', () => {
    const read = readCoco(
      JSON.stringify({ images: [IMAGE], annotations: [{ image_id: 7, bbox: [1, 1, 2, 2] }] }),
      {
        annotator: null,
      },
    );
    expect(read.annotations).toMatchObject([{ label: null, annotator: null, kind: 'BOX' }]);
  });

  it('refuses annotations of an image that has another size than stated', () => {
    const text = file([{ id: 1, image_id: 7, category_id: 3, bbox: [1, 1, 2, 2] }]);
    const read = readCoco(text, { annotator: null, sizes: new Map([['a.png', { width: 8, height: 10 }]]) });
    expect(faults(read)).toEqual([['annotations[0] id 1', 'image_id', 'SIZE_MISMATCH']]);
    expect(read.refused[0]?.message).toContain('turned');
  });

  it('notes an image whose size is unknown, and does not check places in it', () => {
    const { annotations, notes } = plan(
      [{ image_id: 7, category_id: 3, bbox: [500, 1, 2, 2] }],
      [{ id: 7, file_name: 'a.png', width: 0 }],
    );
    expect(annotations).toHaveLength(1);
    expect(notes[0]).toMatchObject({ where: 'images[0]' });
  });

  it('reads annotator and attributes, and numbers what is stated twice', () => {
    const row = {
      image_id: 7,
      category_id: 3,
      bbox: [1, 1, 2, 2],
      attributes: { annotator: 'p-2', wet: true, depth: 1.5 },
    };
    const { annotations } = plan([row, row]);
    expect(annotations[0]).toMatchObject({
      annotator: 'p-2',
      attributes: [
        { name: 'wet', value: 'true' },
        { name: 'depth', value: '1.5' },
      ],
    });
    expect(annotations.map(({ occurrence }) => occurrence)).toEqual([0, 1]);
  });

  it('refuses text that cannot be stored', () => {
    expect(faults(plan([], [{ ...IMAGE, file_name: 'a\0.png' }]))).toEqual([
      ['images[0]', 'file_name', 'INVALID_VALUE'],
    ]);
    expect(faults(plan([], [IMAGE], [{ id: 3, name: '\ud800' }]))).toEqual([
      ['categories[0]', 'name', 'INVALID_VALUE'],
    ]);
  });

  it('names the line and column of what is no JSON, NaN above all', () => {
    const text = `{"images": [],\n "annotations": [{"bbox": [1, NaN, 2, 2]}]}`;
    expect(() => readCoco(text, { annotator: null })).toThrow(
      expect.objectContaining({
        code: 'MALFORMED_FILE',
        message: expect.stringMatching(/"NaN" at line 2, column 31; JSON has no such number/),
      }),
    );
  });

  it.each([
    ['a list of results', '[{"image_id": 1}]'],
    ['no images', '{"annotations": []}'],
    ['a number', '3'],
    ['nothing', ''],
  ])('refuses a file of %s as MALFORMED_FILE', (_, text) => {
    expect(() => readCoco(text, { annotator: null })).toThrow(
      expect.objectContaining({ code: 'MALFORMED_FILE' }),
    );
  });

  it.skipIf(!existsSync(EXAMPLE))(
    'reads the example document (skipped where the shared data are absent)',
    () => {
      const read = readCoco(readFileSync(EXAMPLE, 'utf8'), { annotator: null });
      expect(read.refused).toEqual([]);
      expect(read.annotations.map(({ kind, annotator }) => [kind, annotator])).toEqual([
        ['POLYGON', 'p-1f3a'],
        ['MASK', 'p-77c2'],
        ['MASK', 'p-77c2'],
      ]);
      const areas = read.annotations.flatMap(({ geometry }) =>
        geometry?.kind === 'MASK' ? [maskArea(geometry)] : [],
      );
      expect(areas).toEqual([12, 8]);
      expect(read.parts.map(({ part }) => part)).toEqual(['train', 'test']);
      expect(read.acquisition[0]?.columns).toEqual([{ name: 'capturedAt', value: '2026-01-11T09:30:00Z' }]);
    },
  );
});
