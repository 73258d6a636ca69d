import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationDraft } from '../../src/annotation/annotation-draft.ts';
import { ANNOTATION_KINDS, type Geometry } from '../../src/annotation/geometry.ts';
import type { ExportPlan, ExportSource } from '../../src/interchange/export-plan.ts';
import { rotatedCorners, shapeBounds } from '../../src/interchange/shape-bounds.ts';
import { readYolo, writeYolo } from '../../src/interchange/yolo.codec.ts';
import { isShared, shared } from '../support/shared.ts';
import { ANNOTATORS, exportSources, SIZES, sorted } from './random-export-source.ts';

const SIZE = new Map([
  ['train/a.jpg', { width: 200, height: 100 }],
  ['b.jpg', { width: 10, height: 10 }],
]);
const DATA = { path: 'set/data.yaml', text: 'train: images/train\nval: images/val\nnames: [leaf, lesion]\n' };
const read = (labels: string, options = {}, data = DATA) =>
  readYolo([data, { path: 'set/labels/train/a.txt', text: labels }], {
    annotator: 'crew',
    sizes: SIZE,
    ...options,
  });
const back = ({ files }: ExportPlan, annotator: string | null = null) =>
  readYolo(
    files.map(({ path, content }) => ({ path: `out/${path}`, text: String(content) })),
    { annotator, sizes: SIZES },
  );

describe('readYolo', () => {
  it('turns shares of the image into pixels without floating-point noise', () => {
    const { annotations, refused, classes } = read('1 0.1 0.333333 0.1 0.2\n');
    expect(refused).toEqual([]);
    expect(classes).toEqual(['leaf', 'lesion']);
    expect(annotations).toMatchObject([
      {
        image: 'train/a.jpg',
        annotator: 'crew',
        kind: 'BOX',
        label: 'lesion',
        geometry: { kind: 'BOX', x: '10', y: '23.3333', width: '20', height: '20' },
        confidence: null,
      },
    ]);
  });

  it('reads corners as a polygon, and as a rotated box where the task says so', () => {
    const row = '0 0.1 0.1 0.3 0.1 0.3 0.5 0.1 0.5';
    const [segment, obb] = [read(row), read(row, { task: 'obb' })];
    expect(segment.annotations[0]?.geometry).toMatchObject({
      kind: 'POLYGON',
      rings: [
        [
          ['20', '10'],
          ['60', '10'],
          ['60', '50'],
          ['20', '50'],
        ],
      ],
    });
    expect(segment.notes).toContainEqual({ where: 'labels', message: expect.stringContaining('obb') });
    expect(obb.annotations[0]?.geometry).toEqual({
      kind: 'ROTATED_BOX',
      centreX: '40',
      centreY: '30',
      width: '40',
      height: '40',
      degrees: '0',
    });
  });

  it('keeps four corners that are no rectangle a polygon, with a note', () => {
    const { annotations, notes } = read('0 0.1 0.1 0.9 0.1 0.3 0.5 0.1 0.5', { task: 'obb' });
    expect(annotations[0]?.kind).toBe('POLYGON');
    expect(notes).toMatchObject([{ message: expect.stringContaining('off a rectangle') }]);
  });

  it.each([
    ['a box', '0 0.5 0.5 0.5 0.5 0.875'],
    ['a ring', '0 0.1 0.1 0.3 0.1 0.3 0.5 0.875'],
  ])('takes the number behind %s for the confidence', (_, row) => {
    expect(read(row).annotations).toMatchObject([{ confidence: '0.875' }]);
  });

  it('keeps an image with an empty label file as EMPTY, one without a file as background', () => {
    const { annotations, images } = read('\n');
    expect(images.map(({ name }) => name)).toEqual(['train/a.jpg', 'b.jpg']);
    expect(annotations).toMatchObject([
      { image: 'train/a.jpg', annotator: 'crew', kind: 'EMPTY', label: null },
    ]);
  });

  it('does not take an image all of whose rows are refused for an empty one', () => {
    const { annotations, refused } = read('0 7 7 7 7');
    expect(annotations).toEqual([]);
    expect(refused).toHaveLength(1);
  });

  it('sets an edge a millionth beyond the image back to it, with a note', () => {
    const { annotations, notes } = read('0 0.05 0.5 0.1000016 1');
    expect(annotations[0]?.geometry).toMatchObject({ x: '0' });
    expect(notes).toMatchObject([
      { where: 'set/labels/train/a.txt', message: expect.stringContaining('1 coordinates') },
    ]);
  });

  it.each([
    ['a class of no name', '5 0.5 0.5 0.1 0.1', 'class', 'UNKNOWN_CLASS'],
    ['a class that is no index', 'leaf 0.5 0.5 0.1 0.1', 'class', 'INVALID_VALUE'],
    ['pixels', '0 100 50 20 10', 'coordinates', 'INVALID_VALUE'],
    ['text', '0 a 0.5 0.1 0.1', 'coordinates', 'INVALID_VALUE'],
    ['too few numbers', '0 0.5 0.5 0.1', null, 'MALFORMED_FILE'],
    ['a box without area', '0 0.5 0.5 0 0.1', null, 'DEGENERATE_GEOMETRY'],
    ['a confidence above 1', '0 0.5 0.5 0.1 0.1 88', 'confidence', 'INVALID_VALUE'],
  ])('refuses %s and keeps the next row', (_, row, field, code) => {
    const { annotations, refused } = read(`${row}\n0 0.5 0.5 0.1 0.1\n`);
    expect(refused).toMatchObject([{ where: 'set/labels/train/a.txt:1', field, code }]);
    expect(annotations).toHaveLength(1);
  });

  it('refuses a label file of no known image, or of several', () => {
    const sizes = new Map([...SIZE, ['x/c.jpg', SIZE.get('b.jpg')!], ['y/c.jpg', SIZE.get('b.jpg')!]]);
    const files = ['labels/nowhere.txt', 'labels/c.txt'].map((path) => ({ path, text: '' }));
    expect(readYolo([DATA, ...files], { annotator: null, sizes }).refused).toMatchObject([
      { where: 'labels/nowhere.txt', code: 'UNKNOWN_IMAGE' },
      {
        where: 'labels/c.txt',
        code: 'UNKNOWN_IMAGE',
        message: expect.stringContaining('x/c.jpg or y/c.jpg'),
      },
    ]);
  });

  it('takes names from a map, a list or classes.txt', () => {
    const row = { path: 'labels/b.txt', text: '1 0.5 0.5 0.5 0.5' };
    const options = { annotator: null, sizes: SIZE };
    const map = { path: 'data.yml', text: 'names:\n  1: lesion\n' };
    const list = { path: 'labels/classes.txt', text: 'leaf\nlesion\n' };
    for (const names of [map, list]) {
      expect(readYolo([names, row], options)).toMatchObject({
        refused: [],
        annotations: [{ label: 'lesion' }],
      });
    }
  });

  it('takes the part from the folder that the data file names', () => {
    expect(read('').parts).toEqual([{ image: 'train/a.jpg', part: 'train' }]);
  });

  it('sets a list of images aside', () => {
    const data = { path: 'data.yaml', text: 'train: ./train.txt\nnames: [leaf]\n' };
    const list = { path: 'train.txt', text: './images/train/a.jpg\n' };
    const { refused, notes } = readYolo([data, list], { annotator: null, sizes: SIZE });
    expect(refused).toEqual([]);
    expect(notes).toMatchObject([{ where: 'train.txt' }]);
  });

  it('reads only the boxes of a data set of keypoints, and says so', () => {
    const data = { path: 'data.yaml', text: 'kpt_shape: [1, 3]\nnames: [leaf]\n' };
    const { annotations, notes } = read('0 0.5 0.5 0.5 0.5 0.4 0.4 2', {}, data);
    expect(annotations).toMatchObject([{ kind: 'BOX' }]);
    expect(notes).toMatchObject([{ where: 'kpt_shape' }]);
  });

  it('takes the annotator of each file where the caller names them', () => {
    const annotators = new Map([['set/labels/train/a.txt', 'p-9']]);
    expect(read('', { annotators }).annotations).toMatchObject([{ annotator: 'p-9' }]);
  });

  it('names the place where the data file is no YAML', () => {
    expect(() => read('', {}, { path: 'data.yaml', text: 'names: [' })).toThrow(/data\.yaml: it is no YAML/);
  });

  it.runIf(isShared('examples/annotations/yolo'))('reads the example', () => {
    const files = ['data.yaml', 'labels/train/img_000000.txt', 'labels/train/img_000001.txt'].map((path) => ({
      path,
      text: readFileSync(shared('examples/annotations/yolo', path), 'utf8'),
    }));
    const size = { width: 10, height: 8 };
    const sizes = new Map([
      ['img_000000.png', size],
      ['img_000001.png', size],
    ]);
    const plan = readYolo(files, { annotator: 'p-1', sizes });
    expect(plan.refused).toEqual([]);
    expect(plan.annotations).toMatchObject([
      { image: 'img_000000.png', kind: 'EMPTY' },
      { image: 'img_000001.png', geometry: { kind: 'BOX', x: '1.5', y: '2', width: '3', height: '4.25' } },
    ]);
  });
});

describe('writeYolo', () => {
  const plain = (kinds: Parameters<typeof exportSources>[0]['kinds']) =>
    exportSources({ kinds, isRich: false });
  const labels = ({ annotations }: Pick<ExportSource, 'annotations'>) =>
    sorted(
      annotations.map(({ geometry: _, occurrence: __, ...rest }) => ({
        ...rest,
        geometry: null,
        occurrence: 0,
      })),
    );
  /** An EMPTY beside shapes is lost, and a second EMPTY says nothing new. */
  const carried = (source: ExportSource) => {
    const key = ({ image, annotator }: AnnotationDraft) => `${image} ${annotator}`;
    const marked = new Set(source.annotations.filter(({ geometry }) => geometry !== null).map(key));
    const empty = new Set<string>();
    return source.annotations.filter((draft) => {
      if (draft.kind !== 'EMPTY') return true;
      const isFirst = !empty.has(key(draft));
      empty.add(key(draft));
      return isFirst && !marked.has(key(draft));
    });
  };

  it.each([
    ['detect', ['BOX', 'EMPTY']],
    ['segment', ['POLYGON', 'EMPTY']],
    ['obb', ['ROTATED_BOX', 'EMPTY']],
  ] as const)(
    'is read back, for the task %s, to the same statements of each annotator, moved by no more than it says',
    (task, kinds) => {
      fc.assert(
        fc.property(plain(kinds), (source) => {
          const plan = writeYolo(source, { task });
          const lost = new Set(plan.losses.map(({ what }) => what));
          fc.pre(!lost.has('too small') && !lost.has('overhang'));
          const { annotations, refused } = back(plan);
          expect(refused).toEqual([]);
          expect(labels({ annotations })).toEqual(labels({ annotations: carried(source) }));
          const message = plan.losses.find(({ what }) => what === 'rounding')?.message ?? 'by up to 0 pixels';
          const largest = Number(/by up to (\S+) pixels/.exec(message)?.[1]);
          expect(largest).toBeLessThan(2e-4);
          const [before, after] = [carried(source), annotations].map(numbersByImage);
          for (const [key, numbers] of before!) {
            const found = after!.get(key)!;
            for (const [index, number] of numbers.entries()) {
              expect(Math.abs(number - found[index]!)).toBeLessThanOrEqual(largest * 1.06 + 2e-6);
            }
          }
        }),
      );
    },
  );

  it('writes or counts every statement, of whatever kind, and never merges annotators', () => {
    fc.assert(
      fc.property(
        exportSources({ kinds: ANNOTATION_KINDS, isRich: true }),
        fc.constantFrom('detect', 'obb'),
        (source, task) => {
          const plan = writeYolo(source, { task });
          const { annotations, refused } = back(plan);
          expect(refused).toEqual([]);
          const unwritten = ['CLASS', 'ATTRIBUTE', 'VALUE', 'POINT', 'POLYLINE', 'SKIP', 'too small'];
          const lost = plan.losses.reduce(
            (sum, { what, count }) => sum + (unwritten.includes(what) ? count : 0),
            0,
          );
          const shapes = annotations.filter(({ kind }) => kind !== 'EMPTY').length;
          const empty = source.annotations.filter(({ kind }) => kind === 'EMPTY').length;
          expect(shapes + lost + empty).toBe(source.annotations.length);
          for (const { annotator, pass } of annotations) {
            expect(
              source.annotations.some(
                (draft) => draft.annotator === annotator && (draft.pass ?? 1) === (pass ?? 1),
              ),
            ).toBe(true);
          }
          expect(writeYolo(structuredClone(source), { task })).toEqual(plan);
        },
      ),
    );
  });

  const box: AnnotationDraft = {
    image: 'a.png',
    annotator: 'p-1',
    kind: 'BOX',
    label: 'leaf',
    attribute: null,
    value: null,
    geometry: { kind: 'BOX', x: '10', y: '15', width: '20', height: '3' },
    confidence: null,
    seconds: null,
    annotatedAt: null,
    attributes: [],
    occurrence: 0,
  };
  const source = (annotations: AnnotationDraft[]): ExportSource => ({
    title: 'leaves',
    classes: ['leaf'],
    annotators: ANNOTATORS,
    images: [...SIZES].map(([name, size]) => ({ name, ...size })),
    annotations,
  });

  it('writes one annotator straight under labels/', () => {
    const { files, losses } = writeYolo(source([box]));
    expect(files.map(({ path }) => path)).toEqual(['data.yaml', 'labels/a.txt']);
    expect(files[1]?.content).toBe('0 0.500000 0.550000 0.500000 0.100000\n');
    expect(files[0]?.content).toContain('names:\n  0: leaf\n');
    expect(losses).toEqual([]);
  });

  it('gives several annotators, and passes, folders of their own that differ on every file system', () => {
    const drafts = ['p/2: "x"', 'p_2: "x"', 'p-1'].map((annotator) => ({ ...box, annotator }));
    const { files, losses } = writeYolo(source([...drafts, { ...box, pass: 2 }]));
    expect(files.slice(1).map(({ path }) => path)).toEqual([
      'labels/p-1/a.txt',
      'labels/p-1.pass-2/a.txt',
      'labels/p_2_x_/a.txt',
      'labels/p_2_x_.2/a.txt',
    ]);
    expect(losses).toMatchObject([{ what: 'annotators', count: 4 }]);
  });

  it('writes no empty file for an annotator of whom nothing could be written', () => {
    const { files, losses } = writeYolo(source([{ ...box, kind: 'CLASS', geometry: null }]));
    expect(files).toHaveLength(1);
    expect(losses).toMatchObject([{ what: 'CLASS', count: 1 }]);
  });

  it('cuts at the edge of the image, and counts it', () => {
    const geometry: Geometry = { kind: 'BOX', x: '-5', y: '15', width: '20', height: '3' };
    const plan = writeYolo(source([{ ...box, geometry }]));
    expect(plan.losses).toMatchObject([{ what: 'overhang', count: 1 }]);
    expect(back(plan).annotations[0]?.geometry).toMatchObject({ x: '0', width: '15' });
  });

  it('refuses images that would share a label file', () => {
    const images = ['a.png', 'a.jpg'].map((name) => ({ name, width: 4, height: 4 }));
    expect(() => writeYolo({ ...source([]), images })).toThrow(/share one YOLO label file/);
  });
});

/** The coordinates of each annotator's shapes of an image, in their order. */
function numbersByImage(annotations: readonly AnnotationDraft[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const { image, annotator, geometry } of annotations) {
    const key = JSON.stringify([image, annotator]);
    numbers.set(key, [...(numbers.get(key) ?? []), ...numbersOf(geometry)]);
  }
  return numbers;
}

function numbersOf(geometry: Geometry | null): number[] {
  if (geometry?.kind === 'ROTATED_BOX') return rotatedCorners(geometry).flat();
  if (geometry?.kind === 'POLYGON') return geometry.rings.flat(2).map(Number);
  return geometry === null ? [] : Object.values(shapeBounds(geometry));
}
