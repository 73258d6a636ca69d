import { centredMoments } from './centred-moments.ts';
import { chiSquareUpperTail } from './chi-square-upper-tail.ts';
import { type Basis, type Estimate, estimate, notEstimable } from './estimate.ts';
import { incompleteNormal, type NormalFit } from './incomplete-normal.ts';
import { invertPositiveDefinite } from './invert-positive-definite.ts';
import { type MissingPattern, missingPatterns } from './missing-patterns.ts';
import { sum } from './sum.ts';

export interface LittleMcar {
  /** d², never coloured: with many images it always rejects, and not rejecting proves nothing. */
  readonly test: Estimate;
  readonly degreesOfFreedom: number;
  readonly patternCount: number;
}

const MOST_COLUMNS = 30;
/** Each pattern costs a matrix inverse a step; beyond this the test would take minutes (convention of this project). */
const MOST_PATTERNS = 1000;

/**
 * Little's test of numeric columns missing completely at random: d² = Σ_j n_j (x̄_j − μ_o)ᵀ Σ_oo⁻¹ (x̄_j − μ_o) over the
 * patterns j of missingness, μ and Σ by EM (ML covariance), chi-square with Σ|o_j| − p degrees of freedom. Columns of
 * equal length, at most 30; a value that is not finite is missing; rows without any are dropped. p only where every row
 * is a unit of its own. Nothing to compare, a column without values, two columns that are never there together,
 * COLLINEAR: NOT_APPLICABLE. Not settled in 500 steps: d² stands without p, NOT_CONVERGED. Little 1988, JASA 83:1198.
 */
export function littleMcar(columns: readonly Float64Array[], unitCount: number): LittleMcar {
  const rowCount = columns[0]?.length ?? 0;
  const basis = { imageCount: rowCount, unitCount, method: 'Little’s MCAR test, d²' };
  const impossible = (reason: string, patternCount = 0): LittleMcar => ({
    test: notEstimable(reason === 'NO_IMAGE' ? 'EMPTY' : 'NOT_APPLICABLE', reason, basis),
    degreesOfFreedom: 0,
    patternCount,
  });
  if (columns.length > MOST_COLUMNS) return impossible('TOO_MANY_COLUMNS');
  if (rowCount === 0) return impossible('NO_IMAGE');
  const scales = columns.map((column) => {
    const { count, mean, squares } = centredMoments(column);
    return { mean, deviation: Math.sqrt(squares / count) };
  });
  if (scales.some(({ mean }) => !Number.isFinite(mean))) return impossible('COLUMN_WITHOUT_VALUES');
  if (scales.some(({ deviation }) => !(deviation > 0))) return impossible('COLLINEAR');
  const patterns = missingPatterns(
    columns,
    scales.map(({ mean }) => mean),
    scales.map(({ deviation }) => deviation),
  );
  const degreesOfFreedom = sum(patterns.map(({ observed }) => observed.length)) - columns.length;
  if (degreesOfFreedom < 1) return impossible('ONE_PATTERN', patterns.length);
  if (patterns.length > MOST_PATTERNS) return impossible('TOO_MANY_PATTERNS', patterns.length);
  if (!everyPairMeets(patterns, columns.length)) return impossible('COLUMNS_NEVER_TOGETHER', patterns.length);
  const fit = incompleteNormal(patterns, columns.length);
  const distance = fit && distanceOf(patterns, fit);
  if (fit === null || distance === null) return impossible('COLLINEAR', patterns.length);
  return {
    test: testOf(distance, fit, degreesOfFreedom, basis),
    degreesOfFreedom,
    patternCount: patterns.length,
  };
}

function testOf(
  distance: number,
  { converged }: NormalFit,
  degreesOfFreedom: number,
  basis: Basis,
): Estimate {
  if (!converged)
    return estimate({
      ...basis,
      value: distance,
      status: 'NOT_CONVERGED',
      reason: 'STOPPED_AFTER_500_STEPS',
    });
  if (basis.unitCount < basis.imageCount)
    return estimate({ ...basis, value: distance, reason: 'UNITS_REPEAT' });
  const p = chiSquareUpperTail(distance, degreesOfFreedom);
  return estimate({ ...basis, value: distance, p, reason: 'TEST_STATISTIC' });
}

/** Without any row that has both, their covariance cannot be told. */
function everyPairMeets(patterns: readonly MissingPattern[], columnCount: number): boolean {
  const met = new Set(
    patterns.flatMap(({ observed }) => observed.flatMap((i) => observed.map((j) => i * columnCount + j))),
  );
  return met.size === columnCount * columnCount;
}

function distanceOf(patterns: readonly MissingPattern[], { mean, covariance }: NormalFit): number | null {
  let distance = 0;
  for (const { observed, count, sums } of patterns) {
    const inverse = invertPositiveDefinite(observed.map((i) => observed.map((j) => covariance[i]![j]!)));
    if (inverse === null) return null;
    const deviation = observed.map((column, i) => sums[i]! / count - mean[column]!);
    distance +=
      count *
      sum(inverse.flatMap((row, i) => row.map((weight, j) => weight * deviation[i]! * deviation[j]!)));
  }
  return Math.max(0, distance);
}
