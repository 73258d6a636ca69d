import { type Margins, margins } from './contingency-table.ts';
import { estimate } from './estimate.ts';
import type { BucketedTable } from './jackknife.ts';
import { type PairAssociation, pairAssociation } from './pair-association.ts';
import type { AttributeTable, TestedPair } from './tested-pairs.ts';

export interface TellingPair extends TestedPair, PairAssociation {
  /** Cells [n_ij, n_i, n_j, N]: images of both, of the class, of the value, and all. */
  readonly sums: BucketedTable;
  /** Of all intervals of the list. */
  readonly level: number;
}

const LARGEST_Q = 0.05;
const LONGEST_LIST = 50;

/**
 * The (class, value) pairs a person can act on, over all attributes of a report: those tested with q ≤ .05 (`q` of each, over
 * the family it belongs to), by falling |NPMI|, at most 50. Their intervals are at level 1 − .05·(selected/tested), so that
 * of the intervals shown 5 % miss (Benjamini & Yekutieli 2005, JASA 100:71).
 */
export function tellingPairs(
  attributes: readonly AttributeTable[],
  tested: readonly TestedPair[],
  q: readonly (number | null)[],
): TellingPair[] {
  const totals = attributes.map(({ table }) => margins(table.total, table.columns));
  const selected = tested.flatMap((cell, index) => {
    const own = q[index] ?? null;
    if (own === null || own > LARGEST_Q) return [];
    const { table } = attributes[cell.attribute]!;
    const total = fourSums(table.total, totals[cell.attribute]!, cell);
    const { npmi } = pairAssociation({ ...table, total, buckets: [] }, 1);
    return [{ cell, q: own, total, strength: Math.abs(npmi.value ?? 0) }];
  });
  const level = 1 - LARGEST_Q * (selected.length / Math.max(1, tested.length));
  const listed = selected.toSorted((a, b) => b.strength - a.strength).slice(0, LONGEST_LIST);
  const bucketMargins = new Map<number, Margins[]>();
  return listed.map(({ cell, q, total }) => {
    const { table, designEffect } = attributes[cell.attribute]!;
    const ofBuckets =
      bucketMargins.get(cell.attribute) ?? table.buckets.map((bucket) => margins(bucket, table.columns));
    bucketMargins.set(cell.attribute, ofBuckets);
    const buckets = table.buckets.map((bucket, index) => fourSums(bucket, ofBuckets[index]!, cell));
    const sums = { total, buckets, imageCount: table.imageCount, unitCount: table.unitCount };
    const { lift, npmi } = pairAssociation(sums, designEffect ?? 1, level);
    const test = { p: cell.p, q };
    return {
      ...cell,
      sums,
      level,
      lift: estimate({ ...lift, ...test }),
      npmi: estimate({ ...npmi, ...test }),
    };
  });
}

function fourSums(cells: readonly number[], sums: Margins, { row, column }: TestedPair): number[] {
  return [cells[row * sums.columns.length + column]!, sums.rows[row]!, sums.columns[column]!, sums.total];
}
