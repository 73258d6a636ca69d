import { DomainError } from '../kernel/errors.ts';
import type { ClassRatings } from './class-ratings.ts';
import type { DawidSkene } from './dawid-skene.ts';
import { normalUpperTail } from './normal-upper-tail.ts';
import { ratingsByItem } from './ratings-by-item.ts';

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

/** A probability of 0 would forbid what a later rating shows. */
const LEAST_PROBABILITY = 1e-9;

/**
 * Pairs whose agreement is far above what their agreement with the rest foretells: on each shared item that a third person rated
 * too, P(agree) = Σ_c T_c Σ_l π^a_cl π^b_cl, T the posterior of its class from all but the two; ω = (agreeing − ΣP)/√ΣP(1−P).
 * Found where p·pairs ≤ level and the excess is large (a convention of this project). The fit is of the same ratings, with a
 * prior; two copies also shape it, which hides, never makes, a finding. Most excess first. O(pairs of ratings of an item · K).
 * Wollack 1997, Applied Psychological Measurement 21:307 (with Dawid and Skene's model in the place of the nominal
 * response model).
 */
export function suspectedIdentities(
  ratings: ClassRatings,
  fit: Pick<DawidSkene, 'classPrior' | 'confusion'>,
  { fewestItems = 30, level = 0.01, leastExcess = 0.5 }: SuspectedIdentitiesOptions = {},
): SuspectedIdentities {
  const compared = comparedPairs(ratings, fit, fewestItems);
  const found = compared
    .map((pair): SuspectedIdentity => {
      const { variance, ...counts } = pair;
      const above = counts.agreeing - counts.expected;
      const omega = variance > 0 ? above / Math.sqrt(variance) : 0;
      const room = counts.sharedItems - counts.expected;
      const p = Math.min(1, Math.max(1e-300, normalUpperTail(omega) * compared.length));
      return { ...counts, excess: room > 0 ? above / room : 0, omega, p };
    })
    .filter(({ p, excess }) => p <= level && excess >= leastExcess)
    .sort((a, b) => b.excess - a.excess || a.first - b.first || a.second - b.second);
  return { pairsCompared: compared.length, found };
}

interface Compared {
  readonly first: number;
  readonly second: number;
  sharedItems: number;
  agreeing: number;
  expected: number;
  variance: number;
}

function comparedPairs(
  ratings: ClassRatings,
  { classPrior, confusion }: Pick<DawidSkene, 'classPrior' | 'confusion'>,
  fewestItems: number,
): Compared[] {
  const { annotators, classes } = ratings;
  if (confusion.length !== annotators * classes * classes || classPrior.length !== classes)
    throw new DomainError(
      'INTERNAL',
      'Suspected identities: the fit is not of these annotators and classes.',
    );
  const { starts, annotatorOf, labelOf, votes } = ratingsByItem(ratings);
  const log = (share: number) => Math.log(Math.max(LEAST_PROBABILITY, share));
  const logs = confusion.map(log);
  const logPrior = classPrior.map(log);
  const posterior = new Float64Array(classes);
  const pairs = pairsOfEnough(fewestItems);
  eachItem((item, places) => {
    const whole = logPrior.slice();
    for (let place = starts[item]!; place < starts[item + 1]!; place += 1) add(whole, place, 1);
    eachPair(places, (key, one, other) => {
      const pair = pairs.get(key);
      if (pair === undefined) return;
      posterior.set(whole);
      add(posterior, one, -1);
      add(posterior, other, -1);
      const chance = expectedAgreement(posterior, pair.agreement);
      pair.sharedItems += 1;
      pair.agreeing += labelOf[one] === labelOf[other] ? 1 : 0;
      pair.expected += chance;
      pair.variance += chance * (1 - chance);
    });
  });
  return [...pairs.values()].map(({ agreement: _, ...pair }) => pair);

  function eachItem(hear: (item: number, places: readonly number[]) => void) {
    for (let item = 0; item < ratings.items; item += 1) {
      const { people, places } = singles(annotatorOf, votes, starts[item]!, starts[item + 1]!);
      if (people >= 3) hear(item, places);
    }
  }

  /** Places ascend with the annotators. */
  function eachPair(places: readonly number[], hear: (key: number, one: number, other: number) => void) {
    for (let at = 0; at < places.length; at += 1)
      for (let beside = at + 1; beside < places.length; beside += 1) {
        const [one, other] = [places[at]!, places[beside]!];
        hear(annotatorOf[one]! * annotators + annotatorOf[other]!, one, other);
      }
  }

  function pairsOfEnough(fewest: number) {
    const shared = new Map<number, number>();
    eachItem((_, places) => {
      eachPair(places, (key) => {
        shared.set(key, (shared.get(key) ?? 0) + 1);
      });
    });
    const counts = { sharedItems: 0, agreeing: 0, expected: 0, variance: 0 };
    return new Map(
      [...shared]
        .filter(([, items]) => items >= fewest)
        .map(([key]) => {
          const [first, second] = [Math.floor(key / annotators), key % annotators];
          return [key, { first, second, ...counts, agreement: agreementOf(first, second) }];
        }),
    );
  }

  function add(to: Float64Array, place: number, sign: 1 | -1) {
    const start = annotatorOf[place]! * classes * classes + labelOf[place]!;
    for (let c = 0; c < classes; c += 1) to[c]! += sign * votes[place]! * logs[start + c * classes]!;
  }

  /** Σ_l π^a_cl π^b_cl of each class c. */
  function agreementOf(first: number, second: number): Float64Array {
    const made = new Float64Array(classes);
    for (let c = 0; c < classes; c += 1)
      for (let l = 0; l < classes; l += 1)
        made[c]! +=
          confusion[(first * classes + c) * classes + l]! * confusion[(second * classes + c) * classes + l]!;
    return made;
  }
}

/** How many rated the item, and the places of those who said one thing once: groups and wavering people are no suspects. */
function singles(annotatorOf: Int32Array, votes: Float64Array, from: number, to: number) {
  const places: number[] = [];
  let people = 0;
  for (let place = from; place < to; place += 1) {
    const isSame = (other: number) =>
      other >= from && other < to && annotatorOf[other] === annotatorOf[place];
    if (!isSame(place - 1)) people += 1;
    if (votes[place] === 1 && !isSame(place - 1) && !isSame(place + 1)) places.push(place);
  }
  return { people, places };
}

function expectedAgreement(logPosterior: Float64Array, agreement: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of logPosterior) if (value > most) most = value;
  let [total, agreeing] = [0, 0];
  for (let c = 0; c < logPosterior.length; c += 1) {
    const share = Math.exp(logPosterior[c]! - most);
    total += share;
    agreeing += share * agreement[c]!;
  }
  return Math.min(1, agreeing / total);
}
