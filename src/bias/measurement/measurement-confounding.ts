import { crossTabulate } from '../../statistics/cross-tabulate.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { factorConfounding } from '../../statistics/factor-confounding.ts';
import { type ImageSelection, keptWhere } from '../images/image-selection.ts';
import { levelCondition } from '../variables/level-condition.ts';
import { inPart, type MeasuredFactor, type MeasurementColumns } from './measurement-columns.ts';

/** Two factors that go together: what one is blamed for, the other may have done. */
export interface ConfoundedPair {
  readonly first: string;
  readonly second: string;
  /** Bias-corrected V. */
  readonly association: Estimate;
  /** The levels that meet most often beyond what chance would have. */
  readonly firstLevel: string;
  readonly secondLevel: string;
  /** The images of both levels; null where they cannot be asked for. */
  readonly selection: ImageSelection | null;
}

export interface ConfoundedPairs {
  /** Strongest first, at most 20. */
  readonly pairs: readonly ConfoundedPair[];
  readonly pairCount: number;
}

const LONGEST_LIST = 20;
/** A lower limit of V from which on two variables are held for associated (specification §1, §2.4). */
const ASSOCIATED = 0.1;

export function confoundedPairs(columns: MeasurementColumns): ConfoundedPairs {
  const { factors, units } = columns;
  const tied = factorConfounding(
    factors.map(({ variable }) => variable),
    units,
  ).filter(({ association }) => (association.interval?.lower ?? 0) >= ASSOCIATED);
  return {
    pairs: tied.slice(0, LONGEST_LIST).map(({ first, second, association }) => ({
      association,
      ...meeting(columns, factors[first]!, factors[second]!),
    })),
    pairCount: tied.length,
  };
}

/** The cell furthest above its expected count, which holds most of what the association says. */
function meeting(columns: MeasurementColumns, first: MeasuredFactor, second: MeasuredFactor) {
  const { total, imageCount } = crossTabulate(columns.units, [first.variable, second.variable]);
  const width = second.levels.length;
  const rows = new Float64Array(first.levels.length);
  const lines = new Float64Array(width);
  total.forEach((count, cell) => {
    rows[Math.floor(cell / width)]! += count;
    lines[cell % width]! += count;
  });
  const surplus = total.map(
    (count, cell) => count - (rows[Math.floor(cell / width)]! * lines[cell % width]!) / imageCount,
  );
  const cell = surplus.indexOf(surplus.reduce((a, b) => Math.max(a, b)));
  const [one, other] = [first.levels[Math.floor(cell / width)]!, second.levels[cell % width]!];
  return {
    first: first.name,
    second: second.name,
    firstLevel: one.level,
    secondLevel: other.level,
    selection: selectionOf(columns, [
      [first, one],
      [second, other],
    ]),
  };
}

function selectionOf(
  { part }: MeasurementColumns,
  cell: readonly (readonly [MeasuredFactor, MeasuredFactor['levels'][number]])[],
): ImageSelection | null {
  const conditions = cell.flatMap(([{ name, levels }, level]) => {
    const shown = levels.flatMap((one) => (one.kind === 'LEVEL' ? [one.level] : []));
    const condition = levelCondition({ name, kind: 'NOMINAL' }, level, shown);
    return condition === null ? [] : [condition];
  });
  return conditions.length < cell.length ? null : keptWhere(...conditions, ...inPart(part));
}
