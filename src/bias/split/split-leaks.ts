import type { ReportInput } from '../report-input.ts';
import type { DividedSubjects } from './divided-subjects.ts';
import { type TestShare, testShare } from './split-counts.ts';
import { type DeclaredDuplicates, declaredDuplicates } from './split-declared-duplicates.ts';
import { type ExactDuplicates, exactDuplicates } from './split-duplicates.ts';
import { type KeyLeakage, keyLeakage } from './split-leakage.ts';
import { type NearDuplicates, nearDuplicateLeakage } from './split-near-duplicates.ts';

/** All that stands in two parts; the share is of test images with a unit, a group or any copy in train. */
export interface SplitLeakage extends TestShare {
  readonly keys: readonly KeyLeakage[];
  readonly exact: ExactDuplicates;
  readonly near: NearDuplicates;
  readonly declared: DeclaredDuplicates;
}

export function splitLeakage(divided: DividedSubjects, { request, facts }: ReportInput): SplitLeakage {
  const { personal } = request;
  const keys = keyLeakage(divided, personal);
  const exact = exactDuplicates(divided, personal);
  const near = nearDuplicateLeakage(divided, facts.nearLooks, personal);
  const declared = declaredDuplicates(divided, facts.declaredPairs, personal);
  const faults = keys.filter(({ leakage }) => leakage.weight === 'RED');
  const columns = [...faults, exact, near, declared].map(({ leaked }) => leaked);
  const concerned = new Uint8Array(divided.subjects.imageCount);
  for (const leaked of columns)
    for (let image = 0; image < leaked.length; image += 1) concerned[image]! |= leaked[image]!;
  return {
    keys: keys.map(({ leakage }) => leakage),
    exact: exact.duplicates,
    near: near.near,
    declared: declared.declared,
    ...testShare(concerned, divided, 'share of test images with a unit, group or copy in train', personal),
  };
}
