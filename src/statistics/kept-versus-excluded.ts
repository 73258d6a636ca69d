import type { ContingencyTable } from './contingency-table.ts';
import { correctedStandardizedDifference } from './corrected-standardized-difference.ts';
import { cramersV } from './cramers-v.ts';
import type { Estimate } from './estimate.ts';
import { exclusionShare } from './exclusion-share.ts';
import { independenceTest } from './independence-test.ts';
import { jackknife } from './jackknife.ts';
import { estimateWithInterval, jackknifeEstimate } from './jackknife-estimate.ts';
import { jackknifeInterval, NON_NEGATIVE, SHARE } from './jackknife-interval.ts';
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
 * TV(kept, candidates) = e·TV(kept, excluded) ≤ e: few exclusions cannot move much. The difference of many levels or few
 * excluded is never near 0: its interval has the lower limit of the corrected one. None excluded: 0, or UNTRACKED; all
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
  const test = independenceTest(table, random);
  return {
    standardizedDifference: unless('standardized difference of kept and excluded', (method) =>
      difference(table, test.designEffect ?? 1, method),
    ),
    association: unless('Cramér V, bias-corrected', () => cramersV(table, test).corrected),
    totalVariation: unless('total variation of kept and candidates', (method) =>
      jackknifeEstimate(table, (cells) => moved(columnOf(cells, 0), columnOf(cells, 1)), {
        method,
        range: SHARE,
      }),
    ),
    exclusionShare: exclusionShare(shares, tracked),
  };
}

function moved(kept: readonly number[], excluded: readonly number[]) {
  return totalVariation(
    kept,
    kept.map((count, level) => count + excluded[level]!),
  );
}

/** The pairing of Cramér V: lower limit of the corrected, upper limit of the plain figure (specification §0.3). */
function difference(table: ContingencyTable, designEffect: number, method: string): Estimate {
  const [corrected, plain] = jackknife(table, (cells) => {
    const [kept, excluded] = [columnOf(cells, 0), columnOf(cells, 1)];
    const own = correctedStandardizedDifference(kept, excluded, designEffect);
    return [own.value, standardizedDifference(kept, excluded).value];
  });
  const [low, high] = [corrected!, plain!].map((one) => jackknifeInterval(one, NON_NEGATIVE));
  const whole = standardizedDifference(columnOf(table.total, 0), columnOf(table.total, 1));
  const interval = low && high ? { ...high, lower: low.lower } : null;
  const { imageCount, unitCount } = table;
  return estimateWithInterval(whole, interval, { imageCount, unitCount, method });
}

function columnOf(cells: readonly number[], column: 0 | 1): number[] {
  return cells.filter((_, cell) => cell % 2 === column);
}
