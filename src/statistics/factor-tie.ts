import { type ContingencyTable, expectedCounts, margins } from './contingency-table.ts';
import { cramersV } from './cramers-v.ts';
import type { Estimate } from './estimate.ts';
import { independenceDesignEffect } from './independence-design-effect.ts';

/** Two values that meet oftener than by chance. */
export interface DominatingCell {
  readonly row: number;
  readonly column: number;
}

export interface FactorTie {
  /** Bias-corrected V. */
  readonly association: Estimate;
  /** The cell that adds most to X² of those above what is expected; null: none is. */
  readonly dominating: DominatingCell | null;
}

/** How strongly two factors (rows and columns) are tied, and by which of their values most (`cramersV`). */
export function factorTie(table: ContingencyTable): FactorTie {
  const expected = expectedCounts(margins(table.total, table.columns));
  let [cell, most] = [-1, 0];
  table.total.forEach((images, at) => {
    const excess = images - expected[at]!;
    const part = excess > 0 ? excess ** 2 / expected[at]! : 0;
    if (part > most) [cell, most] = [at, part];
  });
  const column = cell % table.columns;
  const dominating = cell < 0 ? null : { row: (cell - column) / table.columns, column };
  return {
    association: cramersV(table, { designEffect: independenceDesignEffect(table) }).corrected,
    dominating,
  };
}
