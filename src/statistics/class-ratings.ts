import { DomainError } from '../kernel/errors.ts';

/**
 * Ratings as columns: rating r says that item `itemOf[r]` is of class `labelOf[r]`, in the words of `annotatorOf[r]`. Codes
 * count from 0. `votes`: how often it was said (an unnamed group that was only counted), above 0; absent: once each.
 */
export interface ClassRatings {
  readonly items: number;
  readonly annotators: number;
  readonly classes: number;
  readonly itemOf: Int32Array;
  readonly annotatorOf: Int32Array;
  readonly labelOf: Int32Array;
  readonly votes?: ArrayLike<number>;
}

/** Refuses columns of unequal length, codes out of range and votes that are not above 0, before they become figures. */
export function requireClassRatings(ratings: ClassRatings): void {
  const { itemOf, annotatorOf, labelOf, votes } = ratings;
  const length = itemOf.length;
  if (annotatorOf.length !== length || labelOf.length !== length || (votes?.length ?? length) !== length)
    throw defect(
      `columns of ${length}, ${annotatorOf.length} and ${labelOf.length} ratings; give as many of each`,
    );
  const columns = [
    ['item', itemOf, ratings.items],
    ['annotator', annotatorOf, ratings.annotators],
    ['class', labelOf, ratings.classes],
  ] as const;
  for (const [name, codes, levels] of columns)
    for (let rating = 0; rating < length; rating += 1)
      if (codes[rating]! < 0 || codes[rating]! >= levels)
        throw defect(`rating ${rating} has ${name} ${codes[rating]} of ${levels}; code them from 0`);
  if (votes === undefined) return;
  for (let rating = 0; rating < length; rating += 1)
    if (!(votes[rating]! > 0 && votes[rating]! < Number.POSITIVE_INFINITY))
      throw defect(`rating ${rating} has ${votes[rating]} votes; leave out what nobody said`);
}

function defect(what: string): DomainError {
  return new DomainError('INTERNAL', `Ratings: ${what}.`);
}
