import { findLeakage, type NearPair } from './find-leakage.ts';
import { type SplitCertificate, splitCertificate } from './split-certificate.ts';
import type { SplitAssignment, SplitKeys, SplitRequest, SplitSubject } from './split-strategy.ts';

export interface CertifiedSubject extends SplitSubject {
  readonly unit: string | null;
  readonly session: string | null;
  readonly digest: string | null;
}

/** The certificate of an assignment: leakage by unit, by the split's own key and by looks, and the balance of its parts. */
export function certifySplit(input: {
  request: SplitRequest;
  keys: SplitKeys;
  subjects: readonly CertifiedSubject[];
  assignment: SplitAssignment;
  digest: string;
  /** Null: no image could be compared by its looks. */
  nearPairs: readonly NearPair[] | null;
  waiver: string | null;
}): SplitCertificate {
  const known = (of: (subject: CertifiedSubject) => string | null) =>
    new Map(
      input.subjects.flatMap((subject): [string, string][] =>
        of(subject) === null ? [] : [[subject.image, of(subject)!]],
      ),
    );
  const keys = [
    { key: 'unit', of: known(({ unit }) => unit) },
    ...(input.keys.groupBy === null || input.keys.groupBy === 'unit'
      ? []
      : [{ key: input.keys.groupBy, of: known(({ group }) => group) }]),
  ];
  const leakage = findLeakage({
    assignment: input.assignment,
    groupsByKey: keys.filter(({ of }) => of.size > 0),
    digests: known(({ digest }) => digest),
    nearPairs: input.nearPairs,
  });
  return splitCertificate({
    ...input,
    leakage,
    factors: [{ name: 'session', of: known(({ session }) => session) }].filter(({ of }) => of.size > 0),
  });
}
