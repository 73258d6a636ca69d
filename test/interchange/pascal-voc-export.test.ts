import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationDraft } from '../../src/annotation/annotation-draft.ts';
import { ANNOTATION_KINDS, type Geometry } from '../../src/annotation/geometry.ts';
import type { ExportPlan, ExportSource } from '../../src/interchange/export-plan.ts';
import { readPascalVoc } from '../../src/interchange/pascal-voc.codec.ts';
import { shapeBounds } from '../../src/interchange/shape-bounds.ts';
import { writePascalVoc } from '../../src/interchange/write-pascal-voc.ts';
import { exportSources, SIZES, sorted } from './random-export-source.ts';

const back = ({ files }: ExportPlan) =>
  readPascalVoc(
    files.map(({ path, content }) => ({ path, text: String(content) })),
    { annotator: null, sizes: SIZES },
  );
const box: AnnotationDraft = {
  image: 'a.png',
  annotator: 'p-1',
  kind: 'BOX',
  label: 'leaf',
  attribute: null,
  value: null,
  geometry: { kind: 'BOX', x: '1', y: '2', width: '4', height: '5' },
  confidence: null,
  seconds: null,
  annotatedAt: null,
  attributes: [{ name: 'difficult', value: '1' }],
  occurrence: 0,
};
const source = (annotations: AnnotationDraft[], members: Partial<ExportSource> = {}): ExportSource => ({
  title: 'leaves & <stems>',
  classes: ['leaf'],
  annotators: [],
  images: [...SIZES].map(([name, size]) => ({ name, ...size })),
  annotations,
  ...members,
});

/** The box of whole pixels that encloses a shape. */
function enclosing(geometry: Geometry): Geometry {
  const { left, top, right, bottom } = shapeBounds(geometry);
  const [x, y] = [Math.floor(left), Math.floor(top)];
  const [width, height] = [Math.ceil(right) - x, Math.ceil(bottom) - y];
  return { kind: 'BOX', x: String(x), y: String(y), width: String(width), height: String(height) };
}

describe('writePascalVoc', () => {
  it('is read back to the same boxes of each annotator, grown to whole pixels where it says so', () => {
    fc.assert(
      fc.property(exportSources({ kinds: ['BOX'], isRich: false }), (random) => {
        const plan = writePascalVoc(random);
        fc.pre(!plan.losses.some(({ what }) => what === 'one pixel across'));
        const { annotations, refused } = back(plan);
        expect(refused).toEqual([]);
        const expected = random.annotations.map((draft) => ({
          ...draft,
          geometry: enclosing(draft.geometry!),
        }));
        expect(sorted(unnumbered(annotations))).toEqual(sorted(unnumbered(expected)));
        const isWhole = random.annotations.every(({ geometry }, index) => {
          return JSON.stringify(geometry) === JSON.stringify(expected[index]?.geometry);
        });
        expect(plan.losses.some(({ what }) => what === 'rounding')).toBe(!isWhole);
      }),
    );
  });

  it('writes or counts every statement, of whatever kind, and never merges annotators', () => {
    fc.assert(
      fc.property(exportSources({ kinds: ANNOTATION_KINDS, isRich: true }), (random) => {
        const plan = writePascalVoc(random);
        const { annotations, refused } = back(plan);
        expect(refused).toEqual([]);
        const unwritten = [
          'CLASS',
          'ATTRIBUTE',
          'VALUE',
          'POINT',
          'POLYLINE',
          'SKIP',
          'EMPTY',
          'one pixel across',
        ];
        const lost = plan.losses.reduce(
          (sum, { what, count }) => sum + (unwritten.includes(what) ? count : 0),
          0,
        );
        expect(annotations.length + lost).toBe(random.annotations.length);
        for (const { image, annotator } of annotations) {
          expect(
            random.annotations.some((draft) => draft.image === image && draft.annotator === annotator),
          ).toBe(true);
        }
        expect(writePascalVoc(structuredClone(random))).toEqual(plan);
      }),
    );
  });

  it('converts edges to 1-based inclusive indices, and says the annotator and difficult', () => {
    const { files, losses } = writePascalVoc(source([box]));
    expect(losses).toEqual([]);
    expect(files).toEqual([
      {
        path: 'Annotations/a.xml',
        content: `<annotation>
  <filename>a.png</filename>
  <source><database>leaves &amp; &lt;stems&gt;</database><annotation>p-1</annotation></source>
  <size><width>40</width><height>30</height></size>
  <segmented>0</segmented>
  <object>
    <name>leaf</name>
    <difficult>1</difficult>
    <bndbox><xmin>2</xmin><ymin>3</ymin><xmax>5</xmax><ymax>7</ymax></bndbox>
  </object>
</annotation>
`,
      },
    ]);
  });

  it('names the largest move of an edge', () => {
    const geometry: Geometry = { kind: 'BOX', x: '1.75', y: '2', width: '4', height: '5' };
    expect(writePascalVoc(source([{ ...box, geometry }])).losses).toEqual([
      {
        what: 'rounding',
        count: 1,
        message: 'Edges are whole pixels: they move outwards by up to 0.75 pixels.',
      },
    ]);
  });

  it('says EMPTY by a file without objects, which is read back as one', () => {
    const empty = { ...box, kind: 'EMPTY', label: null, geometry: null, attributes: [] } as const;
    expect(back(writePascalVoc(source([empty]))).annotations).toEqual([empty]);
  });

  it('writes no file for an annotator of whom nothing can be written', () => {
    const { files, losses } = writePascalVoc(source([{ ...box, kind: 'CLASS', geometry: null }]));
    expect(files).toEqual([]);
    expect(losses).toMatchObject([{ what: 'CLASS', count: 1 }]);
  });

  it('gives several annotators folders of their own', () => {
    const { files } = writePascalVoc(source([box, { ...box, annotator: 'p/2' }]));
    expect(files.map(({ path }) => path)).toEqual(['Annotations/p-1/a.xml', 'Annotations/p_2/a.xml']);
  });

  it('counts what it cannot say of annotators, classes, names and attributes', () => {
    const drafts = [
      { ...box, confidence: '0.5', attributes: [{ name: 'stage', value: 'late' }] },
      { ...box, label: ' leaf' },
      { ...box, image: 'ç ü.jpg', annotator: 'unknown' },
    ];
    const annotators = [{ name: 'p-1', kind: 'MODEL', expertise: null }] as const;
    const { losses } = writePascalVoc(source(drafts, { annotators, classes: ['leaf', 'stem'] }));
    expect(losses.map(({ what, count }) => [what, count])).toEqual([
      ['confidence', 1],
      ['attributes', 1],
      ['text', 1],
      ['annotator names', 1],
      ['annotators', 1],
      ['classes', 1],
    ]);
  });
});

/** Boxes that were grown to the same pixels may have become equal. */
function unnumbered(annotations: readonly AnnotationDraft[]): AnnotationDraft[] {
  return annotations.map((draft) => ({ ...draft, occurrence: 0 }));
}
