import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { type ContingencyTable, type Margins, margins } from './contingency-table.ts';
import { estimate } from './estimate.ts';
import { type CellResidual, habermanResiduals } from './haberman-residuals.ts';
import type { BucketedTable } from './jackknife.ts';
import { type PairAssociation, pairAssociation } from './pair-association.ts';

/** Label × attribute, with the design effect of its independence test (null: no pair of it is tested). */
export interface AttributeTable {
  readonly table: ContingencyTable;
  readonly designEffect: number | null;
}

/** A class (row) and a value (column) of the attribute at this place in the list. */
export interface TellingPair extends CellResidual, PairAssociation {
  readonly attribute: number;
}

const FEWEST_EXPECTED_UNITS = 5;
const LARGEST_Q = 0.05;
const LONGEST_LIST = 50;

/**
 * The (class, value) pairs a person can act on, over all attributes of a report: at least 5 units expected, q ≤ .05 of
 * the deflated Haberman residual, by falling |NPMI|, at most 50. Their intervals are at level 1 − .05·(selected/tested),
 * so that of the intervals shown 5 % miss (Benjamini & Yekutieli 2005, JASA 100:71).
 */
export function tellingPairs(attributes: readonly AttributeTable[]): TellingPair[] {
  const tested = attributes.flatMap(({ table, designEffect }, attribute) =>
    habermanResiduals(table, designEffect)
      .filter((cell) => cell.p !== null && cell.expectedUnits >= FEWEST_EXPECTED_UNITS)
      .map((cell) => ({ ...cell, attribute })),
  );
  const q = benjaminiHochberg(tested.map(({ p }) => p));
  const selected = tested.flatMap((cell, index) => (q[index]! <= LARGEST_Q ? [{ cell, q: q[index]! }] : []));
  const level = 1 - LARGEST_Q * (selected.length / Math.max(1, tested.length));
  const bucketMargins = attributes.map(({ table }) =>
    table.buckets.map((bucket) => margins(bucket, table.columns)),
  );
  const pairs = selected.map(({ cell, q }) => {
    const { table, designEffect } = attributes[cell.attribute]!;
    const cells = pairTable(table, bucketMargins[cell.attribute]!, cell.row, cell.column);
    const pair = pairAssociation(cells, designEffect ?? 1, level);
    const withTest = { p: cell.p, q };
    return {
      ...cell,
      lift: estimate({ ...pair.lift, ...withTest }),
      npmi: estimate({ ...pair.npmi, ...withTest }),
    };
  });
  const strength = (pair: TellingPair) => Math.abs(pair.npmi.value ?? 0);
  return pairs.sort((a, b) => strength(b) - strength(a)).slice(0, LONGEST_LIST);
}

/** The cells [n_ij, n_i, n_j, N] of one pair, of the whole table and of each bucket. */
function pairTable(
  table: ContingencyTable,
  bucketMargins: readonly Margins[],
  row: number,
  column: number,
): BucketedTable {
  const cell = row * table.columns + column;
  const four = (cells: readonly number[], sums: Margins) => [
    cells[cell]!,
    sums.rows[row]!,
    sums.columns[column]!,
    sums.total,
  ];
  return {
    imageCount: table.imageCount,
    unitCount: table.unitCount,
    total: four(table.total, margins(table.total, table.columns)),
    buckets: table.buckets.map((bucket, index) => four(bucket, bucketMargins[index]!)),
  };
}
