import type { ClassRatings } from './class-ratings.ts';
import type { DawidSkene } from './dawid-skene.ts';
import {
  type CodedStatements,
  type IdenticalStatements,
  identicalStatements,
} from './identical-statements.ts';
import { raterEqualsReference, type SuspectedReference } from './rater-equals-reference.ts';
import { ratersAgainstReference } from './raters-against-reference.ts';
import { type SuspectedIdentity, suspectedIdentities } from './suspected-identities.ts';

/** A suspicion that names are not persons, and what it rests on; for a person to look into, never acted upon. */
export type IdentityFinding =
  | ({ readonly kind: 'IMPROBABLE_AGREEMENT' } & SuspectedIdentity)
  | ({ readonly kind: 'IDENTICAL_STATEMENTS' } & IdenticalStatements)
  | ({ readonly kind: 'EQUALS_REFERENCE' } & SuspectedReference);

export interface IdentityEvidence {
  readonly ratings?: ClassRatings;
  /** Of the same ratings; without it agreement cannot be judged. */
  readonly fit?: Pick<DawidSkene, 'classPrior' | 'confusion'>;
  /** Masks, boxes, numbers, coded by content. */
  readonly statements?: CodedStatements;
  /** Of each item the class a gold standard or an imported consensus gives it, −1 for none. */
  readonly referenceOf?: Int32Array;
}

/** All suspicions about who raters are, surest kind first: identical statements, equal to the reference, improbable agreement. */
export function identityFindings({
  ratings,
  fit,
  statements,
  referenceOf,
}: IdentityEvidence): IdentityFinding[] {
  const identical = statements === undefined ? [] : identicalStatements(statements);
  const equal =
    ratings === undefined || referenceOf === undefined
      ? []
      : raterEqualsReference(ratersAgainstReference(ratings, referenceOf));
  const alike = ratings === undefined || fit === undefined ? [] : suspectedIdentities(ratings, fit).found;
  return [
    ...identical.map((found) => ({ kind: 'IDENTICAL_STATEMENTS' as const, ...found })),
    ...equal.map((found) => ({ kind: 'EQUALS_REFERENCE' as const, ...found })),
    ...alike.map((found) => ({ kind: 'IMPROBABLE_AGREEMENT' as const, ...found })),
  ];
}
