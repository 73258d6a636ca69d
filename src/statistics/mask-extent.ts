import type { Mask } from './mask-runs.ts';

/** Pixels from column `left` up to but not with `right`, rows alike. */
export interface PixelExtent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest upright rectangle that holds the foreground, from the runs alone; null for an empty mask. */
export function maskExtent({ height, runs }: Mask): PixelExtent | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  let start = 0;
  for (const [place, run] of runs.entries()) {
    if (place % 2 === 1 && run > 0) {
      const last = start + run - 1;
      const [firstColumn, lastColumn] = [Math.floor(start / height), Math.floor(last / height)];
      const isOneColumn = firstColumn === lastColumn;
      left = Math.min(left, firstColumn);
      right = Math.max(right, lastColumn + 1);
      top = Math.min(top, isOneColumn ? start % height : 0);
      bottom = Math.max(bottom, isOneColumn ? (last % height) + 1 : height);
    }
    start += run;
  }
  return right < 0 ? null : { left, top, right, bottom };
}
