import { beyondChanceAgreement } from './beyond-chance-agreement.ts';
import type { Estimate } from './estimate.ts';
import { gwetChance } from './gwet-chance.ts';
import type { BucketedTable } from './jackknife.ts';

/**
 * Gwet's AC1, or AC2 where weights other than equality are given: p_e = T_w/(K(K−1)) · Σ π_c(1−π_c), T_w = Σ w; from sums of
 * `categoryCells` made with the same K×K weights. It hardly depends on how unequal the classes are. Range [−1, 1]. Faults
 * as `beyondChanceAgreement`. Gwet 2008, British J. Mathematical and Statistical Psychology 61:29.
 */
export function gwetAgreement(table: BucketedTable, weights: readonly number[]): Estimate {
  const isWeighted = weights.some((weight) => weight > 0 && weight < 1);
  return beyondChanceAgreement(table, `Gwet ${isWeighted ? 'AC2' : 'AC1'}`, (shares) =>
    gwetChance(shares, weights),
  );
}
