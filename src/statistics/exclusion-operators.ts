import { type ContingencyTable, margins } from './contingency-table.ts';
import { cramersV } from './cramers-v.ts';
import type { Estimate } from './estimate.ts';
import { independenceTest } from './independence-test.ts';

/** A reason for exclusion that one person alone gave, and how many images by it. */
export interface SoleReason {
  readonly reason: number;
  readonly operator: number;
  readonly imageCount: number;
}

export interface ExclusionOperators {
  readonly association: Estimate;
  /** By number of images, most first; none where only one person excluded anything. */
  readonly soleReasons: readonly SoleReason[];
}

/**
 * Whether reasons for exclusion (rows) depend on who gave them (columns), over the excluded images: bias-corrected
 * Cramér V with its p, and the reasons that one person alone used. `random` yields uniform numbers in [0, 1).
 */
export function exclusionOperators(table: ContingencyTable, random: () => number): ExclusionOperators {
  const { columns, total } = table;
  const sums = margins(total, columns);
  const soleReasons = sums.rows.flatMap((imageCount, reason): SoleReason[] => {
    const operator = total.slice(reason * columns, (reason + 1) * columns).indexOf(imageCount);
    return sums.columnLevels > 1 && imageCount > 0 && operator >= 0 ? [{ reason, operator, imageCount }] : [];
  });
  return {
    association: cramersV(table, independenceTest(table, random)).corrected,
    soleReasons: soleReasons.toSorted((a, b) => b.imageCount - a.imageCount || a.reason - b.reason),
  };
}
