import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationDraft } from '../../src/annotation/annotation-draft.ts';
import { ANNOTATION_KINDS } from '../../src/annotation/geometry.ts';
import { decodeMask, maskArea } from '../../src/annotation/run-length-encoding.ts';
import type { ExportPlan, ExportSource } from '../../src/interchange/export-plan.ts';
import { readLabelMe } from '../../src/interchange/labelme.codec.ts';
import type { GreyImage } from '../../src/interchange/labelme-shape.ts';
import type { LabelMeOptions } from '../../src/interchange/plan-labelme.ts';
import { writeLabelMe } from '../../src/interchange/write-labelme.ts';
import { isShared, shared } from '../support/shared.ts';
import { CLASSES, exportSources, SIZES, sorted } from './random-export-source.ts';

/** A still plainer format of greys than PNG: the codec asks only that bytes become pixels. */
const encodePng = ({ width, height, data }: GreyImage) => Uint8Array.of(width, height, ...data);
const decodePng = (bytes: Uint8Array) => {
  if (bytes.length !== 2 + bytes[0]! * bytes[1]!) throw new Error('the bytes end early');
  return { width: bytes[0]!, height: bytes[1]!, data: bytes.slice(2) };
};
const base64 = (image: GreyImage) => Buffer.from(encodePng(image)).toString('base64');

const shape = (shape_type: string, points: number[][], members = {}) => ({
  label: 'lesion',
  points,
  group_id: null,
  description: '',
  shape_type,
  flags: {},
  ...members,
});
const file = (shapes: unknown[], members = {}) => ({
  path: 'labels/a.json',
  text: JSON.stringify({
    version: '5.5.0',
    flags: {},
    shapes,
    imagePath: 'a.png',
    imageData: null,
    imageHeight: 8,
    imageWidth: 10,
    ...members,
  }),
});
const read = (shapes: unknown[], members = {}, options: Partial<LabelMeOptions> = {}) =>
  readLabelMe([file(shapes, members)], { annotator: 'crew', ...options });
const geometries = (...parts: Parameters<typeof read>) =>
  read(...parts).annotations.map(({ geometry }) => geometry);

describe('readLabelMe', () => {
  it.each([
    [
      [
        [1.5, 2],
        [4.5, 6.25],
      ],
    ],
    [
      [
        [4.5, 6.25],
        [1.5, 2],
      ],
    ],
    [
      [
        [4.5, 2],
        [1.5, 6.25],
      ],
    ],
  ])('reads a rectangle of the corners %j, in any order', (corners) => {
    expect(geometries([shape('rectangle', corners)])).toEqual([
      { kind: 'BOX', x: '1.5', y: '2', width: '3', height: '4.25' },
    ]);
  });

  it.each([
    [
      'circle',
      [
        [4, 4],
        [4, 6.5],
      ],
      { kind: 'ELLIPSE', centreX: '4', centreY: '4', radiusX: '2.5', radiusY: '2.5', degrees: '0' },
    ],
    [
      'circle',
      [
        [3, 4],
        [6, 8],
      ],
      { kind: 'ELLIPSE', centreX: '3', centreY: '4', radiusX: '5', radiusY: '5', degrees: '0' },
    ],
    [
      'line',
      [
        [1, 1],
        [2, 3],
      ],
      {
        kind: 'POLYLINE',
        points: [
          ['1', '1'],
          ['2', '3'],
        ],
      },
    ],
    [
      'linestrip',
      [
        [1, 1],
        [2, 3],
        [4, 4],
      ],
      {
        kind: 'POLYLINE',
        points: [
          ['1', '1'],
          ['2', '3'],
          ['4', '4'],
        ],
      },
    ],
    ['point', [[1, 1.25]], { kind: 'POINT', x: '1', y: '1.25' }],
    [
      'polygon',
      [
        [1, 1],
        [2, 3],
        [4, 4],
      ],
      {
        kind: 'POLYGON',
        rings: [
          [
            ['1', '1'],
            ['2', '3'],
            ['4', '4'],
          ],
        ],
      },
    ],
  ])('reads a %s', (type, points, geometry) => {
    expect(geometries([shape(type, points)])).toEqual([geometry]);
  });

  it('reads each of several points as one', () => {
    expect(
      geometries([
        shape('points', [
          [1, 1],
          [2, 2],
        ]),
      ]),
    ).toMatchObject([{ x: '1' }, { x: '2' }]);
  });

  it('puts a mask where its points say, both corners included', () => {
    const mask = base64({ width: 2, height: 3, data: Uint8Array.of(0, 255, 255, 255, 0, 1) });
    const [geometry] = geometries(
      [
        shape(
          'mask',
          [
            [4, 2],
            [5, 4],
          ],
          { mask },
        ),
      ],
      {},
      { decodePng },
    );
    const pixels =
      geometry?.kind === 'MASK'
        ? [...decodeMask(geometry).entries()].filter(([, on]) => on).map(([at]) => at)
        : [];
    expect(pixels).toEqual([25, 34, 35, 45]);
  });

  it('takes polygons of one label that share a group for the parts of one object', () => {
    const [one, other] = [
      [
        [1, 1],
        [2, 3],
        [4, 4],
      ],
      [
        [6, 1],
        [7, 3],
        [8, 1],
      ],
    ];
    const group_id = 3;
    const { annotations } = read([
      shape('polygon', one!, { group_id }),
      shape('polygon', other!, { group_id }),
      shape('polygon', other!, { group_id, label: 'leaf' }),
      shape('polygon', other!),
    ]);
    expect(
      annotations.map(({ label, geometry }) => [
        label,
        geometry?.kind === 'POLYGON' && geometry.rings.length,
      ]),
    ).toEqual([
      ['lesion', 2],
      ['leaf', 1],
      ['lesion', 1],
    ]);
    expect(annotations[0]?.attributes).toEqual([{ name: 'group_id', value: '3' }]);
  });

  it('takes set flags of the file for classes of the image, flags of a shape for attributes', () => {
    const { annotations, classes, notes } = read(
      [shape('point', [[1, 1]], { flags: { blurred: true, cut: false }, description: 'at the rim' })],
      { flags: { diseased: true, wilted: false } },
    );
    expect(annotations).toMatchObject([
      {
        kind: 'POINT',
        attributes: [
          { name: 'blurred', value: 'true' },
          { name: 'cut', value: 'false' },
          { name: 'description', value: 'at the rim' },
        ],
      },
      { kind: 'CLASS', label: 'diseased', geometry: null },
    ]);
    expect(classes).toEqual(['lesion', 'diseased']);
    expect(notes).toMatchObject([{ message: expect.stringContaining('1 flags that are not set') }]);
  });

  it('takes a file that says nothing for EMPTY, by its annotator', () => {
    const annotators = new Map([['labels/a.json', 'p-9']]);
    expect(read([], {}, { annotators }).annotations).toMatchObject([{ kind: 'EMPTY', annotator: 'p-9' }]);
  });

  it('names what it does not take over', () => {
    const { notes } = read([shape('point', [[1, 1]], { colour: 'red' })], {
      lineColor: [0, 1],
      imageData: 'AAAA',
    });
    expect(notes.map(({ message }) => message)).toEqual([
      'Not taken over: lineColor, shapes/colour.',
      expect.stringContaining('imageData'),
    ]);
  });

  it.each<[string, unknown, string | null, string]>([
    ['a shape that is none', 7, null, 'MALFORMED_FILE'],
    ['a shape without a label', shape('point', [[1, 1]], { label: '' }), 'label', 'INVALID_VALUE'],
    ['an unknown type', shape('star', [[1, 1]]), 'shape_type', 'INVALID_VALUE'],
    [
      'a rectangle of three points',
      shape('rectangle', [
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
      'points',
      'INVALID_VALUE',
    ],
    [
      'a rectangle without area',
      shape('rectangle', [
        [1, 1],
        [1, 2],
      ]),
      'points',
      'DEGENERATE_GEOMETRY',
    ],
    [
      'a circle without radius',
      shape('circle', [
        [1, 1],
        [1, 1],
      ]),
      'points',
      'DEGENERATE_GEOMETRY',
    ],
    ['points that are text', shape('point', [['1', 1]] as never), 'points', 'INVALID_VALUE'],
    ['a point outside of the image', shape('point', [[11, 1]]), 'points', 'OUTSIDE_IMAGE'],
    [
      'a mask of another size',
      shape(
        'mask',
        [
          [4, 2],
          [5, 4],
        ],
        { mask: base64({ width: 1, height: 1, data: Uint8Array.of(1) }) },
      ),
      'mask',
      'SIZE_MISMATCH',
    ],
    [
      'a mask out of the image',
      shape(
        'mask',
        [
          [10, 2],
          [10, 2],
        ],
        { mask: base64({ width: 1, height: 1, data: Uint8Array.of(1) }) },
      ),
      'mask',
      'OUTSIDE_IMAGE',
    ],
    [
      'a broken mask',
      shape(
        'mask',
        [
          [4, 2],
          [5, 4],
        ],
        { mask: 'CQ==' },
      ),
      'mask',
      'CORRUPT_IMAGE',
    ],
  ])('refuses %s, naming place, field and code, and keeps the next', (_, broken, field, code) => {
    const { refused, annotations } = read([broken, shape('point', [[1, 1]])], {}, { decodePng });
    expect(refused).toMatchObject([{ where: 'labels/a.json shapes[0]', field, code }]);
    expect(annotations).toHaveLength(1);
  });

  it('refuses a mask where no decoder is given', () => {
    const { refused } = read([
      shape(
        'mask',
        [
          [4, 2],
          [5, 4],
        ],
        { mask: 'AAAA' },
      ),
    ]);
    expect(refused).toMatchObject([{ field: 'mask', code: 'UNSUPPORTED_MEDIA_TYPE' }]);
  });

  it.each(['[', '[]', '{"shapes": 7}'])('refuses the file %s and reads the next', (text) => {
    const { refused, annotations } = readLabelMe([{ path: 'b.json', text }, file([])], { annotator: null });
    expect(refused).toMatchObject([{ where: 'b.json', code: 'MALFORMED_FILE' }]);
    expect(annotations).toHaveLength(1);
  });

  describe('of an image with an EXIF orientation', () => {
    const sizes = new Map([['a.png', { width: 8, height: 10 }]]);
    const turned = (orientation: number) => ({ sizes, orientations: new Map([['a.png', orientation]]) });

    /** Where each orientation shows the stored pixel (1, 2) of 8 × 10, by Pillow's ImageOps.exif_transpose. */
    it.each([
      [1, 8, 10, 1, 2],
      [2, 8, 10, 6, 2],
      [3, 8, 10, 6, 7],
      [4, 8, 10, 1, 7],
      [5, 10, 8, 2, 1],
      [6, 10, 8, 7, 1],
      [7, 10, 8, 7, 6],
      [8, 10, 8, 2, 6],
    ])('turns orientation %i back to stored pixels', (orientation, imageWidth, imageHeight, x, y) => {
      const mask = base64({ width: 1, height: 1, data: Uint8Array.of(255) });
      const shapes = [
        shape('rectangle', [
          [x, y],
          [x + 1, y + 1],
        ]),
        shape(
          'mask',
          [
            [x, y],
            [x, y],
          ],
          { mask },
        ),
      ];
      const [box, pixel] = geometries(
        shapes,
        { imageWidth, imageHeight },
        { ...turned(orientation), decodePng },
      );
      expect(box).toEqual({ kind: 'BOX', x: '1', y: '2', width: '1', height: '1' });
      expect(pixel?.kind === 'MASK' && [maskArea(pixel), decodeMask(pixel)[2 * 8 + 1]]).toEqual([1, 1]);
    });

    it('refuses shapes whose file states another size than the image has as shown', () => {
      const plan = read([shape('point', [[1, 1]])], { imageWidth: 8, imageHeight: 10 }, turned(6));
      expect(plan.annotations).toEqual([]);
      expect(plan.refused).toMatchObject([
        { field: 'imageWidth', code: 'SIZE_MISMATCH', message: expect.stringContaining('turned') },
      ]);
    });

    it('does not take a file of another size for an empty one', () => {
      const plan = read([], { imageWidth: 8, imageHeight: 10 }, turned(6));
      expect(plan.annotations).toEqual([]);
      expect(plan.notes).toHaveLength(1);
    });
  });

  it.each([
    ['../images/a.png', ['images/a.png', 'other/a.png'], 'images/a.png'],
    ['a.png', ['labels/a.png', 'a.png'], 'labels/a.png'],
    ['C:\\data\\a.png', ['deep/a.png'], 'deep/a.png'],
    ['a.png', ['deep/a.png'], 'deep/a.png'],
  ])('finds the image that %s means among %j', (imagePath, names, image) => {
    const sizes = new Map(names.map((name) => [name, { width: 10, height: 8 }]));
    expect(read([], { imagePath }, { sizes }).annotations).toMatchObject([{ image }]);
  });

  it('refuses a file that may be about two images', () => {
    const sizes = new Map(['x/a.png', 'y/a.png'].map((name) => [name, { width: 10, height: 8 }]));
    expect(read([], {}, { sizes }).refused).toMatchObject([{ field: 'imagePath', code: 'UNKNOWN_IMAGE' }]);
  });

  it.runIf(isShared('examples/annotations/labelme.json'))('reads the example', () => {
    const text = readFileSync(shared('examples/annotations/labelme.json'), 'utf8');
    const plan = readLabelMe([{ path: 'labelme.json', text }], { annotator: 'crew' });
    expect(plan.refused).toEqual([]);
    expect(plan.source.version).toBe('5.5.0');
    expect(plan.annotations.map(({ kind, annotator, label }) => [kind, annotator, label])).toEqual([
      ['BOX', 'crew', 'lesion'],
      ['POLYGON', 'p-77c2', 'lesion'],
      ['CLASS', 'crew', 'diseased'],
    ]);
  });
});

describe('writeLabelMe', () => {
  const back = ({ files }: ExportPlan, options: Partial<LabelMeOptions> = {}) =>
    readLabelMe(
      files.map(({ path, content }) => ({ path, text: String(content) })),
      { annotator: null, sizes: SIZES, decodePng, ...options },
    );

  it.each([
    ['masks in PNG', { encodePng, decodePng }],
    ['no encoder of PNG', {}],
  ])('is read back to the same statements, whatever they are, with %s', (_, options) => {
    fc.assert(
      fc.property(exportSources({ kinds: ANNOTATION_KINDS, isRich: true }), (source) => {
        const plan = writeLabelMe(source, options);
        const { annotations, refused, classes, annotators } = back(plan);
        expect(refused).toEqual([]);
        expect(sorted(annotations)).toEqual(sorted(source.annotations));
        expect(classes).toEqual(CLASSES);
        for (const annotator of annotators) expect(source.annotators).toContainEqual(annotator);
        expect(writeLabelMe(structuredClone(source), options)).toEqual(plan);
      }),
    );
  });

  it('is read back without the sizes of the images, too', () => {
    fc.assert(
      fc.property(exportSources({ kinds: ['BOX', 'POLYGON', 'EMPTY', 'CLASS'], isRich: false }), (source) => {
        const { sizes: _, ...options } = { sizes: SIZES, annotator: null };
        const files = writeLabelMe(source).files.map(({ path, content }) => ({
          path,
          text: String(content),
        }));
        expect(sorted(readLabelMe(files, options).annotations)).toEqual(sorted(source.annotations));
      }),
    );
  });

  const box: AnnotationDraft = {
    image: 'deep/b.c.png',
    annotator: 'p-1',
    kind: 'BOX',
    label: 'leaf',
    attribute: null,
    value: null,
    geometry: { kind: 'BOX', x: '10', y: '15', width: '20', height: '3' },
    confidence: null,
    seconds: null,
    annotatedAt: null,
    attributes: [{ name: 'blurred', value: 'true' }],
    occurrence: 0,
  };
  const source = (annotations: AnnotationDraft[]): ExportSource => ({
    title: 'leaves',
    classes: ['leaf'],
    annotators: [],
    images: [...SIZES].map(([name, size]) => ({ name, ...size })),
    annotations,
  });

  it('says a box with a flag in LabelMe’s own members', () => {
    const { files, losses } = writeLabelMe(source([box]));
    expect(files.map(({ path }) => path)).toEqual(['labels.txt', 'deep/b.c.json']);
    expect(JSON.parse(String(files[1]?.content))).toMatchObject({
      imagePath: '../deep/b.c.png',
      imageData: null,
      imageWidth: 40,
      imageHeight: 30,
      shapes: [
        shape(
          'rectangle',
          [
            [10, 15],
            [30, 18],
          ],
          { label: 'leaf', flags: { blurred: true }, mask: null },
        ),
      ],
    });
    expect(losses).toEqual([]);
  });

  it('counts what LabelMe does not show', () => {
    const whole = { ...box, geometry: null, attributes: [] };
    const { losses } = writeLabelMe(
      source([
        { ...whole, kind: 'SKIP', label: null },
        { ...whole, kind: 'CLASS' },
        { ...whole, kind: 'EMPTY', label: null, image: 'a.png', annotator: 'p-2' },
      ]),
    );
    expect(losses.map(({ what, count }) => [what, count])).toEqual([
      ['SKIP', 1],
      ['annotators', 2],
    ]);
  });

  it('keeps images apart whose names differ by their extension alone', () => {
    const images = ['a.png', 'a.jpg'].map((name) => ({ name, width: 40, height: 30 }));
    const drafts = images.map(({ name }) => ({ ...box, image: name }));
    const { files } = writeLabelMe({ ...source(drafts), images });
    expect(files.map(({ path }) => path)).toEqual(['labels.txt', 'a.png.json', 'a.jpg.json']);
  });
});
