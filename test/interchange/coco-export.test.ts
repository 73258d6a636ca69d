import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANNOTATION_KINDS } from '../../src/annotation/geometry.ts';
import { readCoco } from '../../src/interchange/coco.codec.ts';
import type { ExportSource } from '../../src/interchange/export-plan.ts';
import { writeCoco } from '../../src/interchange/write-coco.ts';
import { ANNOTATORS, exportSources, SIZES, sorted } from './random-export-source.ts';

// biome-ignore lint/suspicious/noExplicitAny: a parsed file, to be broken at will
type Edited = any;

const text = (source: ExportSource) => String(writeCoco(source).files[0]?.content);
const box = {
  image: 'a.png',
  annotator: 'p-1',
  kind: 'BOX',
  label: 'leaf',
  attribute: null,
  value: null,
  geometry: { kind: 'BOX', x: '1', y: '2', width: '3.5', height: '4' },
  confidence: '0.25',
  seconds: null,
  annotatedAt: null,
  attributes: [{ name: 'stage', value: 'late' }],
  occurrence: 0,
} as const;
const source = (annotations: ExportSource['annotations']): ExportSource => ({
  title: 'leaves',
  classes: ['leaf'],
  annotators: [],
  images: [{ name: 'a.png', width: 10, height: 8 }],
  annotations,
});

describe('writeCoco', () => {
  it('is read back to the same statements, annotators, classes and images, whatever they are', () => {
    fc.assert(
      fc.property(exportSources({ kinds: ANNOTATION_KINDS, isRich: true }), (random) => {
        const read = readCoco(text(random), { annotator: null, sizes: SIZES });
        expect(read.refused).toEqual([]);
        expect(sorted(read.annotations)).toEqual(sorted(random.annotations));
        expect(read.annotators).toEqual(ANNOTATORS);
        expect(read.classes).toEqual(random.classes);
        expect(read.images).toEqual(random.images);
      }),
    );
  });

  it('writes the same bytes for the same source', () => {
    fc.assert(
      fc.property(exportSources({ kinds: ANNOTATION_KINDS, isRich: true }), (random) => {
        expect(text(random)).toBe(text(structuredClone(random)));
      }),
    );
  });

  it('says a box of a named annotator in COCO’s own members alone', () => {
    expect(JSON.parse(text(source([{ ...box, pass: 2 }]))).annotations).toEqual([
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        bbox: [1, 2, 3.5, 4],
        area: 14,
        segmentation: [],
        iscrowd: 0,
        score: 0.25,
        attributes: { annotator: 'p-1', stage: 'late', pass: 2 },
      },
    ]);
  });

  it.each([
    [['0'], false],
    [[undefined], true],
    [['0', undefined], false],
    [['1', undefined], true],
  ])('restores which statements of %j said iscrowd', (stated, isDefault) => {
    const drafts = stated.map((value) => ({
      ...box,
      label: 'leaf',
      attributes: value === undefined ? [] : [{ name: 'iscrowd', value }],
    }));
    const file = text(source(drafts));
    expect(sorted(readCoco(file, { annotator: null }).annotations)).toEqual(sorted(drafts));
    expect(JSON.parse(file).holotype.defaults !== undefined).toBe(isDefault);
  });

  it('counts what other readers do not see', () => {
    const drafts = [
      box,
      { ...box, kind: 'EMPTY', label: null, geometry: null, confidence: null },
      { ...box, kind: 'SKIP', label: null, geometry: null, confidence: null },
      { ...box, kind: 'SKIP', label: null, geometry: null, confidence: null, occurrence: 1 },
    ] as const;
    expect(writeCoco(source(drafts)).losses.map(({ what, count }) => [what, count])).toEqual([
      ['EMPTY', 1],
      ['SKIP', 2],
    ]);
  });

  it('says that others would merge several annotators', () => {
    const { losses } = writeCoco(source([box, { ...box, annotator: 'p-2' }]));
    expect(losses).toMatchObject([{ what: 'annotators', count: 2 }]);
  });

  it('names a statement of an image that is not exported', () => {
    expect(() => writeCoco(source([{ ...box, image: 'b.png' }]))).toThrow(/"b.png"/);
  });
});

describe('readCoco of what writeCoco puts beside COCO', () => {
  const edited = (change: (file: Edited) => void) => {
    const ellipse = {
      kind: 'ELLIPSE',
      centreX: '4',
      centreY: '4',
      radiusX: '2',
      radiusY: '1',
      degrees: '0',
    } as const;
    const file = JSON.parse(
      text(
        source([
          { ...box, kind: 'ELLIPSE', geometry: ellipse },
          { ...box, kind: 'CLASS', geometry: null },
        ]),
      ),
    );
    change(file);
    return readCoco(JSON.stringify(file), { annotator: null });
  };

  it('keeps the exact shape, and notes that another tool has moved its box', () => {
    const { annotations, notes } = edited((file: Edited) => {
      file.annotations[0].bbox = [6, 5, 2, 2];
    });
    expect(annotations[0]?.geometry).toMatchObject({ kind: 'ELLIPSE', centreX: '4' });
    expect(notes).toContainEqual({
      where: 'annotations[0] id 1',
      message: expect.stringContaining('off its bbox'),
    });
  });

  it.each([
    [
      'a kind that is none',
      (file: Edited) => (file.annotations[0].holotype.kind = 'STAR'),
      'annotations[0] id 1',
      'holotype/kind',
    ],
    [
      'a shape of another kind',
      (file: Edited) => (file.annotations[0].holotype.kind = 'POINT'),
      'annotations[0] id 1',
      'holotype/geometry',
    ],
    [
      'a number that is no text',
      (file: Edited) => (file.annotations[0].holotype.geometry.centreX = 4),
      'annotations[0] id 1',
      'holotype/geometry',
    ],
    [
      'a member that is none',
      (file: Edited) => (file.holotype.statements[0].colour = 'red'),
      'holotype/statements[0]',
      'holotype/colour',
    ],
    [
      'an unknown image',
      (file: Edited) => (file.holotype.statements[0].image_id = 9),
      'holotype/statements[0]',
      'image_id',
    ],
    [
      'an annotator of no kind',
      (file: Edited) => file.holotype.annotators.push({ name: 'x' }),
      'holotype/annotators[0]',
      'holotype/annotators[0]',
    ],
  ])('refuses %s', (_, change, where, field) => {
    expect(edited(change).refused).toMatchObject([{ where, field }]);
  });

  it('takes `attributes.pass` for the pass', () => {
    const { annotations } = edited((file: Edited) => {
      file.annotations[0].attributes.pass = 3;
    });
    expect(annotations[0]).toMatchObject({ pass: 3 });
  });
});
