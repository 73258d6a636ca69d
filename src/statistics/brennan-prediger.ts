import { beyondChanceAgreement } from './beyond-chance-agreement.ts';
import type { Estimate } from './estimate.ts';
import type { BucketedTable } from './jackknife.ts';
import { sum } from './sum.ts';

/**
 * Agreement beyond that of raters who pick each class as often as any other: p_e = T_w/K², T_w = Σ w; from sums of
 * `categoryCells` made with the same K×K weights. Range [−1, 1]. Faults as `beyondChanceAgreement`. Brennan & Prediger
 * 1981, Educational and Psychological Measurement 41:687.
 */
export function brennanPrediger(table: BucketedTable, weights: readonly number[]): Estimate {
  return beyondChanceAgreement(table, 'Brennan–Prediger coefficient', () => sum(weights) / weights.length);
}
