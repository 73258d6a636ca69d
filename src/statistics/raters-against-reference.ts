import type { ClassRatings } from './class-ratings.ts';
import type { AgainstReference } from './rater-equals-reference.ts';

/**
 * Of each rater, on how many items that the reference labels there is a label, and on how many the same one; `referenceOf` of each
 * item a class, −1 where it has none. Ratings of one item in several passes count each.
 */
export function ratersAgainstReference(
  { annotators, itemOf, annotatorOf, labelOf }: ClassRatings,
  referenceOf: Int32Array,
): AgainstReference[] {
  const items = new Int32Array(annotators);
  const equal = new Int32Array(annotators);
  for (let rating = 0; rating < itemOf.length; rating += 1) {
    const reference = referenceOf[itemOf[rating]!]!;
    if (reference < 0) continue;
    const rater = annotatorOf[rating]!;
    items[rater]! += 1;
    if (labelOf[rating] === reference) equal[rater]! += 1;
  }
  return Array.from(items, (count, rater) => ({ rater, items: count, equal: equal[rater]! }));
}
