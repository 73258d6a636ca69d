import { checkGeometry, extentOf, type Geometry, type Position, type Size } from '../annotation/geometry.ts';
import { encodeRuns, expandRuns, type RunLengthEncoding } from '../annotation/run-length-encoding.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { fieldFault, readingField } from './field-fault.ts';
import { isAbsent, isJsonObject, type JsonObject } from './json-members.ts';

export interface CocoShape {
  readonly geometry: Geometry;
  readonly notes: readonly string[];
  /** Both members stated, and the bbox is not the extent of the segmentation, within a pixel. */
  readonly isBoxDifferent: boolean;
}

/**
 * The shape of a COCO annotation: its segmentation, else its bbox; null where it has neither member, or keypoints
 * alone. Throws the fault of a shape that cannot be kept, with the member as field.
 */
export function cocoShape(row: JsonObject, size: Size | null): CocoShape | null {
  const { segmentation, bbox } = row;
  const field = isEmpty(segmentation) ? 'bbox' : 'segmentation';
  const isUnstated = bbox === undefined && segmentation === undefined;
  if (field === 'bbox' && (isUnstated || (row.keypoints !== undefined && isAbsent(bbox)))) return null;
  const geometry =
    field === 'bbox'
      ? readBox(bbox)
      : isJsonObject(segmentation)
        ? readMask(segmentation)
        : readPolygon(segmentation);
  const { reasons, notes } = checkGeometry(geometry, size);
  if (reasons[0] !== undefined) fieldFault(reasons[0].code, field, reasons[0].message);
  const isBoxDifferent = geometry.kind === 'POLYGON' && Array.isArray(bbox) && differs(geometry, bbox);
  return { geometry, notes, isBoxDifferent };
}

/** `[]` and `[[]]` are how tools write that there is none. */
function isEmpty(segmentation: unknown): boolean {
  if (isAbsent(segmentation)) return true;
  return (
    Array.isArray(segmentation) && segmentation.every((ring) => Array.isArray(ring) && ring.length === 0)
  );
}

function readBox(bbox: unknown): Geometry {
  if (isAbsent(bbox)) {
    fieldFault('DEGENERATE_GEOMETRY', 'bbox', 'It has neither a box nor a segmentation; give it a shape.');
  }
  if (!Array.isArray(bbox) || bbox.length !== 4) {
    return fieldFault('INVALID_VALUE', 'bbox', 'A bbox is a list of four numbers [x, y, width, height].');
  }
  const [x, y, width, height] = bbox.map((number) => decimal('bbox', number)) as [
    string,
    string,
    string,
    string,
  ];
  return { kind: 'BOX', x, y, width, height };
}

function readPolygon(segmentation: unknown): Geometry {
  if (!Array.isArray(segmentation) || !segmentation.every((ring) => Array.isArray(ring))) {
    return fieldFault(
      'INVALID_VALUE',
      'segmentation',
      'A segmentation is a list of polygons [[x1, y1, x2, y2, …], …] or a run-length encoding.',
    );
  }
  return { kind: 'POLYGON', rings: segmentation.map(readRing) };
}

function readRing(numbers: readonly unknown[]): Position[] {
  if (numbers.length % 2 === 1) {
    fieldFault(
      'INVALID_VALUE',
      'segmentation',
      `A polygon has ${numbers.length} numbers, an odd number of them.`,
    );
  }
  const ring: Position[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    ring.push([decimal('segmentation', numbers[index]), decimal('segmentation', numbers[index + 1])]);
  }
  return ring;
}

function readMask({ size, counts }: JsonObject): Geometry {
  const isSize =
    Array.isArray(size) && size.length === 2 && size.every((side) => Number.isSafeInteger(side) && side > 0);
  if (!isSize) return fieldFault('INVALID_VALUE', 'segmentation', 'The size of a mask is [height, width].');
  const isRuns = Array.isArray(counts) && counts.every((run) => Number.isSafeInteger(run) && run >= 0);
  if (typeof counts !== 'string' && !isRuns) {
    fieldFault(
      'INVALID_VALUE',
      'segmentation',
      'The counts of a mask are a list of runs, or their compressed text.',
    );
  }
  const runs = typeof counts === 'string' ? readingField('segmentation', () => expandRuns(counts)) : counts;
  const encoding: RunLengthEncoding = encodeRuns(size as [number, number], runs as number[]);
  return { kind: 'MASK', ...encoding };
}

function decimal(field: string, number: unknown): string {
  if (typeof number !== 'number') {
    return fieldFault('INVALID_VALUE', field, `${JSON.stringify(number)} stands where a number must be.`);
  }
  return readingField(field, () => canonicalDecimal(number));
}

function differs(polygon: Extract<Geometry, { kind: 'POLYGON' }>, [x, y, width, height]: unknown[]): boolean {
  const { left, top, right, bottom } = extentOf(polygon);
  const stated = [Number(x), Number(y), Number(x) + Number(width), Number(y) + Number(height)];
  return [left, top, right, bottom].some((edge, index) => !(Math.abs(edge - stated[index]!) <= 1));
}
