import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationDraft } from '../../src/annotation/annotation-draft.ts';
import { ANNOTATION_KINDS } from '../../src/annotation/geometry.ts';
import { readCvat, writeCvat } from '../../src/interchange/cvat.codec.ts';
import type { ExportSource } from '../../src/interchange/export-plan.ts';
import { exportSources, SIZES, sorted } from './random-export-source.ts';

const text = (source: ExportSource) => String(writeCvat(source).files[0]?.content);
const box: AnnotationDraft = {
  image: 'a.png',
  annotator: 'p-1',
  kind: 'BOX',
  label: 'leaf',
  attribute: null,
  value: null,
  geometry: { kind: 'BOX', x: '1', y: '2', width: '3.5', height: '4' },
  confidence: null,
  seconds: null,
  annotatedAt: null,
  attributes: [{ name: 'stage', value: 'late' }],
  occurrence: 0,
};
const source = (annotations: AnnotationDraft[], name = 'a.png'): ExportSource => ({
  title: 'leaves & <stems>',
  classes: ['leaf'],
  annotators: [],
  images: [{ name, width: 10, height: 8 }],
  annotations,
});
const rings = [
  [
    ['1', '1'],
    ['2', '1'],
    ['2', '3'],
  ],
  [
    ['5', '1'],
    ['6', '1'],
    ['6', '3'],
  ],
] as const;

describe('writeCvat', () => {
  it('is read back to the same statements, annotators, classes and images, whatever they are', () => {
    fc.assert(
      fc.property(exportSources({ kinds: ANNOTATION_KINDS, isRich: true }), (random) => {
        const read = readCvat(text(random), { annotator: null, sizes: SIZES });
        expect(read.refused).toEqual([]);
        expect(sorted(read.annotations)).toEqual(sorted(random.annotations));
        expect(read.annotators).toEqual(random.annotators);
        expect(read.classes).toEqual(random.classes);
        expect(read.images).toEqual(random.images);
        expect(text(structuredClone(random))).toBe(text(random));
      }),
    );
  });

  it('restores any text, of labels, names and values', () => {
    const any = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 });
    const storable = any.filter((each) => !/[\0\p{Surrogate}]/u.test(each));
    fc.assert(
      fc.property(storable, storable, storable, storable, (image, label, name, value) => {
        const draft = { ...box, image, annotator: name, label, attributes: [{ name, value }], key: value };
        const drafts = [draft, { ...draft, kind: 'CLASS', geometry: null } as const];
        const read = readCvat(text({ ...source(drafts, image), classes: [name] }), { annotator: null });
        expect(read.refused).toEqual([]);
        expect(sorted(read.annotations)).toEqual(sorted(drafts));
        expect(read.classes).toEqual([...new Set([name, label])]);
      }),
    );
  });

  it('says a box in members of CVAT’s own alone', () => {
    const content = text(source([box]));
    expect(content).toContain(
      '<box xtl="1" ytl="2" xbr="4.5" ybr="6" label="leaf" occluded="0"><attribute name="annotator">p-1</attribute><attribute name="stage">late</attribute></box>',
    );
    expect(content).toMatch(/<label><name>leaf<\/name>.*<name>annotator<\/name>.*<name>stage<\/name>/);
    expect(content).not.toMatch(/<attribute name="holotype"/);
  });

  it('shows each ring of a polygon, which its reader joins', () => {
    const polygon = { ...box, kind: 'POLYGON', geometry: { kind: 'POLYGON', rings } } as const;
    const { files, losses } = writeCvat(source([polygon, polygon]));
    expect(String(files[0]?.content).match(/<polygon/g)).toHaveLength(4);
    expect(losses.map(({ what, count }) => [what, count])).toEqual([['rings', 2]]);
  });

  it('names what CVAT does not show', () => {
    const whole = { ...box, geometry: null, label: null };
    const { losses } = writeCvat(
      source([
        { ...whole, kind: 'EMPTY' },
        { ...whole, kind: 'SKIP', annotator: 'p-2' },
        { ...box, label: null },
      ]),
    );
    expect(losses.map(({ what, count }) => [what, count])).toEqual([
      ['EMPTY', 1],
      ['SKIP', 1],
      ['unlabelled shapes', 1],
      ['annotators', 2],
    ]);
  });

  it('takes over what was edited in CVAT since, and keeps what else is said', () => {
    const ellipse = { centreX: '4', centreY: '4', radiusX: '2', radiusY: '1', degrees: '0' };
    const polygon = { ...box, kind: 'POLYGON', geometry: { kind: 'POLYGON', rings }, votes: 3 } as const;
    const content = text(
      source([{ ...box, kind: 'ELLIPSE', geometry: { kind: 'ELLIPSE', ...ellipse } }, polygon]),
    );
    const edited = content.replace('cx="4"', 'cx="5"').replace('points="1,1;', 'points="1,2;');
    const { annotations, notes } = readCvat(edited, { annotator: null });
    expect(annotations.find(({ kind }) => kind === 'ELLIPSE')?.geometry).toMatchObject({ centreX: '5' });
    expect(annotations.filter(({ kind }) => kind === 'POLYGON').map(({ votes }) => votes)).toEqual([
      3,
      undefined,
    ]);
    expect(notes).toMatchObject([
      { where: 'image[1] polygon[1]', message: expect.stringContaining('edited') },
    ]);
  });

  it('keeps what was said of a shape whose digits CVAT rounded', () => {
    const exact = { ...box, geometry: { ...box.geometry, x: '1.004' }, confidence: '0.5' } as AnnotationDraft;
    const rounded = text(source([exact])).replace('xtl="1.004"', 'xtl="1.00"');
    expect(readCvat(rounded, { annotator: null }).annotations).toMatchObject([
      { geometry: { x: '1' }, confidence: '0.5' },
    ]);
  });

  it('can be damaged anywhere: its reader refuses parts, or the file whole', () => {
    const polygon = { ...box, kind: 'POLYGON', geometry: { kind: 'POLYGON', rings } } as const;
    const content = text(source([box, polygon, { ...box, kind: 'SKIP', geometry: null, label: null }]));
    const insertion = fc.constantFrom(
      '',
      '"',
      '<',
      '>',
      '&quot;',
      '/',
      '=',
      ' ',
      '-',
      '9',
      '{',
      'e9',
      '<image>',
    );
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.nat(4), insertion, (at, length, inserted) => {
        const broken = content.slice(0, at) + inserted + content.slice(at + length);
        try {
          expect(readCvat(broken, { annotator: null }).images.length).toBeLessThanOrEqual(2);
        } catch (error) {
          expect(error).toMatchObject({ code: 'MALFORMED_FILE' });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
