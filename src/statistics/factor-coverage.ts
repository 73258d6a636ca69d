import { chiSquareStatistics } from './chi-square-statistics.ts';
import { cohenW } from './cohen-w.ts';
import { type Estimate, notEstimable } from './estimate.ts';
import { type Figure, noFigure } from './figure.ts';
import { goodnessOfFit } from './goodness-of-fit.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { NON_NEGATIVE, type Range, SHARE, UNBOUNDED } from './jackknife-interval.ts';
import { jensenShannonDivergence } from './jensen-shannon-divergence.ts';
import { populationStabilityIndex } from './population-stability-index.ts';
import { populationStabilityNull } from './population-stability-null.ts';
import { postStratification } from './post-stratification.ts';
import { proportion } from './proportion.ts';
import { representationRatio } from './representation-ratio.ts';
import { requireShares } from './require-shares.ts';
import { standardizedDifference } from './standardized-difference.ts';
import { standardizedShareDifference } from './standardized-share-difference.ts';
import { sum } from './sum.ts';
import type { TestResult } from './test-result.ts';
import { totalVariation } from './total-variation.ts';

/** Shares π of the factor's levels in the declared world; `sourceCount` is M, null where the shares are exact. */
export interface Target {
  readonly shares: readonly number[];
  readonly sourceCount: number | null;
}

export interface LevelCoverage {
  readonly count: number;
  readonly share: Estimate;
  readonly targetShare: number | null;
  readonly representationRatio: Estimate;
  readonly standardizedDifference: Estimate;
  readonly weight: number | null;
}

/** Without a target every comparison is NOT_APPLICABLE, NO_TARGET_DECLARED; counts and shares stand. */
export interface FactorCoverage {
  readonly levels: readonly LevelCoverage[];
  readonly cohenW: Estimate;
  readonly totalVariation: Estimate;
  readonly jensenShannonDivergence: Estimate;
  readonly standardizedDifference: Estimate;
  readonly populationStabilityIndex: Estimate;
  readonly populationStabilityNull: number | null;
  readonly efficiency: Estimate;
  readonly test: TestResult | null;
}

/**
 * How one factor's levels (counts of images, one cell a level) stand against the target population, level by level and
 * as a whole. `random` yields uniform numbers in [0, 1). Throws BAD_INPUT for a target that is no distribution.
 */
export function factorCoverage(
  table: BucketedTable,
  target: Target | null,
  random: () => number,
): FactorCoverage {
  if (target !== null) requireShares(target.shares, table.total.length);
  const test = target && goodnessOfFit(table, target.shares, random);
  const compare = comparison(table, target?.shares ?? null);
  return {
    levels: levelCoverages(table, target?.shares ?? null),
    cohenW: compare('Cohen w', NON_NEGATIVE, wOf, test?.p ?? null),
    totalVariation: compare('total variation', SHARE, totalVariation),
    jensenShannonDivergence: compare('Jensen–Shannon divergence, bits', SHARE, jensenShannonDivergence),
    standardizedDifference: compare('standardized difference', NON_NEGATIVE, standardizedDifference),
    populationStabilityIndex: compare('population stability index', NON_NEGATIVE, populationStabilityIndex),
    populationStabilityNull: nullPoint(table, target, test),
    efficiency: compare(
      'post-stratification efficiency',
      SHARE,
      (counts, shares) => postStratification(counts, shares).efficiency,
    ),
    test,
  };
}

type Comparison = (counts: readonly number[], shares: readonly number[]) => Figure;

function comparison(table: BucketedTable, shares: readonly number[] | null) {
  return (method: string, range: Range, formula: Comparison, p: number | null = null): Estimate =>
    shares === null
      ? withoutTarget(table, method)
      : jackknifeEstimate(table, (counts) => formula(counts, shares), { method, range, p });
}

function withoutTarget({ imageCount, unitCount }: BucketedTable, method: string): Estimate {
  return notEstimable('NOT_APPLICABLE', 'NO_TARGET_DECLARED', { imageCount, unitCount, method });
}

/** Over strata with π > 0 only: a level outside the target has no expected count. */
function wOf(counts: readonly number[], shares: readonly number[]): Figure {
  const inside = shares.flatMap((share, level) => (share > 0 ? [level] : []));
  if (inside.length < 2) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  const observed = inside.map((level) => counts[level]!);
  const images = sum(observed);
  const expected = inside.map((level) => images * shares[level]!);
  return cohenW(chiSquareStatistics(observed, expected).chiSquare, images);
}

function levelCoverages(table: BucketedTable, shares: readonly number[] | null): LevelCoverage[] {
  const { imageCount, unitCount } = table;
  const [all, bucketSums] = [sum(table.total), table.buckets.map(sum)];
  const weights = shares && postStratification(table.total, shares).weights;
  return table.total.map((count, level) => {
    const buckets = table.buckets.map((bucket, index) => [bucket[level]!, bucketSums[index]!]);
    const cells: BucketedTable = { total: [count, all], buckets, imageCount, unitCount };
    const targetShare = shares?.[level] ?? null;
    const difference = 'standardized difference of one share';
    const smd = ([hits, images]: readonly number[]) =>
      images! > 0
        ? standardizedShareDifference(hits! / images!, targetShare!)
        : noFigure('EMPTY', 'NO_IMAGE');
    return {
      count,
      share: proportion(cells),
      targetShare,
      representationRatio:
        targetShare === null
          ? withoutTarget(table, 'representation ratio')
          : representationRatio(cells, targetShare),
      standardizedDifference:
        targetShare === null
          ? withoutTarget(table, difference)
          : jackknifeEstimate(cells, smd, { method: difference, range: UNBOUNDED }),
      weight: weights?.[level] ?? null,
    };
  });
}

function nullPoint(table: BucketedTable, target: Target | null, test: TestResult | null): number | null {
  if (target === null || !test?.designEffect || test.degreesOfFreedom < 1) return null;
  const images = sum(table.total.filter((_, level) => target.shares[level]! > 0));
  if (images === 0 || target.sourceCount === 0) return null;
  return populationStabilityNull(test.degreesOfFreedom + 1, images / test.designEffect, target.sourceCount);
}
