import type { ContingencyTable } from './contingency-table.ts';
import { cramersV } from './cramers-v.ts';
import { type Estimate, notEstimable } from './estimate.ts';
import type { Figure } from './figure.ts';
import { independenceTest } from './independence-test.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { NON_NEGATIVE, type Range, SHARE } from './jackknife-interval.ts';
import { jensenShannonDivergence } from './jensen-shannon-divergence.ts';
import { standardizedDifference } from './standardized-difference.ts';
import { sum } from './sum.ts';
import { totalVariation } from './total-variation.ts';

/** Columns of the table: which part is which. */
export interface PartRoles {
  readonly train: number;
  readonly test: number;
  readonly validation: number | null;
}

export interface PartComparison {
  readonly totalVariation: Estimate;
  readonly jensenShannonDivergence: Estimate;
  readonly standardizedDifference: Estimate;
}

export interface PartBalance {
  /** Bias-corrected Cramér V of level and part, over all parts, with its p. */
  readonly association: Estimate;
  readonly testAgainstTrain: PartComparison;
  readonly validationAgainstTrain: PartComparison | null;
  /** Levels without an image in test: a score says nothing of them. */
  readonly unmeasurable: readonly number[];
  /** Levels without an image in train: no model learns them. */
  readonly unseen: readonly number[];
}

/**
 * Whether the parts of a split are alike in one factor or label: rows levels, columns parts. One part with images:
 * NOT_APPLICABLE; an empty part: EMPTY. `random` yields uniform numbers in [0, 1). Bergsma 2013; Lin 1991; Yang & Dalton
 * 2012.
 */
export function partBalance(table: ContingencyTable, roles: PartRoles, random: () => number): PartBalance {
  const { train, test, validation } = roles;
  const [inTrain, inTest] = [
    columnOf(table.total, table.columns, train),
    columnOf(table.total, table.columns, test),
  ];
  const levelsWithout = (part: readonly number[]) =>
    part.flatMap((count, level) => {
      const row = table.total.slice(level * table.columns, (level + 1) * table.columns);
      return count === 0 && sum(row) > 0 ? [level] : [];
    });
  return {
    association: cramersV(table, independenceTest(table, random).p).corrected,
    testAgainstTrain: comparison(table, train, test, 'EMPTY_TEST'),
    validationAgainstTrain:
      validation === null ? null : comparison(table, train, validation, 'EMPTY_VALIDATION'),
    unmeasurable: levelsWithout(inTest),
    unseen: levelsWithout(inTrain),
  };
}

function comparison(
  table: ContingencyTable,
  train: number,
  other: number,
  emptyReason: string,
): PartComparison {
  const { columns, imageCount, unitCount } = table;
  const isEmpty = (part: number) => sum(columnOf(table.total, columns, part)) === 0;
  const fault = isEmpty(other) ? emptyReason : isEmpty(train) ? 'EMPTY_TRAIN' : null;
  type Formula = (one: readonly number[], other: readonly number[]) => Figure;
  const compare = (method: string, range: Range, formula: Formula): Estimate => {
    if (fault !== null) return notEstimable('EMPTY', fault, { imageCount, unitCount, method });
    const parts = (cells: readonly number[]) =>
      formula(columnOf(cells, columns, other), columnOf(cells, columns, train));
    return jackknifeEstimate(table, parts, { method, range });
  };
  return {
    totalVariation: compare('total variation', SHARE, totalVariation),
    jensenShannonDivergence: compare('Jensen–Shannon divergence, bits', SHARE, jensenShannonDivergence),
    standardizedDifference: compare('standardized difference', NON_NEGATIVE, standardizedDifference),
  };
}

function columnOf(cells: readonly number[], columns: number, part: number): number[] {
  return cells.filter((_, cell) => cell % columns === part);
}
