import { chiSquareStatistics } from './chi-square-statistics.ts';
import type { BucketedTable } from './jackknife.ts';
import { monteCarloP, needsMonteCarlo } from './monte-carlo-p.ts';
import { normalized } from './normalized.ts';
import { raoScott } from './rao-scott.ts';
import { sum } from './sum.ts';
import { type TestResult, testResult } from './test-result.ts';

/**
 * Chi-square test of counts per stratum against the target's shares π, df = #(π > 0) − 1, Rao–Scott corrected with the
 * residual p_s; strata outside the target are left out. One stratum: df 0, p null. Expected counts below 5 with
 * N ≤ 10⁴: Monte-Carlo p from `random`. Pearson 1900; Rao & Scott 1981, JASA 76:221.
 */
export function goodnessOfFit(
  table: BucketedTable,
  target: readonly number[],
  random: () => number,
): TestResult {
  const inside = target.flatMap((share, stratum) => (share > 0 ? [stratum] : []));
  const pick = (cells: readonly number[]) => inside.map((stratum) => cells[stratum]!);
  const counts = pick(table.total);
  const images = sum(counts);
  const shares = pick(target);
  const expected = shares.map((share) => share * images);
  const degreesOfFreedom = Math.max(0, inside.length - 1);
  const residuals = (cells: readonly number[]) => normalized(pick(cells)) ?? shares.map(() => null);
  const effect = raoScott(table, residuals, shares, images, degreesOfFreedom);
  const draw = (chiSquare: number) => monteCarloP(chiSquare, images, shares, () => expected, random);
  const statistics = chiSquareStatistics(counts, expected);
  return testResult(statistics, degreesOfFreedom, effect, needsMonteCarlo(expected, images) ? draw : null);
}
