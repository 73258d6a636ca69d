import { chiSquareStatistics } from './chi-square-statistics.ts';
import { type ContingencyTable, expectedCounts, margins } from './contingency-table.ts';
import { independenceDesignEffect } from './independence-design-effect.ts';
import { monteCarloP, needsMonteCarlo } from './monte-carlo-p.ts';
import { type TestResult, testResult } from './test-result.ts';

/**
 * Chi-square test of independence, df = (r−1)(c−1) over rows and columns that are not empty, Rao–Scott corrected with
 * the residual p_ij − p_i·p_j. One row or column: df 0, p null. Expected counts below 5 with N ≤ 10⁴: Monte-Carlo p
 * from `random`. Pearson 1900; Rao & Scott 1984, Annals of Statistics 12:46.
 */
export function independenceTest(table: ContingencyTable, random: () => number): TestResult {
  const { columns } = table;
  const sums = margins(table.total, columns);
  const expected = expectedCounts(sums);
  const degreesOfFreedom = Math.max(0, (sums.rowLevels - 1) * (sums.columnLevels - 1));
  const shares = expected.map((count) => (sums.total > 0 ? count / sums.total : 0));
  const expectedOf = (drawn: readonly number[]) => expectedCounts(margins(drawn, columns));
  const draw = (chiSquare: number) => monteCarloP(chiSquare, sums.total, shares, expectedOf, random);
  const statistics = chiSquareStatistics(table.total, expected);
  return testResult(
    statistics,
    degreesOfFreedom,
    independenceDesignEffect(table),
    needsMonteCarlo(expected, sums.total) ? draw : null,
  );
}
