import type { ContingencyTable } from './contingency-table.ts';
import { cramersV } from './cramers-v.ts';
import { type Estimate, notEstimable } from './estimate.ts';
import type { Figure } from './figure.ts';
import { independenceTest } from './independence-test.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { NON_NEGATIVE, type Range, SHARE } from './jackknife-interval.ts';
import { jensenShannonDivergence } from './jensen-shannon-divergence.ts';
import type { ComparedParts } from './random-assignment-null.ts';
import { standardizedDifference } from './standardized-difference.ts';
import { sum } from './sum.ts';
import { totalVariation } from './total-variation.ts';

/** Columns of the table that are compared, and the reason given where the first of them hold no image. */
export interface PartsToCompare extends ComparedParts {
  readonly emptyReason: string;
}

export interface PartComparison {
  readonly totalVariation: Estimate;
  readonly jensenShannonDivergence: Estimate;
  readonly standardizedDifference: Estimate;
  /** Levels without an image in the first (test): a score says nothing of them. */
  readonly unmeasurable: readonly number[];
  /** Levels without an image in the second (train): no model learns them. */
  readonly unseen: readonly number[];
}

export interface PartBalance {
  /** Bias-corrected Cramér V of level and part, over all parts, with its p. */
  readonly association: Estimate;
  readonly comparisons: readonly PartComparison[];
}

/**
 * Whether the parts of a split are alike in one factor or label: rows levels, columns parts. One part with images:
 * NOT_APPLICABLE; an empty side: EMPTY. `random` yields uniform numbers in [0, 1). Bergsma 2013; Lin 1991; Yang & Dalton
 * 2012.
 */
export function partBalance(
  table: ContingencyTable,
  comparisons: readonly PartsToCompare[],
  random: () => number,
): PartBalance {
  return {
    association: cramersV(table, independenceTest(table, random)).corrected,
    comparisons: comparisons.map((compared) => comparison(table, compared)),
  };
}

function comparison(table: ContingencyTable, { of, against, emptyReason }: PartsToCompare): PartComparison {
  const { columns, imageCount, unitCount } = table;
  const levelCounts = (cells: readonly number[]) =>
    [of, against].map((parts) => columnsOf(cells, columns, parts)) as [number[], number[]];
  const sides = levelCounts(table.total);
  const fault = sum(sides[0]) === 0 ? emptyReason : sum(sides[1]) === 0 ? 'EMPTY_TRAIN' : null;
  type Formula = (one: readonly number[], other: readonly number[]) => Figure;
  const compare = (method: string, range: Range, formula: Formula): Estimate => {
    if (fault !== null) return notEstimable('EMPTY', fault, { imageCount, unitCount, method });
    return jackknifeEstimate(table, (cells) => formula(...levelCounts(cells)), { method, range });
  };
  const levelsWithout = (side: readonly number[]) =>
    side.flatMap((count, level) => {
      const row = table.total.slice(level * columns, (level + 1) * columns);
      return count === 0 && sum(row) > 0 ? [level] : [];
    });
  return {
    totalVariation: compare('total variation', SHARE, totalVariation),
    jensenShannonDivergence: compare('Jensen–Shannon divergence, bits', SHARE, jensenShannonDivergence),
    standardizedDifference: compare('standardized difference', NON_NEGATIVE, standardizedDifference),
    unmeasurable: levelsWithout(sides[0]),
    unseen: levelsWithout(sides[1]),
  };
}

/** Of each level, the count in these columns together. */
function columnsOf(cells: readonly number[], columns: number, parts: readonly number[]): number[] {
  return Array.from({ length: columns === 0 ? 0 : cells.length / columns }, (_, level) =>
    parts.reduce((count, part) => count + cells[level * columns + part]!, 0),
  );
}
