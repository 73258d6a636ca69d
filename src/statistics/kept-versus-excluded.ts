import type { ContingencyTable } from './contingency-table.ts';
import { cramersV } from './cramers-v.ts';
import type { Estimate } from './estimate.ts';
import { exclusionShare } from './exclusion-share.ts';
import type { Figure } from './figure.ts';
import { independenceTest } from './independence-test.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { NON_NEGATIVE, SHARE } from './jackknife-interval.ts';
import { noExclusion } from './no-exclusion.ts';
import { standardizedDifference } from './standardized-difference.ts';
import { totalVariation } from './total-variation.ts';

export interface KeptVersusExcluded {
  readonly standardizedDifference: Estimate;
  /** Bias-corrected Cramér V of level and exclusion, with its p. */
  readonly association: Estimate;
  /** TV of the kept images from all candidates: what the exclusions did to the release. */
  readonly totalVariation: Estimate;
  /** The most that TV can be: the share excluded, of the images whose level is known. */
  readonly exclusionShare: Estimate;
}

/**
 * Whether the images excluded differ from those kept in one factor or label; rows levels, columns kept and excluded.
 * TV(kept, candidates) = e·TV(kept, excluded) ≤ e: few exclusions cannot move much. None excluded: 0, or UNTRACKED; all
 * excluded: EMPTY. `random` yields uniform numbers in [0, 1). Yang & Dalton 2012; Bergsma 2013.
 */
export function keptVersusExcluded(
  table: ContingencyTable,
  tracked: boolean,
  random: () => number,
): KeptVersusExcluded {
  const { imageCount, unitCount } = table;
  const shareCells = (cells: readonly number[]) => {
    const [kept, excluded] = [columnOf(cells, 0), columnOf(cells, 1)].map((column) =>
      column.reduce((a, b) => a + b, 0),
    );
    return [excluded!, kept! + excluded!];
  };
  const shares = { ...table, total: shareCells(table.total), buckets: table.buckets.map(shareCells) };
  const nothing = imageCount > 0 && shares.total[0] === 0;
  const unless = (method: string, otherwise: (method: string) => Estimate): Estimate =>
    nothing ? noExclusion({ imageCount, unitCount, method }, tracked) : otherwise(method);
  const compare =
    (formula: (kept: readonly number[], other: readonly number[]) => Figure, range = SHARE) =>
    (method: string) =>
      jackknifeEstimate(table, (cells) => formula(columnOf(cells, 0), columnOf(cells, 1)), { method, range });
  return {
    standardizedDifference: unless(
      'standardized difference of kept and excluded',
      compare(standardizedDifference, NON_NEGATIVE),
    ),
    association: unless(
      'Cramér V, bias-corrected',
      () => cramersV(table, independenceTest(table, random).p).corrected,
    ),
    totalVariation: unless(
      'total variation of kept and candidates',
      compare((kept, excluded) =>
        totalVariation(
          kept,
          kept.map((count, level) => count + excluded[level]!),
        ),
      ),
    ),
    exclusionShare: exclusionShare(shares, tracked),
  };
}

function columnOf(cells: readonly number[], column: 0 | 1): number[] {
  return cells.filter((_, cell) => cell % 2 === column);
}
