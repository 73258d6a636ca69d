import { crossedVarianceComponents } from './crossed-variance-components.ts';
import { type Estimate, estimate, notEstimable } from './estimate.ts';
import { sum } from './sum.ts';
import { twoWayMeanSquares } from './two-way-mean-squares.ts';

export interface SeedFoldComponents {
  readonly seeds: number;
  readonly folds: number;
  readonly seedVariance: Estimate;
  readonly foldVariance: Estimate;
  readonly residualVariance: Estimate;
  /** Of the three together. */
  readonly seedShare: Estimate;
  readonly foldShare: Estimate;
}

/**
 * How much of the spread of a model's scores is the seed and how much the data split: a score for each seed (row) and fold (column), null where that run is
 * missing. All there: σ²_seed = (MSR − MSE)/F, σ²_fold = (MSC − MSE)/S of a two-way analysis of variance without replication, below 0: 0, BOUNDARY.
 * Some missing: restricted maximum likelihood. Fewer than two seeds or folds: NOT_APPLICABLE.
 */
export function seedFoldComponents(scores: readonly (readonly (number | null)[])[]): SeedFoldComponents {
  const [seeds, folds] = [scores.length, scores[0]?.length ?? 0];
  const runs = scores.flat().filter((score) => score !== null).length;
  const basis = { imageCount: runs, unitCount: runs };
  if (seeds < 2 || folds < 2) {
    const none = notEstimable('NOT_APPLICABLE', 'ONE_SEED_OR_FOLD', { ...basis, method: METHOD });
    return {
      ...{ seeds, folds, seedVariance: none, foldVariance: none, residualVariance: none },
      ...{ seedShare: none, foldShare: none },
    };
  }
  if (runs < seeds * folds) return incomplete(scores, { seeds, folds, runs });
  const squares = twoWayMeanSquares(scores as readonly (readonly number[])[]);
  const seed = (squares.rows - squares.residual) / folds;
  const fold = (squares.columns - squares.residual) / seeds;
  const parts = [Math.max(0, seed), Math.max(0, fold), squares.residual] as const;
  const whole = sum(parts);
  const component = (value: number, raw: number, of: string) =>
    estimate({
      ...basis,
      value,
      ...(raw < 0 ? { status: 'BOUNDARY' as const, reason: 'NEGATIVE_COMPONENT' } : {}),
      method: `${of}, ${METHOD}`,
    });
  const share = (value: number, of: string) =>
    whole === 0
      ? notEstimable('UNDEFINED', 'CONSTANT_VALUE', { ...basis, method: of })
      : estimate({ ...basis, value: value / whole, method: `${of}, ${METHOD}` });
  return {
    seeds,
    folds,
    seedVariance: component(parts[0], seed, 'variance of seeds'),
    foldVariance: component(parts[1], fold, 'variance of folds'),
    residualVariance: component(parts[2], parts[2], 'residual variance'),
    seedShare: share(parts[0], 'share of seeds'),
    foldShare: share(parts[1], 'share of folds'),
  };
}

const METHOD = 'two-way analysis of variance without replication';

function incomplete(
  scores: readonly (readonly (number | null)[])[],
  { seeds, folds, runs }: { seeds: number; folds: number; runs: number },
): SeedFoldComponents {
  const cells = scores.flat();
  const total = [
    ...cells.map((score) => (score === null ? 0 : 1)),
    ...cells.map((score) => score ?? 0),
    ...cells.map((score) => (score ?? 0) ** 2),
  ];
  const fitted = crossedVarianceComponents({
    rows: seeds,
    columns: folds,
    total,
    imageCount: runs,
    unitCount: runs,
  });
  return {
    seeds,
    folds,
    seedVariance: fitted.rowVariance,
    foldVariance: fitted.columnVariance,
    residualVariance: fitted.residualVariance,
    seedShare: fitted.rowShare,
    foldShare: fitted.columnShare,
  };
}
