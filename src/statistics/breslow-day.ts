import { commonOddsRatio } from './common-odds-ratio.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { type StratifiedTest, stratifiedTest } from './stratified-table.ts';
import { sum } from './sum.ts';

/**
 * Breslow–Day test, with Tarone's correction, that the odds ratio is the same in all strata of cells [a, b, c, d]:
 * X² = Σ(a − â)²/v − (Σ(a − â))²/Σv, df K−1, â the count that the Mantel–Haenszel odds ratio expects within the margins of
 * the stratum and 1/v the sum of the four reciprocals. Strata with an empty margin are skipped; fewer than two left:
 * NOT_APPLICABLE. Breslow & Day 1980, IARC 32; Tarone 1985, Biometrika 72:91.
 */
export function breslowDay(table: BucketedTable): StratifiedTest {
  const ratio = commonOddsRatio(table.total);
  const fail = (fault: Figure) => stratifiedTest(table, fault, 0, () => [], []);
  if (ratio.value === null) return fail(ratio);
  const { excesses, variances } = againstRatio(table.total, ratio.value);
  const informative = [...variances.keys()].filter((stratum) => variances[stratum]! > 0);
  if (informative.length < 2) return fail(noFigure('NOT_APPLICABLE', 'FEWER_THAN_2_INFORMATIVE_STRATA'));
  const squares = sum(informative.map((stratum) => excesses[stratum]! ** 2 / variances[stratum]!));
  const residuals = (cells: readonly number[]) => {
    const { value } = commonOddsRatio(cells);
    if (value === null) return variances.map(() => null);
    const images = sum(cells);
    return againstRatio(cells, value).excesses.map((excess) => excess / images);
  };
  const statistic = figure(Math.max(0, squares - sum(excesses) ** 2 / sum(variances)));
  return stratifiedTest(table, statistic, informative.length - 1, residuals, variances);
}

/** a − â and v of every stratum; both 0 where a margin is empty. */
function againstRatio(cells: readonly number[], ratio: number): { excesses: number[]; variances: number[] } {
  const excesses = new Array<number>(cells.length / 4).fill(0);
  const variances = new Array<number>(cells.length / 4).fill(0);
  for (let stratum = 0; stratum < excesses.length; stratum += 1) {
    const cell = stratum * 4;
    const [a, b, c, d] = [cells[cell]!, cells[cell + 1]!, cells[cell + 2]!, cells[cell + 3]!];
    const row = a + b;
    const column = a + c;
    const size = row + c + d;
    if (row === 0 || column === 0 || row === size || column === size) continue;
    const expected = expectedCount(row, column, size, ratio);
    const reciprocals =
      1 / expected + 1 / (row - expected) + 1 / (column - expected) + 1 / (size - row - column + expected);
    excesses[stratum] = a - expected;
    variances[stratum] = 1 / reciprocals;
  }
  return { excesses, variances };
}

/** The root of a(n − r − c + a) = OR(r − a)(c − a) within the margins, by the form that does not cancel. */
function expectedCount(row: number, column: number, size: number, ratio: number): number {
  const linear = size - row - column + ratio * (row + column);
  const root = Math.sqrt(linear ** 2 + 4 * (1 - ratio) * ratio * row * column);
  return linear > 0 ? (2 * ratio * row * column) / (linear + root) : (root - linear) / (2 * (1 - ratio));
}
