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
  const strata = excesses(table.total, ratio.value);
  const informative = strata.filter(({ variance }) => variance > 0);
  if (informative.length < 2) return fail(noFigure('NOT_APPLICABLE', 'FEWER_THAN_2_INFORMATIVE_STRATA'));
  const squares = sum(informative.map(({ excess, variance }) => excess ** 2 / variance));
  const correction =
    sum(informative.map(({ excess }) => excess)) ** 2 / sum(informative.map(({ variance }) => variance));
  const residuals = (cells: readonly number[]) => {
    const { value } = commonOddsRatio(cells);
    const images = sum(cells);
    return value === null
      ? strata.map(() => null)
      : excesses(cells, value).map(({ excess }) => excess / images);
  };
  const variances = strata.map(({ variance }) => variance);
  return stratifiedTest(
    table,
    figure(Math.max(0, squares - correction)),
    informative.length - 1,
    residuals,
    variances,
  );
}

/** a − â and v of every stratum; both 0 where a margin is empty. */
function excesses(cells: readonly number[], ratio: number): { excess: number; variance: number }[] {
  const strata: { excess: number; variance: number }[] = [];
  for (let cell = 0; cell < cells.length; cell += 4) {
    const [a, b, c, d] = [cells[cell]!, cells[cell + 1]!, cells[cell + 2]!, cells[cell + 3]!];
    const [row, column, size] = [a + b, a + c, a + b + c + d];
    const empty = row === 0 || column === 0 || row === size || column === size;
    strata.push(empty ? { excess: 0, variance: 0 } : against(a, row, column, size, ratio));
  }
  return strata;
}

function against(a: number, row: number, column: number, size: number, ratio: number) {
  const expected = expectedCount(row, column, size, ratio);
  const reciprocals =
    1 / expected + 1 / (row - expected) + 1 / (column - expected) + 1 / (size - row - column + expected);
  return { excess: a - expected, variance: 1 / reciprocals };
}

/** The root of a(n − r − c + a) = OR(r − a)(c − a) within the margins, by the form that does not cancel. */
function expectedCount(row: number, column: number, size: number, ratio: number): number {
  const linear = size - row - column + ratio * (row + column);
  const root = Math.sqrt(linear ** 2 + 4 * (1 - ratio) * ratio * row * column);
  return linear > 0 ? (2 * ratio * row * column) / (linear + root) : (root - linear) / (2 * (1 - ratio));
}
