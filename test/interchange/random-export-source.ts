import fc from 'fast-check';
import { type AnnotationDraft, numberOccurrences } from '../../src/annotation/annotation-draft.ts';
import { type AnnotationKind, checkGeometry, type Geometry } from '../../src/annotation/geometry.ts';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import type { ExportSource } from '../../src/interchange/export-plan.ts';
import { addDecimals, canonicalDecimal } from '../../src/kernel/decimal.ts';

type Annotator = ExportSource['annotators'][number];
type Statement = Omit<AnnotationDraft, 'image' | 'annotator' | 'occurrence'>;

export interface Kinds {
  readonly kinds: readonly AnnotationKind[];
  /** Whether statements carry confidence, seconds, attributes, passes, votes, and number with many digits. */
  readonly isRich: boolean;
}

const WIDTH = 40;
const HEIGHT = 30;
export const CLASSES = ['leaf', 'lesion', 'Ödem & <x>'];
export const SIZES = new Map(
  ['a.png', 'deep/b.c.png', 'ç ü.jpg'].map((name) => [name, { width: WIDTH, height: HEIGHT }]),
);
export const ANNOTATORS: readonly Annotator[] = [
  { name: 'p-1', kind: 'HUMAN', expertise: 'expert' },
  { name: 'p/2: "x"', kind: 'HUMAN', expertise: null },
  { name: 'p_2: "x"', kind: 'MODEL', expertise: null },
];

/** Sources of several annotators whose statements are of these kinds; every shape is one that could be stored. */
export function exportSources({ kinds, isRich }: Kinds): fc.Arbitrary<ExportSource> {
  const statement = fc.constantFrom(...kinds).chain((kind) => statementOf(kind, isRich));
  const draft = fc.tuple(fc.constantFrom(...SIZES.keys()), fc.constantFrom(...ANNOTATORS), statement);
  return fc.array(draft, { maxLength: 12 }).map((rows) => ({
    title: 'A title: with "marks" & <signs>',
    classes: CLASSES,
    annotators: ANNOTATORS,
    images: [...SIZES].map(([name, size]) => ({ name, ...size })),
    annotations: numberOccurrences(
      rows.map(([image, annotator, said]) => ({ image, annotator: annotator.name, ...said, occurrence: 0 })),
    ),
  }));
}

/** The statements of a plan or source in one order, so that two can be compared. */
export function sorted(annotations: readonly AnnotationDraft[]): unknown[] {
  const texts = annotations.map(({ attributes, pass, ...rest }) =>
    JSON.stringify({
      ...(Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))) as object),
      attributes: attributes.map(({ name, value }) => [name, value]).sort(),
      pass: pass ?? 1,
    }),
  );
  return texts.sort().map((text) => JSON.parse(text));
}

function statementOf(kind: AnnotationKind, isRich: boolean): fc.Arbitrary<Statement> {
  const text = fc.constantFrom('severity', 'pass', 'annotator', 'iscrowd', ' padded ', 'π');
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => (isRich ? fc.option(arbitrary) : fc.constant(null));
  const hasLabel = kind !== 'EMPTY' && kind !== 'SKIP';
  const value = kind === 'ATTRIBUTE' || kind === 'VALUE' ? text : optional(text);
  return fc
    .record({
      label: hasLabel ? fc.constantFrom(...CLASSES) : fc.constant(null),
      attribute: optional(text),
      value,
      geometry: geometryOf(kind, isRich),
      confidence: optional(fc.constantFrom('0', '0.25', '1', '0.12345678901234567891')),
      seconds: optional(fc.constantFrom('0.5', '12')),
      annotatedAt: optional(fc.constantFrom('2026-03-01T10:00:00Z', '2026-03-01T10:00:00.25Z')),
      attributes: isRich
        ? fc.uniqueArray(
            fc.record({ name: text, value: fc.constantFrom('0', '1', 'true', '', ' padded ', '2') }),
            {
              maxLength: 3,
              selector: ({ name }) => name,
            },
          )
        : fc.constant([]),
      pass: isRich ? fc.constantFrom(1, 2, 3) : fc.constant(1),
      votes: isRich ? fc.constantFrom(1, 1, 5) : fc.constant(1),
    })
    .filter(({ geometry }) => geometry === null || isStorable(geometry))
    .map(({ pass, votes, ...rest }) => ({
      kind,
      ...rest,
      ...(pass === 1 ? {} : { pass }),
      ...(votes === 1 ? {} : { votes }),
    }));
}

function isStorable(geometry: Geometry): boolean {
  const { reasons } = checkGeometry(geometry, { width: WIDTH, height: HEIGHT });
  return reasons.length === 0;
}

function geometryOf(kind: AnnotationKind, isRich: boolean): fc.Arbitrary<Geometry | null> {
  const tail = isRich ? fc.constantFrom('', '', '00000000000000001') : fc.constant('');
  const decimal = (maximum: number) =>
    fc
      .tuple(fc.integer({ min: 0, max: maximum * 1000 }), tail)
      .map(([thousandths, digits]) => canonicalDecimal((thousandths / 1000).toFixed(3) + digits));
  const length = (maximum: number) => decimal(maximum).map((each) => addDecimals(each, '0.5'));
  const [x, y] = [decimal(WIDTH / 2), decimal(HEIGHT / 2)];
  const [width, height] = [length(WIDTH / 2 - 1), length(HEIGHT / 2 - 1)];
  const position = fc.tuple(decimal(WIDTH), decimal(HEIGHT));
  const degrees = decimal(89);
  switch (kind) {
    case 'POINT':
      return fc.record({ kind: fc.constant(kind), x, y });
    case 'BOX':
      return fc.record({ kind: fc.constant(kind), x, y, width, height });
    case 'ROTATED_BOX':
      return fc.record({ kind: fc.constant(kind), centreX: x, centreY: y, width, height, degrees });
    case 'ELLIPSE':
      return fc.record({
        kind: fc.constant(kind),
        centreX: x,
        centreY: y,
        radiusX: width,
        radiusY: height,
        degrees,
      });
    case 'POLYLINE':
      return fc.record({
        kind: fc.constant(kind),
        points: fc.array(position, { minLength: 2, maxLength: 5 }),
      });
    case 'POLYGON': {
      const ring = fc.array(position, { minLength: 3, maxLength: 6 });
      return fc.record({
        kind: fc.constant(kind),
        rings: fc.array(ring, { minLength: 1, maxLength: isRich ? 3 : 1 }),
      });
    }
    case 'MASK':
      return fc
        .uint8Array({ minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT, max: 1 })
        .map((mask) => ({ kind, ...encodeMask(mask, WIDTH, HEIGHT) }));
    default:
      return fc.constant(null);
  }
}
