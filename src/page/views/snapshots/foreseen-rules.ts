import type { SnapshotsHeadData } from './snapshots-query.ts';

export type Rule = NonNullable<SnapshotsHeadData['publicationRules']>['rules'][number];
export type Foreseen = 'PASSED' | 'FAILED' | 'AWAITED' | 'LATER';

/** What can be told of a rule before anything is made; the server judges them all when it is proposed. */
export function foresee(
  { kind }: Rule,
  { licence, dataUseTerms, guidelines, splits }: SnapshotsHeadData,
  chosen: readonly string[],
): Foreseen {
  switch (kind) {
    case 'LICENCE_PRESENT':
      return licence === null ? 'FAILED' : 'PASSED';
    case 'DATA_USE_TERMS_PRESENT':
      return dataUseTerms.length === 0 ? 'FAILED' : 'PASSED';
    case 'GUIDELINE_PRESENT':
      return guidelines.length === 0 ? 'FAILED' : 'LATER';
    case 'SPLIT_PRESENT':
      return chosen.length === 0 ? 'FAILED' : 'PASSED';
    case 'NO_RED_LEAKAGE':
      if (chosen.length === 0) return 'PASSED';
      return splits.nodes.some(({ name, certificate }) => chosen.includes(name) && certificate.leaks)
        ? 'FAILED'
        : 'LATER';
    case 'REVIEWED_BY_ANOTHER':
      return 'AWAITED';
    default:
      return 'LATER';
  }
}
