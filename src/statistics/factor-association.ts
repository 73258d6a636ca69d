import type { ContingencyTable } from './contingency-table.ts';
import { type CramersV, cramersV } from './cramers-v.ts';
import { independenceTest } from './independence-test.ts';
import { type MutualInformation, mutualInformation } from './mutual-information.ts';
import type { TestResult } from './test-result.ts';

export interface FactorAssociation extends CramersV, MutualInformation {
  readonly test: TestResult;
}

/**
 * Could the label (rows) be guessed from this attribute (columns)? All measures of specification §3 on one table, with
 * the clustered test of independence. `random` yields uniform numbers in [0, 1), drawn on for small expected counts.
 */
export function factorAssociation(table: ContingencyTable, random: () => number): FactorAssociation {
  const test = independenceTest(table, random);
  return { test, ...cramersV(table, test), ...mutualInformation(table) };
}
