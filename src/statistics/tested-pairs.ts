import type { ContingencyTable } from './contingency-table.ts';
import { type CellResidual, habermanResiduals } from './haberman-residuals.ts';

/** Label × attribute, with the design effect of its independence test (null: no pair of it is tested). */
export interface AttributeTable {
  readonly table: ContingencyTable;
  readonly designEffect: number | null;
  /** The rows to look at: not the one of a class's absence, which says the same as the one of its presence. */
  readonly rows: readonly number[];
}

/** A class (row) and a value (column) of the attribute at this place in the list. */
export interface TestedPair extends CellResidual {
  readonly attribute: number;
}

const FEWEST_EXPECTED_UNITS = 5;

/** The (class, value) pairs of which at least 5 units are expected, each with the p of its deflated Haberman residual. */
export function testedPairs(attributes: readonly AttributeTable[]): TestedPair[] {
  return attributes.flatMap(({ table, designEffect, rows }, attribute) => {
    const cells = habermanResiduals(table, designEffect).map((cell) => ({ ...cell, attribute }));
    return cells.filter(
      ({ row, p, expectedUnits }) =>
        rows.includes(row) && p !== null && expectedUnits >= FEWEST_EXPECTED_UNITS,
    );
  });
}
