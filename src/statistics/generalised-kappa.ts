import { beyondChanceAgreement } from './beyond-chance-agreement.ts';
import type { Estimate } from './estimate.ts';
import type { BucketedTable } from './jackknife.ts';

/**
 * Fleiss' κ for any number of ratings an item, weighted: p_e = Σ_ck w_ck π_c π_k, π_c the mean of n_ic/m_i over rated
 * items; from sums of `categoryCells` made with the same K×K weights. With equal m and no weights it is Fleiss' κ. Range
 * [−1, 1]. Faults as `beyondChanceAgreement`. Fleiss 1971, Psychological Bulletin 76:378; Gwet 2014, Handbook, ch. 2.
 */
export function generalisedKappa(table: BucketedTable, weights: readonly number[]): Estimate {
  return beyondChanceAgreement(table, 'generalised kappa', (shares) => {
    let expected = 0;
    shares.forEach((one, c) => {
      if (one === 0) return;
      shares.forEach((other, k) => {
        expected += weights[c * shares.length + k]! * one * other;
      });
    });
    return expected;
  });
}
