import type { ClassAgreement } from '../../statistics/agreement.ts';
import { classKappa } from '../../statistics/class-kappa.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';

export interface NamedClassAgreement extends ClassAgreement {
  readonly label: string;
  /** κ of the class against the rest. */
  readonly kappa: Estimate;
}

const LONGEST_CLASS_LIST = 200;

/** The classes that somebody gave beside somebody else: the lowest α first, at most 200. */
export function classAgreements(
  names: readonly string[],
  measured: readonly ClassAgreement[],
  tableOf: (c: number) => BucketedTable,
): NamedClassAgreement[] {
  return measured
    .map((made, c) => ({ label: names[c]!, ...made, kappa: classKappa(tableOf(c)) }))
    .filter(({ sameGivenOne }) => sameGivenOne.reason !== 'CLASS_NOT_USED')
    .sort((a, b) => (a.alpha.value ?? 2) - (b.alpha.value ?? 2))
    .slice(0, LONGEST_CLASS_LIST);
}
