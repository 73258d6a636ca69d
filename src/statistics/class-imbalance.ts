import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { NON_NEGATIVE, type Range, SHARE } from './jackknife-interval.ts';
import { normalized } from './normalized.ts';

export interface ClassImbalance {
  /** H / ln K, range [0, 1]. */
  readonly evenness: Estimate;
  /** Hill number of order 1, exp(H): effective number of classes, range [1, K]. */
  readonly effectiveClasses: Estimate;
  /** Hill number of order 2, 1/Σp². */
  readonly effectiveClassesOfOrderTwo: Estimate;
  /** 1 − Σp², range [0, 1 − 1/K]. */
  readonly giniSimpson: Estimate;
  /** max n / min n over declared classes, range [1, ∞). */
  readonly imbalanceRatio: Estimate;
  /** min n / N, range [0, 1/K]. */
  readonly minorityShare: Estimate;
  /** (1 − β^n)/(1 − β) of each class, β = .9999: guidance for re-weighting, never coloured. */
  readonly effectiveSamples: readonly number[];
  readonly observedClasses: number;
}

const BETA = 0.9999;

/**
 * Class imbalance from counts of the K declared classes (images, or units counted once a class). K = 1: NOT_APPLICABLE;
 * an empty declared class: imbalance ratio null, EMPTY_CLASS. Hill 1973; Jost 2006; Cui et al. 2019, CVPR.
 */
export function classImbalance(table: BucketedTable): ClassImbalance {
  const classes = table.total.length;
  const index = (method: string, range: Range, formula: (shares: readonly number[]) => Figure): Estimate =>
    jackknifeEstimate(table, (counts) => guarded(counts, formula), { method, range });
  const hill: Range = { lower: 1, upper: Math.max(1, classes) };
  return {
    evenness: index('evenness', SHARE, (p) => figure(entropy(p) / Math.log(classes))),
    effectiveClasses: index('effective number of classes', hill, (p) => figure(Math.exp(entropy(p)))),
    effectiveClassesOfOrderTwo: index('effective number of classes, order 2', hill, (p) =>
      figure(1 / squares(p)),
    ),
    giniSimpson: index('Gini–Simpson', SHARE, (p) => figure(1 - squares(p))),
    imbalanceRatio: index('imbalance ratio', { ...NON_NEGATIVE, lower: 1 }, (p) =>
      Math.min(...p) === 0 ? noFigure('UNDEFINED', 'EMPTY_CLASS') : figure(Math.max(...p) / Math.min(...p)),
    ),
    minorityShare: index('minority share', SHARE, (p) => figure(Math.min(...p))),
    effectiveSamples: table.total.map((count) => (1 - BETA ** count) / (1 - BETA)),
    observedClasses: table.total.filter((count) => count > 0).length,
  };
}

function guarded(counts: readonly number[], formula: (shares: readonly number[]) => Figure): Figure {
  const shares = normalized(counts);
  if (shares === null) return noFigure('EMPTY', 'NO_IMAGE');
  return counts.length < 2 ? noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL') : formula(shares);
}

function entropy(shares: readonly number[]): number {
  return shares.reduce((total, share) => total - (share > 0 ? share * Math.log(share) : 0), 0);
}

function squares(shares: readonly number[]): number {
  return shares.reduce((total, share) => total + share * share, 0);
}
