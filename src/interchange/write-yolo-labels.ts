import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { AnnotationKind, Geometry, Position, Size } from '../annotation/geometry.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { DomainError, isDomainError } from '../kernel/errors.ts';
import { type AnnotatorSet, annotatorSets } from './annotator-sets.ts';
import type { ExportSource, Loss } from './export-plan.ts';
import { LossTally } from './loss-tally.ts';
import { yoloKey } from './plan-yolo.ts';
import { rotatedCorners, shapeBounds } from './shape-bounds.ts';
import { classesOf } from './statements-by-image.ts';
import { readYoloRow, type YoloTask } from './yolo-row.ts';

interface YoloLabels {
  readonly files: readonly { readonly path: string; readonly content: string }[];
  readonly losses: readonly Loss[];
  readonly task: YoloTask;
  readonly names: readonly string[];
  readonly sets: readonly AnnotatorSet[];
}

interface Rounding {
  count: number;
  largest: number;
}

/** What the label files of one tree share: the task, the classes by index, and what is lost on the way. */
export class YoloWriting {
  readonly tally: LossTally;
  private readonly rounding: Rounding = { count: 0, largest: 0 };

  constructor(
    readonly task: YoloTask,
    readonly names: readonly string[],
    tally: LossTally = new LossTally(),
  ) {
    this.tally = tally;
  }

  /** The label file of one image by one annotator: empty where it is EMPTY, null where nothing of it can be written. */
  labelFile(drafts: readonly AnnotationDraft[], size: Size): string | null {
    const { task, names, tally, rounding } = this;
    const rows = drafts.flatMap((draft) => writeStatement(draft, task, size, names, tally, rounding));
    const isEmpty = rows.length === 0 && drafts.some(({ kind }) => kind === 'EMPTY');
    for (const draft of drafts) {
      if (draft.kind === 'EMPTY' && !isEmpty)
        tally.add('EMPTY', 'Not written beside shapes of the same image.');
    }
    return rows.length === 0 && !isEmpty ? null : rows.map((row) => `${row}\n`).join('');
  }

  /** Counts, at the end, how far coordinates moved. */
  tellRounding(): void {
    const { count, largest } = this.rounding;
    const message = `Coordinates have 6 decimals: they move by up to ${Number(largest.toPrecision(2))} pixels.`;
    this.tally.add('rounding', message, count);
  }
}

/** The label files of an export, and all that a writer of the data file must know. */
export function writeYoloLabels(source: ExportSource, wanted: YoloTask | undefined): YoloLabels {
  const task = wanted ?? yoloTask(new Set(source.annotations.map(({ kind }) => kind)));
  const sizes = new Map(source.images.map(({ name, ...size }) => [name, size]));
  const paths = labelPaths(source);
  const names = classesOf(source);
  const sets = annotatorSets(source);
  const writing = new YoloWriting(task, names);
  const files = sets.flatMap(({ folder, byImage }) =>
    [...byImage].flatMap(([image, drafts]) => {
      const content = writing.labelFile(drafts, sizes.get(image)!);
      return content === null ? [] : [{ path: `labels/${folder}${paths.get(image)}.txt`, content }];
    }),
  );
  writing.tellRounding();
  if (sets.length > 1) {
    const message =
      'Ultralytics reads one tree of labels; each annotator and pass has its own, under labels/.';
    writing.tally.add('annotators', message, sets.length);
  }
  return { files, losses: writing.tally.losses, task, names, sets };
}

/** What the shapes ask for: `segment` where there is a polygon, `obb` where there are rotated boxes, else `detect`. */
export function yoloTask(kinds: ReadonlySet<AnnotationKind>): YoloTask {
  if (kinds.has('POLYGON')) return 'segment';
  return kinds.has('ROTATED_BOX') ? 'obb' : 'detect';
}

function labelPaths({ images }: ExportSource): Map<string, string> {
  const taken = new Map<string, string>();
  for (const { name } of images) {
    const other = taken.get(yoloKey(name, 'images'));
    if (other !== undefined) {
      throw new DomainError(
        'DUPLICATE_NAME',
        `"${other}" and "${name}" would share one YOLO label file; export them apart, or in another format.`,
      );
    }
    taken.set(yoloKey(name, 'images'), name);
  }
  return new Map([...taken].map(([key, name]) => [name, key]));
}

function writeStatement(
  draft: AnnotationDraft,
  task: YoloTask,
  size: Size,
  names: readonly string[],
  tally: LossTally,
  rounding: Rounding,
): string[] {
  const members = [
    'confidence',
    'seconds',
    'annotatedAt',
    'attribute',
    'value',
    'votes',
    'corrects',
  ] as const;
  if (draft.kind === 'EMPTY') {
    tally.addMembers(draft, 'YOLO', members, []);
    return [];
  }
  if (
    draft.geometry === null ||
    draft.label === null ||
    draft.kind === 'POINT' ||
    draft.kind === 'POLYLINE'
  ) {
    const what = draft.geometry === null || draft.label !== null ? draft.kind : 'unlabelled shapes';
    tally.add(what, 'Not written: YOLO has no row for it.');
    return [];
  }
  const { shapes, loss } = convert(draft.geometry, task);
  const written = shapes.map((shape) => writeShape(shape, names.indexOf(draft.label!), task, size));
  if (written.some((each) => each === null)) {
    tally.add('too small', 'Not written: with 6 decimals no area is left.');
    return [];
  }
  if (loss !== null) tally.add(draft.kind, loss);
  if (written.some((each) => each!.isCut))
    tally.add('overhang', 'Cut at the edge of the image, where YOLO ends.');
  rounding.count += written.some((each) => each!.error > 0) ? 1 : 0;
  rounding.largest = Math.max(rounding.largest, ...written.map((each) => each!.error));
  tally.addMembers(draft, 'YOLO', members, []);
  return written.map((each) => each!.row);
}

/** The shapes that the task has rows for: boxes, or rings of corners. */
function convert(geometry: Geometry, task: YoloTask): { shapes: Geometry[]; loss: string | null } {
  if (task === 'detect') {
    const isBox = geometry.kind === 'BOX';
    return {
      shapes: [isBox ? geometry : enclosingBox(geometry)],
      loss: isBox ? null : 'Written as its enclosing box.',
    };
  }
  if (task === 'obb') {
    if (geometry.kind === 'ROTATED_BOX') return { shapes: [geometry], loss: null };
    const box = enclosingBox(geometry);
    const loss =
      geometry.kind === 'BOX'
        ? 'Written as a box rotated by 0°.'
        : 'Written as its enclosing box, rotated by 0°.';
    return { shapes: [polygon([cornersOf(box)])], loss };
  }
  if (geometry.kind === 'POLYGON') {
    const shapes = geometry.rings.map((ring) => polygon([ring]));
    return { shapes, loss: shapes.length === 1 ? null : 'Written as one object for each of its rings.' };
  }
  if (geometry.kind === 'BOX')
    return { shapes: [polygon([cornersOf(geometry)])], loss: 'Written as a polygon.' };
  if (geometry.kind === 'ROTATED_BOX') {
    const corners = rotatedCorners(geometry).map(([x, y]) => [decimal(x), decimal(y)] as const);
    return { shapes: [polygon([corners])], loss: 'Written as the polygon of its corners.' };
  }
  return {
    shapes: [polygon([cornersOf(enclosingBox(geometry))])],
    loss: 'Written as the polygon of its enclosing box.',
  };
}

/** Null where the row would not be read back as a shape. */
function writeShape(shape: Geometry, classIndex: number, task: YoloTask, size: Size) {
  const { points, isCut } = cut(pointsOf(shape), size);
  const numbers =
    shape.kind === 'BOX'
      ? boxShares(points, size)
      : points.flatMap(([x, y]) => [x / size.width, y / size.height]);
  const row = [String(classIndex), ...numbers.map((number) => number.toFixed(6))].join(' ');
  try {
    const read = pointsOf(readYoloRow(row, task, size).geometry);
    const errors = points.map(([x, y], index) =>
      Math.max(Math.abs(read[index]![0] - x), Math.abs(read[index]![1] - y)),
    );
    return { row, isCut, error: Math.max(...errors) };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return null;
  }
}

function boxShares(corners: readonly (readonly [number, number])[], { width, height }: Size): number[] {
  const [[left, top], [right, bottom]] = corners as readonly [
    readonly [number, number],
    readonly [number, number],
  ];
  return [
    (left + right) / 2 / width,
    (top + bottom) / 2 / height,
    (right - left) / width,
    (bottom - top) / height,
  ];
}

function cut(points: readonly (readonly [number, number])[], { width, height }: Size) {
  const inside = points.map(
    ([x, y]) => [Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height)] as const,
  );
  const isCut = inside.some(([x, y], index) => x !== points[index]![0] || y !== points[index]![1]);
  return { points: inside, isCut };
}

/** Of a box its two outer corners, of other shapes all. */
function pointsOf(geometry: Geometry): (readonly [number, number])[] {
  if (geometry.kind === 'ROTATED_BOX') return rotatedCorners(geometry);
  if (geometry.kind === 'POLYGON')
    return geometry.rings.flat().map(([x, y]) => [Number(x), Number(y)] as const);
  const { left, top, right, bottom } = shapeBounds(geometry);
  return [
    [left, top],
    [right, bottom],
  ];
}

function enclosingBox(geometry: Geometry): Extract<Geometry, { kind: 'BOX' }> {
  if (geometry.kind === 'BOX') return geometry;
  const { left, top, right, bottom } = shapeBounds(geometry);
  return {
    kind: 'BOX',
    x: decimal(left),
    y: decimal(top),
    width: decimal(right - left),
    height: decimal(bottom - top),
  };
}

function cornersOf(box: Extract<Geometry, { kind: 'BOX' }>): Position[] {
  const { left, top, right, bottom } = shapeBounds(box);
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ].map(([x, y]) => [decimal(x!), decimal(y!)] as const);
}

function polygon(rings: readonly (readonly Position[])[]): Geometry {
  return { kind: 'POLYGON', rings };
}

const decimal = (number: number): string => canonicalDecimal(number.toFixed(6));
