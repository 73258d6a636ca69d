import { chiSquareUpperTail } from './chi-square-upper-tail.ts';
import type { Figure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { raoScott } from './rao-scott.ts';

/** Counts of rows × columns in each of K strata, one after the other: cell = (stratum·rows + row)·columns + column. */
export interface StratifiedTable extends BucketedTable {
  readonly rows: number;
  readonly columns: number;
}

/** A chi-square statistic over strata, uncorrected; `designEffect` and p are null where the former cannot be had. */
export interface StratifiedTest {
  readonly chiSquare: Figure;
  readonly degreesOfFreedom: number;
  readonly designEffect: number | null;
  readonly p: number | null;
}

/**
 * The p of a statistic Σ_e h_e²/v_e, the h_e being sums over images with variances v_e if images were independent:
 * deflated by the first-order Rao–Scott design effect, at least 1, which is 1 where every image is its own unit.
 * `residuals` gives h_e/N on a table of N images. Rao & Scott 1984, Annals of Statistics 12:46.
 */
export function stratifiedTest(
  table: BucketedTable,
  chiSquare: Figure,
  degreesOfFreedom: number,
  residuals: (cells: readonly number[]) => readonly (number | null)[],
  variances: readonly number[],
): StratifiedTest {
  const untested = { chiSquare, degreesOfFreedom, designEffect: null, p: null };
  if (chiSquare.value === null || degreesOfFreedom < 1) return untested;
  const images = table.imageCount;
  const shares = variances.map((variance) => variance / images);
  const independent = table.unitCount === images;
  const effect = independent ? 1 : raoScott(table, residuals, shares, images, degreesOfFreedom);
  if (effect === null) return untested;
  const designEffect = Math.max(1, effect);
  const p = chiSquareUpperTail(chiSquare.value / designEffect, degreesOfFreedom);
  return { chiSquare, degreesOfFreedom, designEffect, p };
}
