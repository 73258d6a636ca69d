import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { FEWEST_SHARED_ITEMS } from './cohen-kappa.ts';
import { itemsBySize } from './items-by-size.ts';
import { type MarginalShiftTest, marginalShiftTest } from './marginal-shift-test.ts';
import { type PriorShift, priorShift } from './prior-shift.ts';
import type { RatedColumns } from './rated-columns.ts';
import { raterMajorityTables } from './rater-majority-tables.ts';
import { raterTables } from './rater-tables.ts';

export interface RaterBias {
  readonly rater: number;
  /** Items that somebody else rated too; fewer than 30: figures without interval, and no test. */
  readonly sharedItems: number;
  readonly priorShift: PriorShift;
  /** Of the same classes against the majority of the others; null with fewer than 30 items that have one. */
  readonly test: MarginalShiftTest | null;
  /** Of the test, over all raters listed. */
  readonly q: number | null;
}

/** Tables of so many cells are held at a time. */
const MOST_CELLS = 5_000_000;

/**
 * Who uses the classes otherwise than the others do on the same items (specification §6.3), of at most `most` raters, those who
 * agree least first. q: Benjamini & Hochberg over raters.
 */
export function raterBiases(
  columns: RatedColumns,
  { most = 100 }: { readonly most?: number } = {},
): RaterBias[] {
  const enough = FEWEST_SHARED_ITEMS;
  const listed = raterTables(columns, itemsBySize(columns), { most, enough });
  const tests = listed.map((): MarginalShiftTest | null => null);
  const together = Math.max(1, Math.floor(MOST_CELLS / (columns.classCount ** 2 * columns.bucketCount)));
  for (let start = 0; start < listed.length; start += together) {
    const raters = listed.slice(start, start + together).map(({ rater }) => rater);
    for (const [index, table] of raterMajorityTables(columns, raters).entries())
      if (table.imageCount >= enough) tests[start + index] = marginalShiftTest(table);
  }
  const q = benjaminiHochberg(tests.map((test) => test?.p ?? null));
  return listed.map(({ rater, table }, index) => ({
    rater,
    sharedItems: table.imageCount,
    priorShift: priorShift(table),
    test: tests[index]!,
    q: q[index] ?? null,
  }));
}
