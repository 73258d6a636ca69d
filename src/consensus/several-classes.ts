import { compareText } from '../kernel/compare-text.ts';
import type { ClassItem } from './class-consensus.ts';
import type { ImageRatings, Rating } from './image-ratings.ts';
import { decimalText } from './share-text.ts';

/** As the reports decide it: more than 1 % of the images that people labelled. */
const LEAST_SHARE = 0.01;

/**
 * Whether images show several classes: whether on more than 1 % of those labelled somebody gave two at the first look. Then
 * none of a rater's classes takes another's place.
 */
export function showsSeveralClasses(images: readonly ImageRatings[]): boolean {
  let [labelled, several] = [0, 0];
  for (const image of images) {
    const given = [...classesByRater(image).values()];
    if (given.length > 0) labelled += 1;
    if (given.some(({ size }) => size > 1)) several += 1;
  }
  return several > LEAST_SHARE * labelled;
}

/**
 * The share of an image's raters who gave each class, each class by itself: the shares need not sum to 1, and no class is the
 * likeliest. People who are only counted are left out, for nobody knows how many of them gave none. Null: nobody labelled it.
 */
export function presenceItem(image: ImageRatings): ClassItem | null {
  const byRater = classesByRater(image);
  if (byRater.size === 0) return null;
  const votes = new Map<string, number>();
  for (const classes of byRater.values())
    for (const label of classes) votes.set(label, (votes.get(label) ?? 0) + 1);
  const counted = [...votes].sort(([a], [b]) => compareText(a, b));
  return {
    image: image.imageId,
    method: 'VOTE_SHARE',
    label: null,
    ties: [],
    soft: counted.map(([label, count]) => ({ label, share: decimalText(count / byRater.size) })),
    entropy: null,
    votes: counted.map(([label, count]) => ({ label, votes: count })),
  };
}

function classesByRater({ ratings }: ImageRatings): Map<string, Set<string>> {
  const isFirst = ({ kind, label, pass, isGroup }: Rating) =>
    kind === 'CLASS' && label !== null && pass === 1 && !isGroup;
  const given = new Map<string, Set<string>>();
  for (const { annotator, label } of ratings.filter(isFirst))
    given.set(annotator, (given.get(annotator) ?? new Set()).add(label!));
  return given;
}
