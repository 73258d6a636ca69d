import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnnotationDraft, numberOccurrences } from '../../src/annotation/annotation-draft.ts';
import { ANNOTATION_KINDS } from '../../src/annotation/geometry.ts';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { writeBrush } from '../../src/interchange/brush-run-length.ts';
import type { ExportSource } from '../../src/interchange/export-plan.ts';
import { readLabelStudio, writeLabelStudio } from '../../src/interchange/label-studio.codec.ts';
import type { LabelStudioOptions } from '../../src/interchange/plan-label-studio-task.ts';
import { isShared, shared } from '../support/shared.ts';
import { exportSources, SIZES, sorted } from './random-export-source.ts';

// biome-ignore lint/suspicious/noExplicitAny: a parsed file, to be broken at will
type Edited = any;

const frame = { original_width: 10, original_height: 8, image_rotation: 0, to_name: 'image' };
const region = (type: string, value: object, members = {}) => ({
  id: 'a',
  type,
  from_name: 'what',
  value,
  ...frame,
  ...members,
});
const box = region('rectanglelabels', {
  x: 15,
  y: 25,
  width: 30,
  height: 53.125,
  rotation: 0,
  rectanglelabels: ['lesion'],
});
const task = (result: unknown[], members = {}, others = {}) => ({
  id: 7,
  data: { text: 'a leaf', image: '/data/upload/1/a%20b.png' },
  annotations: [{ id: 1, completed_by: 3, result, ...members }],
  ...others,
});
const read = (tasks: unknown, options: Partial<LabelStudioOptions> = {}) =>
  readLabelStudio(JSON.stringify(tasks), { annotator: null, ...options });
const readResults = (...results: unknown[]) => read([task(results)]);

describe('readLabelStudio', () => {
  it.each([
    ['rectanglelabels', box.value, { kind: 'BOX', x: '1.5', y: '2', width: '3', height: '4.25' }],
    [
      'rectangle',
      { x: 50, y: 25, width: 40, height: 25, rotation: 90 },
      { kind: 'ROTATED_BOX', centreX: '4', centreY: '4', width: '4', height: '2', degrees: '90' },
    ],
    [
      'polygonlabels',
      {
        points: [
          [10, 12.5],
          [20, 12.5],
          [20, 33.3],
        ],
        polygonlabels: ['lesion'],
      },
      {
        kind: 'POLYGON',
        rings: [
          [
            ['1', '1'],
            ['2', '1'],
            ['2', '2.664'],
          ],
        ],
      },
    ],
    [
      'ellipselabels',
      { x: 50, y: 50, radiusX: 20, radiusY: 12.5, rotation: 30, ellipselabels: ['lesion'] },
      { kind: 'ELLIPSE', centreX: '5', centreY: '4', radiusX: '2', radiusY: '1', degrees: '30' },
    ],
    [
      'keypointlabels',
      { x: 33.3, y: 50, width: 0.4, keypointlabels: ['tip'] },
      { kind: 'POINT', x: '3.33', y: '4' },
    ],
    [
      'brushlabels',
      {
        format: 'rle',
        rle: writeBrush(encodeMask(new Uint8Array(80).fill(1, 3, 9), 10, 8)),
        brushlabels: ['x'],
      },
      { kind: 'MASK', ...encodeMask(new Uint8Array(80).fill(1, 3, 9), 10, 8) },
    ],
  ])('reads %s in percent to exact pixels', (type, value, geometry) => {
    const plan = readResults(region(type, value));
    expect(plan.refused).toEqual([]);
    expect(plan.annotations).toMatchObject([
      { kind: geometry.kind, geometry, image: 'a b.png', annotator: '3' },
    ]);
    expect(plan.images).toEqual([{ name: 'a b.png', width: 10, height: 8 }]);
  });

  it('takes choices for CLASS, ratings and numbers for VALUE, texts for ATTRIBUTE', () => {
    const whole = [
      { id: 'b', type: 'choices', from_name: 'state', value: { choices: ['dry', 'ill'] } },
      { id: 'c', type: 'rating', from_name: 'quality', value: { rating: 4 } },
      { id: 'd', type: 'number', from_name: 'count', value: { number: 2.5 } },
      { id: 'e', type: 'textarea', from_name: 'remark', value: { text: ['cut'] } },
    ];
    expect(
      readResults(...whole).annotations.map(({ kind, label, attribute, value }) => [
        kind,
        label ?? attribute,
        value,
      ]),
    ).toEqual([
      ['CLASS', 'dry', null],
      ['CLASS', 'ill', null],
      ['VALUE', 'quality', '4'],
      ['VALUE', 'count', '2.5'],
      ['ATTRIBUTE', 'remark', 'cut'],
    ]);
  });

  it('keeps which control a choice was made by, where there are several', () => {
    const choice = (from_name: string) => ({
      id: from_name,
      type: 'choices',
      from_name,
      value: { choices: ['a'] },
    });
    const { annotations } = readResults(choice('state'), choice('site'));
    expect(annotations.map(({ attributes }) => attributes)).toEqual([
      [{ name: 'control', value: 'state' }],
      [{ name: 'control', value: 'site' }],
    ]);
  });

  it('takes what shares the id of a region for its labels and attributes', () => {
    const { annotations, notes } = readResults(
      region('rectangle', { ...box.value, rectanglelabels: undefined }),
      region('labels', { labels: ['lesion', 'old'] }),
      region('choices', { choices: ['dry', 'dark'] }, { from_name: 'state' }),
      region('rating', { rating: 3 }, { from_name: 'sureness' }),
    );
    expect(annotations).toMatchObject([
      {
        kind: 'BOX',
        label: 'lesion',
        attributes: [
          { name: 'label 2', value: 'old' },
          { name: 'state', value: 'dry\ndark' },
          { name: 'sureness', value: '3' },
        ],
      },
    ]);
    expect(notes).toMatchObject([{ message: expect.stringContaining('2 labels') }]);
  });

  it('tells skips from images in which nothing is to mark', () => {
    expect(read([task([], { was_cancelled: true })]).annotations).toMatchObject([{ kind: 'SKIP' }]);
    expect(read([task([])]).annotations).toMatchObject([{ kind: 'EMPTY' }]);
    expect(read([task([box], { was_cancelled: true })]).notes).toMatchObject([
      { message: expect.stringContaining('skipped') },
    ]);
  });

  it.each<[unknown, string]>([
    [3, '3'],
    [{ id: 3, email: 'b@example.org', first_name: 'B' }, 'b@example.org'],
    [{ id: 3, email: '', first_name: 'Given', last_name: 'Family' }, 'Given Family'],
    [{ id: 3 }, '3'],
    [undefined, 'crew'],
  ])('names who completed by %j', (completed_by, annotator) => {
    const { annotations } = read([task([box], { completed_by })], { annotator: 'crew' });
    expect(annotations).toMatchObject([{ annotator }]);
  });

  it('puts the time spent on the first statement, and the later date on all', () => {
    const { annotations, notes } = read([
      task([box, { ...box, id: 'b' }], {
        lead_time: 4.288,
        created_at: '2026-02-01T10:00:00Z',
        updated_at: '2026-02-01T12:30:00.5+01:00',
      }),
    ]);
    expect(annotations.map(({ seconds, annotatedAt }) => [seconds, annotatedAt])).toEqual([
      ['4.288', '2026-02-01T11:30:00.5Z'],
      [null, '2026-02-01T11:30:00.5Z'],
    ]);
    expect(notes).toMatchObject([{ message: expect.stringContaining('4.288 seconds') }]);
  });

  it('keeps what a model predicted and what a person made of it', () => {
    const predictions = [
      { id: 5, model_version: 'net 1', score: 0.5, result: [box, { ...box, id: 'b', score: 0.25 }] },
    ];
    const moved = { ...box, value: { ...box.value, x: 20 }, origin: 'prediction-changed' };
    const { annotations, annotators } = read([task([moved], { parent_prediction: 5 }, { predictions })]);
    const [first, second, person] = annotations;
    expect(annotators).toEqual([{ name: 'net 1', kind: 'MODEL', expertise: null }]);
    expect([first?.annotator, first?.confidence, second?.confidence]).toEqual(['net 1', '0.5', '0.25']);
    expect(first?.key).not.toBe(second?.key);
    expect(person).toMatchObject({ annotator: '3', corrects: first?.key, geometry: { x: '2' } });
    expect(person?.confidence).toBeNull();
  });

  it('takes the second annotation of the same person for a second pass', () => {
    const annotations = [1, 2].map((id) => ({ id, completed_by: 3, result: [box] }));
    expect(read([task([], {}, { annotations })]).annotations.map(({ pass }) => pass ?? 1)).toEqual([1, 2]);
  });

  it('keeps ground truth, reads `completions`, and names drafts', () => {
    const completions = [{ id: 1, completed_by: 3, result: [box], ground_truth: true }];
    const plan = read([task([], {}, { annotations: undefined, completions, drafts: [{}] })]);
    expect(plan.annotations).toMatchObject([{ attributes: [{ name: 'ground_truth', value: 'true' }] }]);
    expect(plan.notes).toMatchObject([{ message: expect.stringContaining('1 drafts') }]);
  });

  it.each<[object, string | undefined, string]>([
    [{ image: 'https://host/p/a%C3%A7.png?x=1' }, undefined, 'aç.png'],
    [{ image: '/data/local-files/?d=deep/a.png' }, undefined, 'deep/a.png'],
    [{ image: '/data/upload/1/0a1b2c3d-a.png' }, undefined, 'a.png'],
    [{ name: 'x', scan: 's3://bucket/a.png' }, undefined, 'a.png'],
    [{ image: 'b.png', other: 'a.png' }, 'other', 'a.png'],
    [{ image: '100%.png' }, undefined, '100%.png'],
  ])('finds the image in %j', (data, imageField, name) => {
    const names = name.includes('/') ? [name] : [name, 'deep/a.png'];
    const sizes = new Map(names.map((each) => [each, { width: 10, height: 8 }]));
    expect(read([task([box], {}, { data })], { sizes, imageField }).annotations).toMatchObject([
      { image: name },
    ]);
  });

  it.each<[string, object, string | null, string]>([
    ['a type that is not known', region('magicwand', {}), 'type', 'INVALID_VALUE'],
    ['a relation', { type: 'relation', from_id: 'a', to_id: 'b' }, 'type', 'INVALID_VALUE'],
    ['an image that was turned', { ...box, image_rotation: 90 }, 'image_rotation', 'INVALID_VALUE'],
    ['another size', { ...box, original_width: 8 }, 'original_width', 'SIZE_MISMATCH'],
    [
      'a box without area',
      region('rectangle', { x: 1, y: 1, width: 0, height: 5 }),
      'value',
      'DEGENERATE_GEOMETRY',
    ],
    [
      'a box beyond the image',
      region('rectangle', { x: 101, y: 1, width: 5, height: 5 }),
      'value',
      'OUTSIDE_IMAGE',
    ],
    ['no x', region('rectangle', { y: 1, width: 5, height: 5 }), 'x', 'INVALID_VALUE'],
    ['a brush that ends early', region('brush', { format: 'rle', rle: [0, 0, 1] }), 'rle', 'MALFORMED_FILE'],
    [
      'labels that are none',
      region('rectangle', { ...box.value, rectanglelabels: [7] }),
      'rectanglelabels',
      'INVALID_VALUE',
    ],
  ])('refuses %s, naming place, field and code, and keeps the next', (_, broken, field, code) => {
    const sizes = new Map([['a b.png', { width: 10, height: 8 }]]);
    const { refused, annotations } = read([task([broken, { ...box, id: 'z' }])], { sizes });
    expect(refused).toMatchObject([
      { where: expect.stringMatching(/^task\[0\] id 7 annotations\[0\] result\[0\]/), code },
    ]);
    expect(refused[0]?.field).toContain(field);
    expect(annotations).toHaveLength(1);
  });

  it('refuses a huge stated size before anything of that size is made', () => {
    const result = region(
      'brush',
      { format: 'rle', rle: [0] },
      { original_width: 1e5, original_height: 1e5 },
    );
    expect(readResults(result).refused).toMatchObject([{ code: 'INVALID_VALUE' }]);
  });

  it.each([
    ['JSON_MIN', JSON.stringify([{ id: 1, image: 'a.png', label: 'x', annotator: 1, lead_time: 2 }])],
    ['CSV', 'image,id,label\na.png,1,x\n'],
  ])('refuses an export as %s whole', (_, text) => {
    expect(() => readLabelStudio(text, { annotator: null })).toThrow(/export the project as JSON/);
  });

  it('answers any damage to a file with refusals, or refuses it whole', () => {
    const prediction = {
      id: 5,
      model_version: 'net',
      score: 0.5,
      result: [box, region('labels', { labels: ['x'] })],
    };
    const file = JSON.stringify([
      task([box, region('choices', { choices: ['a'] })], {}, { predictions: [prediction] }),
    ]);
    const places: string[] = [];
    JSON.parse(file, (key, value) => {
      places.push(key);
      return value;
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: places.length - 1 }),
        fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant({ toString: 1, valueOf: 1 })),
        (at, damage) => {
          let index = 0;
          const broken = JSON.parse(file, (_, value) => (index++ === at ? damage : value));
          try {
            expect(read(broken).images.length).toBeLessThanOrEqual(1);
          } catch (error) {
            expect(error).toMatchObject({ code: 'MALFORMED_FILE' });
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.runIf(isShared('examples/annotations/label_studio.json'))('reads the example', () => {
    const text = readFileSync(shared('examples/annotations/label_studio.json'), 'utf8');
    const plan = readLabelStudio(text, { annotator: null });
    expect(plan.refused).toEqual([]);
    expect(
      plan.annotations.map(({ kind, annotator, label, seconds }) => [kind, annotator, label, seconds]),
    ).toEqual([
      ['EMPTY', 'model 1', null, null],
      ['BOX', '10', 'lesion', '4.288'],
      ['CLASS', '10', 'diseased', null],
      ['SKIP', 'b@example.org', null, '1'],
    ]);
    expect(plan.annotations[1]?.geometry).toEqual({
      kind: 'BOX',
      x: '1.5',
      y: '2',
      width: '3',
      height: '4.25',
    });
  });
});

/** With keys, by which some statements correct the one before of the same image. */
const linkedSources = exportSources({ kinds: ANNOTATION_KINDS, isRich: true }).map((source): ExportSource => {
  const drafts = source.annotations.map((draft, index) => ({ ...draft, key: `k${index}` }));
  return {
    ...source,
    annotations: numberOccurrences(
      drafts.map((draft, index) => {
        const before = drafts
          .slice(0, index)
          .reverse()
          .find(({ image }) => image === draft.image);
        return before === undefined || index % 2 === 0 ? draft : { ...draft, corrects: before.key };
      }),
    ),
  };
});

describe('writeLabelStudio', () => {
  const text = (source: ExportSource) => String(writeLabelStudio(source).files[0]?.content);

  it.each([
    ['plain', exportSources({ kinds: ANNOTATION_KINDS, isRich: true })],
    ['linked by corrections', linkedSources],
  ])('is read back to the same statements, annotators, classes and images: %s', (_, sources) => {
    fc.assert(
      fc.property(sources, (source) => {
        const plan = readLabelStudio(text(source), { annotator: null, sizes: SIZES });
        expect(plan.refused).toEqual([]);
        expect(plan.notes).toEqual([]);
        expect(sorted(plan.annotations)).toEqual(sorted(source.annotations));
        expect(plan.annotators).toEqual(source.annotators);
        expect(plan.classes).toEqual(source.classes);
        expect(plan.images).toEqual(source.images);
        expect(writeLabelStudio(structuredClone(source))).toEqual(writeLabelStudio(source));
      }),
    );
  });

  const base: AnnotationDraft = {
    image: 'a.png',
    annotator: 'p-1',
    kind: 'BOX',
    label: 'leaf',
    attribute: null,
    value: null,
    geometry: { kind: 'BOX', x: '1', y: '2', width: '3.5', height: '4' },
    confidence: null,
    seconds: '2.5',
    annotatedAt: '2026-03-01T10:00:00Z',
    attributes: [],
    occurrence: 0,
  };
  const source = (annotations: AnnotationDraft[]): ExportSource => ({
    title: 'leaves',
    classes: ['leaf'],
    annotators: [
      { name: 'p-1', kind: 'HUMAN', expertise: null },
      { name: 'net', kind: 'MODEL', expertise: null },
    ],
    images: [{ name: 'a.png', width: 10, height: 8 }],
    annotations,
  });

  it('says boxes of people and models in members of Label Studio’s own', () => {
    const model = { ...base, annotator: 'net', key: 'm', confidence: '0.75', seconds: null };
    const [written] = JSON.parse(text(source([{ ...base, corrects: 'm' }, model])));
    expect(written).toMatchObject({
      id: 1,
      data: { image: 'a.png' },
      annotations: [
        {
          id: 1,
          completed_by: 1,
          was_cancelled: false,
          lead_time: 2.5,
          parent_prediction: 1,
          result: [
            {
              type: 'rectanglelabels',
              original_width: 10,
              origin: 'prediction-changed',
              value: { x: 10, y: 25, width: 35, height: 50, rectanglelabels: ['leaf'] },
            },
          ],
        },
      ],
      predictions: [{ id: 1, model_version: 'net', result: [{ score: 0.75 }] }],
    });
    expect(written.annotations[0].result[0].id).toBe(written.predictions[0].result[0].id);
  });

  it('keeps every statement apart, one given twice and corrections of corrections too', () => {
    const drafts = [
      { ...base, annotator: 'net', key: 'm' },
      { ...base, key: 'p', corrects: 'm' },
      { ...base, key: 'q', corrects: 'm', occurrence: 1 },
      { ...base, annotator: 'net', key: 'n', corrects: 'p', occurrence: 1 },
    ];
    const read = readLabelStudio(text(source(drafts)), { annotator: null });
    expect(sorted(read.annotations)).toEqual(sorted(numberOccurrences(drafts)));
    expect(readLabelStudio(text(source([base, base])), { annotator: null }).annotations).toHaveLength(2);
  });

  it('writes a labelling interface that shows its results', () => {
    const { files } = writeLabelStudio(source([base, { ...base, kind: 'CLASS', geometry: null }]));
    expect(files[1]?.path).toBe('labels.xml');
    expect(files[1]?.content).toContain('<RectangleLabels name="rectanglelabels" toName="image">');
    expect(files[1]?.content).toContain('<Choice value="leaf"/>');
  });

  it('names what Label Studio does not show', () => {
    const line = {
      kind: 'POLYLINE',
      points: [
        ['1', '1'],
        ['2', '2'],
      ],
    } as const;
    const { losses } = writeLabelStudio(source([{ ...base, kind: 'POLYLINE', geometry: line, votes: 2 }]));
    expect(losses.map(({ what, count }) => [what, count])).toEqual([
      ['POLYLINE', 1],
      ['votes', 1],
    ]);
  });

  it('takes over what was edited in Label Studio since, by the same person', () => {
    const model = { ...base, annotator: 'net', key: 'm' };
    const file: Edited = JSON.parse(text(source([{ ...base, corrects: 'm', pass: 2 }, model])));
    file[0].annotations[0].result[0].value.x = 20;
    const { annotations, notes } = read(file);
    expect(annotations[1]).toMatchObject({ annotator: 'p-1', pass: 2, corrects: 'm', geometry: { x: '2' } });
    expect(notes).toMatchObject([{ message: expect.stringContaining('edited') }]);
  });
});
