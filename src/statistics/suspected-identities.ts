import type { ClassRatings } from './class-ratings.ts';
import { confusionGivenOthers } from './confusion-given-others.ts';
import type { DawidSkene } from './dawid-skene.ts';
import { type ItemsWithoutOther, leaveTwoOutPosteriors } from './leave-two-out-posteriors.ts';
import { normalUpperTail } from './normal-upper-tail.ts';

/** Two annotators who agree as if they were one, or one looked at the other. A finding to look into, no proof. */
export interface SuspectedIdentity {
  readonly first: number;
  readonly second: number;
  readonly sharedItems: number;
  readonly agreeing: number;
  /** Items on which they would agree, each judging for himself as well as the others say he does. */
  readonly expected: number;
  /** (agreeing − expected)/(sharedItems − expected): 0 as expected, 1 always. */
  readonly excess: number;
  /** Wollack's ω, and its p times the pairs compared (Bonferroni), at most 1. */
  readonly omega: number;
  readonly p: number;
}

export interface SuspectedIdentitiesOptions {
  /** 30 unless told. */
  readonly fewestItems?: number;
  /** .01 unless told. */
  readonly level?: number;
  /** Share of the room above what is expected, .5 unless told: hard items alone make honest people agree a little more. */
  readonly leastExcess?: number;
}

export interface SuspectedIdentities {
  readonly pairsCompared: number;
  readonly found: readonly SuspectedIdentity[];
}

const FEWEST_ANNOTATORS = 5;

/**
 * Pairs whose agreement is far above what their agreement with the rest foretells: on each shared item that a third person rated
 * too, P(agree) = Σ_c T_c Σ_l π^a_cl π^b_cl, T the posterior of its class from all but the two (`leaveTwoOutPosteriors`), π of
 * each from T and what he said of all his items; ω = (agreeing − ΣP)/√ΣP(1−P). Found where p·pairs ≤ level and the excess is large (a
 * convention of this project). Two copies shape the fit too, which hides, never makes, a finding; fewer than five annotators
 * are not compared. Simulated, eight designs of 5 to 20 people, 50 crowds each: no finding in 400 without a copy; 400 of 400
 * copies found, and one honest pair beside them. The fit is of the same ratings, with a prior. Most excess first. Wollack 1997, Applied Psychological
 * Measurement 21:307, with Dawid and Skene's model in the place of the nominal response model.
 */
export function suspectedIdentities(
  ratings: ClassRatings,
  fit: Pick<DawidSkene, 'classPrior' | 'confusion'>,
  { fewestItems = 30, level = 0.01, leastExcess = 0.5 }: SuspectedIdentitiesOptions = {},
): SuspectedIdentities {
  if (ratings.annotators < FEWEST_ANNOTATORS) return { pairsCompared: 0, found: [] };
  const { pairs, itemsOf } = leaveTwoOutPosteriors(ratings, fit);
  const compared = pairs(fewestItems);
  const found = compared
    .filter(({ sharedItems, agreeing }) => agreeing >= leastExcess * sharedItems)
    .map(({ first, second, sharedItems, agreeing }): SuspectedIdentity => {
      const [own, other] = [itemsOf(first, second), itemsOf(second, first)];
      const { expected, variance } = expectedAgreement(own, other, ratings.classes);
      const [above, room] = [agreeing - expected, sharedItems - expected];
      const omega = variance > 0 ? above / Math.sqrt(variance) : 0;
      return {
        first,
        second,
        sharedItems,
        agreeing,
        expected,
        excess: room > 0 ? above / room : 0,
        omega,
        p: Math.min(1, Math.max(1e-300, normalUpperTail(omega) * compared.length)),
      };
    })
    .filter(({ p, excess }) => p <= level && excess >= leastExcess)
    .sort((a, b) => b.excess - a.excess || a.first - b.first || a.second - b.second);
  return { pairsCompared: compared.length, found };
}

/** Of the items of the one that the other rated too: the sum of P(agree), and of its variance. */
function expectedAgreement(
  { said, otherSaid, posteriors }: ItemsWithoutOther,
  other: ItemsWithoutOther,
  classes: number,
): { expected: number; variance: number } {
  const one = confusionGivenOthers(posteriors, said, classes);
  const two = confusionGivenOthers(other.posteriors, other.said, classes);
  const alike = new Float64Array(classes);
  one.forEach((share, cell) => {
    alike[Math.floor(cell / classes)]! += share * two[cell]!;
  });
  let [expected, variance] = [0, 0];
  for (const [item, label] of otherSaid.entries()) {
    if (label < 0) continue;
    let chance = 0;
    for (let c = 0; c < classes; c += 1) chance += posteriors[item * classes + c]! * alike[c]!;
    expected += chance;
    variance += chance * (1 - chance);
  }
  return { expected, variance: Math.max(0, variance) };
}
