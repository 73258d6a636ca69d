import { checkGeometry, type Geometry, type Position, type Size } from '../annotation/geometry.ts';
import { addDecimals, canonicalDecimal, type Decimal, negateDecimal } from '../kernel/decimal.ts';
import { fieldFault, readingField } from './field-fault.ts';
import { multiplyDecimals } from './multiply-decimals.ts';
import { readQuantity } from './read-quantity.ts';
import { rotatedCorners } from './shape-bounds.ts';

/** What a row of corners is: of a polygon, or of a rotated box. Rows of four numbers are boxes in either. */
export type YoloTask = 'detect' | 'segment' | 'obb';

export interface YoloRow {
  readonly classIndex: number;
  readonly geometry: Geometry;
  readonly confidence: Decimal | null;
  readonly notes: readonly string[];
  /** How many coordinates were set back to the edge of the image. */
  readonly clamped: number;
}

/** Beyond the edge by so much of the image's side, a coordinate is its writer's rounding. */
const NOISE = 1e-6;
/** Four corners whose rectangle passes within a pixel of each are a rotated box, drawn on whole pixels. */
const SQUARE_WITHIN = 1;
const SQUARE_SILENTLY = 0.01;

/**
 * One row `class x-centre y-centre width height`, or `class x1 y1 x2 y2 …` (Ultralytics), with the confidence behind
 * where a model wrote it; coordinates are shares of the image's sides. Throws the fault of a row that cannot be kept.
 */
export function readYoloRow(row: string, task: YoloTask, size: Size, hasKeypoints = false): YoloRow {
  const [first, ...written] = row.trim().split(/\s+/);
  if (!/^[0-9]{1,6}$/.test(first!)) {
    fieldFault('INVALID_VALUE', 'class', `"${first!.slice(0, 40)}" is no class index, 0, 1, ….`);
  }
  const isBox = hasKeypoints || written.length <= 5;
  const shape = hasKeypoints ? written.slice(0, 4) : written;
  const hasConfidence = isBox ? shape.length === 5 : shape.length % 2 === 1;
  const numbers = hasConfidence ? shape.slice(0, -1) : shape;
  if (numbers.length < 4) {
    fieldFault(
      'MALFORMED_FILE',
      null,
      `A row has 4 numbers of a box or 6 and more of corners, not ${numbers.length}.`,
    );
  }
  const tally = { clamped: 0 };
  const shares = numbers.map((text) => readShare(text, tally));
  const found = isBox
    ? { geometry: readBox(shares as [Decimal, Decimal, Decimal, Decimal], size, tally), notes: [] }
    : readCorners(shares, task, size);
  const { reasons, notes } = checkGeometry(found.geometry, size);
  if (reasons[0] !== undefined) fieldFault(reasons[0].code, null, reasons[0].message);
  const confidence = hasConfidence ? readingField('confidence', () => readQuantity(shape.at(-1)!, 1)) : null;
  return {
    classIndex: Number(first),
    geometry: found.geometry,
    confidence,
    notes: [...found.notes, ...notes],
    clamped: tally.clamped,
  };
}

function readShare(text: string, tally: { clamped: number }): Decimal {
  const share = clamp(
    readingField('coordinates', () => canonicalDecimal(text)),
    tally,
  );
  if (Number(share) < 0 || Number(share) > 1) {
    fieldFault(
      'INVALID_VALUE',
      'coordinates',
      `${share} is no share of the image, between 0 and 1; are these pixels?`,
    );
  }
  return share;
}

function clamp(share: Decimal, tally: { clamped: number }): Decimal {
  const number = Number(share);
  const isBelow = number < 0 && number >= -NOISE;
  const isAbove = number > 1 && number <= 1 + NOISE;
  if (!isBelow && !isAbove) return share;
  tally.clamped++;
  return isBelow ? '0' : '1';
}

function readBox(
  [x, y, width, height]: readonly [Decimal, Decimal, Decimal, Decimal],
  size: Size,
  tally: { clamped: number },
): Geometry {
  const edges = (centre: Decimal, length: Decimal, side: number) => {
    const half = multiplyDecimals(length, '0.5');
    const [start, end] = [addDecimals(centre, negateDecimal(half)), addDecimals(centre, half)].map((edge) =>
      multiplyDecimals(clamp(edge, tally), String(side)),
    ) as [Decimal, Decimal];
    return { start, length: addDecimals(end, negateDecimal(start)) };
  };
  const [across, down] = [edges(x, width, size.width), edges(y, height, size.height)];
  return { kind: 'BOX', x: across.start, y: down.start, width: across.length, height: down.length };
}

function readCorners(shares: readonly Decimal[], task: YoloTask, { width, height }: Size) {
  const ring: Position[] = [];
  for (let index = 0; index < shares.length; index += 2) {
    ring.push([
      multiplyDecimals(shares[index]!, String(width)),
      multiplyDecimals(shares[index + 1]!, String(height)),
    ]);
  }
  const polygon: Geometry = { kind: 'POLYGON', rings: [ring] };
  if (task !== 'obb' || ring.length !== 4) return { geometry: polygon, notes: [] };
  const { box, error } = rotatedBox(ring);
  const off = `The corners lie up to ${error.toFixed(2)} pixels off a rectangle`;
  if (error > SQUARE_WITHIN) return { geometry: polygon, notes: [`${off}: kept as a polygon.`] };
  return { geometry: box, notes: error > SQUARE_SILENTLY ? [`${off}, which is kept.`] : [] };
}

/** The turn of a box, told by its longer sides: rounding moves the direction of a short one further. */
function degreesOf(sides: Record<'across' | 'down', readonly (readonly [number, number])[]>): number {
  const sum = (side: readonly (readonly [number, number])[]) =>
    side.reduce(([x, y], [dx, dy]) => [x + dx, y + dy] as const, [0, 0] as const);
  const [across, down] = [sum(sides.across), sum(sides.down)];
  const direction = ([x, y]: readonly [number, number]) => (Math.atan2(y, x) * 180) / Math.PI;
  if (Math.hypot(...across) >= Math.hypot(...down)) return direction(across);
  const turned = direction(down) - 90;
  return turned <= -180 ? turned + 360 : turned;
}

function rotatedBox(ring: readonly Position[]): { box: Geometry; error: number } {
  const points = ring.map(([x, y]) => [Number(x), Number(y)] as const);
  const along = (from: number, to: number) =>
    [points[to]![0] - points[from]![0], points[to]![1] - points[from]![1]] as const;
  const [top, bottom, right, left] = [along(0, 1), along(3, 2), along(1, 2), along(0, 3)];
  const decimal = (number: number) => canonicalDecimal(number.toFixed(6));
  const box = {
    kind: 'ROTATED_BOX' as const,
    centreX: decimal(points.reduce((sum, [x]) => sum + x, 0) / 4),
    centreY: decimal(points.reduce((sum, [, y]) => sum + y, 0) / 4),
    width: decimal((Math.hypot(...top) + Math.hypot(...bottom)) / 2),
    height: decimal((Math.hypot(...right) + Math.hypot(...left)) / 2),
    degrees: decimal(degreesOf({ across: [top, bottom], down: [right, left] })),
  };
  const errors = rotatedCorners(box).map(([x, y], index) =>
    Math.hypot(x - points[index]![0], y - points[index]![1]),
  );
  return { box, error: Math.max(...errors) };
}
