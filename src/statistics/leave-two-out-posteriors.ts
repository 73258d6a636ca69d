import { DomainError } from '../kernel/errors.ts';
import type { ClassRatings } from './class-ratings.ts';
import type { DawidSkene } from './dawid-skene.ts';
import { ratingsByItem } from './ratings-by-item.ts';

/** An annotator's items, another left out. */
export interface ItemsWithoutOther {
  /** What the annotator said of each. */
  readonly said: readonly number[];
  /** What the other said of it; −1: nothing. */
  readonly otherSaid: readonly number[];
  /** P(class c | what all but the two said) of the n-th at n·K + c. */
  readonly posteriors: Float64Array;
}

export interface SharingPair {
  readonly first: number;
  readonly second: number;
  readonly sharedItems: number;
  readonly agreeing: number;
}

export interface LeaveTwoOut {
  /** Those who share `fewest` items or more, in their order. */
  readonly pairs: (fewest: number) => SharingPair[];
  readonly itemsOf: (annotator: number, other: number) => ItemsWithoutOther;
}

/** A probability of 0 would forbid what a later rating shows. */
const LEAST_PROBABILITY = 1e-9;

/**
 * What all but two annotators say of the items of one of the two, by the classes and confusion of a Dawid–Skene fit. Only items
 * that three people rated count, and of people who said several things of an item (in passes, or as a counted group) only the
 * others do.
 */
export function leaveTwoOutPosteriors(
  ratings: ClassRatings,
  { classPrior, confusion }: Pick<DawidSkene, 'classPrior' | 'confusion'>,
): LeaveTwoOut {
  const { annotators, classes } = ratings;
  if (confusion.length !== annotators * classes * classes || classPrior.length !== classes)
    throw new DomainError(
      'INTERNAL',
      'Leave two out: the fit is not of these annotators and classes; fit anew.',
    );
  const { starts, annotatorOf, labelOf, votes } = ratingsByItem(ratings);
  const log = (share: number) => Math.log(Math.max(LEAST_PROBABILITY, share));
  const [logs, logPrior] = [confusion.map(log), classPrior.map(log)];
  const placesOf = Array.from({ length: annotators }, (): { item: number; place: number }[] => []);
  const shared = new Map<number, { sharedItems: number; agreeing: number }>();
  for (let item = 0; item < ratings.items; item += 1) {
    const places = singles(annotatorOf, votes, starts[item]!, starts[item + 1]!);
    for (const [at, place] of places.entries()) {
      placesOf[annotatorOf[place]!]!.push({ item, place });
      for (const other of places.slice(at + 1)) {
        const key = annotatorOf[place]! * annotators + annotatorOf[other]!;
        const pair = shared.get(key) ?? { sharedItems: 0, agreeing: 0 };
        shared.set(key, pair);
        pair.sharedItems += 1;
        pair.agreeing += labelOf[place] === labelOf[other] ? 1 : 0;
      }
    }
  }
  return {
    pairs: (fewest) =>
      [...shared]
        .filter(([, { sharedItems }]) => sharedItems >= fewest)
        .sort(([a], [b]) => a - b)
        .map(([key, counts]) => ({
          first: Math.floor(key / annotators),
          second: key % annotators,
          ...counts,
        })),
    itemsOf: (annotator, other) => {
      const own = placesOf[annotator]!;
      const posteriors = new Float64Array(own.length * classes);
      const otherSaid = own.map(({ item }, index) => {
        const sums = posteriors.subarray(index * classes, (index + 1) * classes);
        sums.set(logPrior);
        let said = -1;
        let times = 0;
        for (let place = starts[item]!; place < starts[item + 1]!; place += 1) {
          if (annotatorOf[place] === other) {
            said = labelOf[place]!;
            times += votes[place]!;
          } else if (annotatorOf[place] !== annotator) {
            const row = annotatorOf[place]! * classes * classes + labelOf[place]!;
            for (let c = 0; c < classes; c += 1) sums[c]! += votes[place]! * logs[row + c * classes]!;
          }
        }
        normalise(sums);
        return times === 1 ? said : -1;
      });
      return { said: own.map(({ place }) => labelOf[place]!), otherSaid, posteriors };
    },
  };
}

/** The places of those who said one thing once, of an item that three rated or more. */
function singles(annotatorOf: Int32Array, votes: Float64Array, from: number, to: number): number[] {
  const places: number[] = [];
  let people = 0;
  for (let place = from; place < to; place += 1) {
    const isSame = (other: number) =>
      other >= from && other < to && annotatorOf[other] === annotatorOf[place];
    if (!isSame(place - 1)) people += 1;
    if (votes[place] === 1 && !isSame(place - 1) && !isSame(place + 1)) places.push(place);
  }
  return people < 3 ? [] : places;
}

function normalise(logs: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of logs) if (value > most) most = value;
  let total = 0;
  for (let c = 0; c < logs.length; c += 1) {
    logs[c] = Math.exp(logs[c]! - most);
    total += logs[c]!;
  }
  for (let c = 0; c < logs.length; c += 1) logs[c]! /= total;
}
