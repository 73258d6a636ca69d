import type { ContingencyTable } from './contingency-table.ts';
import { cramersV } from './cramers-v.ts';
import type { Estimate } from './estimate.ts';
import { independenceTest } from './independence-test.ts';
import type { BucketedTable } from './jackknife.ts';
import { proportion } from './proportion.ts';
import { withQValues } from './with-q-values.ts';

/** A field's cells [images where it is missing, all images], and its missing indicator (2 rows) by other fields. */
export interface MissingField {
  readonly name: string;
  readonly missing: BucketedTable;
  readonly against: readonly { readonly name: string; readonly table: ContingencyTable }[];
}

export interface MissingFieldReport {
  readonly name: string;
  readonly share: Estimate;
  /** Bias-corrected V of missingness with another field or the label; q over all pairs of the report. */
  readonly dependsOn: readonly { readonly name: string; readonly association: Estimate }[];
}

/**
 * How much metadata is missing, and whether its absence depends on another field: then leaving those images out biases.
 * Little & Rubin 2002, ch. 1. `random` yields uniform numbers in [0, 1).
 */
export function missingMetadata(fields: readonly MissingField[], random: () => number): MissingFieldReport[] {
  const pairs = fields.flatMap(({ against }) => against);
  const family = withQValues(
    pairs.map(({ table }) => cramersV(table, independenceTest(table, random)).corrected),
  );
  let next = 0;
  return fields.map(({ name, missing, against }) => ({
    name,
    share: proportion(missing, 'share missing'),
    dependsOn: against.map((other) => ({ name: other.name, association: family[next++]! })),
  }));
}
