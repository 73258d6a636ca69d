import { compareText } from '../kernel/compare-text.ts';
import { DomainError } from '../kernel/errors.ts';
import { sha256Hex } from '../kernel/sha256.ts';

export interface Assignment {
  readonly imageId: string;
  readonly annotator: string;
}

/**
 * Who labels what: every image goes to `ratingsPerImage` of the annotators. Images are dealt in the order of
 * SHA-256("holotype-round/1" ‖ 0x00 ‖ seed ‖ 0x00 ‖ image), each to those who have the fewest so far, ties in the order of
 * the same hash with the annotator's name: loads differ by one at most, everybody meets everybody, and a stranger can
 * deal the same again. Throws BAD_INPUT for more ratings than annotators.
 */
export function dealRound(
  imageIds: readonly string[],
  annotators: readonly string[],
  ratingsPerImage: number,
  seed: string,
): Assignment[] {
  if (!Number.isInteger(ratingsPerImage) || ratingsPerImage < 1 || ratingsPerImage > annotators.length)
    throw new DomainError(
      'BAD_INPUT',
      `ratingsPerImage: ${ratingsPerImage} is not between 1 and the ${annotators.length} annotators named.`,
    );
  const order = inHashOrder(imageIds, (image) => `${seed}\0${image}`);
  const load = new Map(annotators.map((annotator) => [annotator, 0]));
  return order.flatMap((imageId) => {
    const ranked = inHashOrder(annotators, (annotator) => `${seed}\0${imageId}\0${annotator}`);
    const chosen = ranked.toSorted((a, b) => load.get(a)! - load.get(b)!).slice(0, ratingsPerImage);
    for (const annotator of chosen) load.set(annotator, load.get(annotator)! + 1);
    return chosen.map((annotator) => ({ imageId, annotator }));
  });
}

/**
 * What each annotator is to look at again: `share` of what they labelled, at least `least` as far as there are so many
 * (specification §6.7: 5 %, at least 30), the first in the hash order of the seed.
 */
export function dealRepeats(
  labelled: readonly Assignment[],
  share: number,
  least: number,
  seed: string,
): Assignment[] {
  const byAnnotator = new Map<string, Assignment[]>();
  for (const one of labelled)
    byAnnotator.set(one.annotator, [...(byAnnotator.get(one.annotator) ?? []), one]);
  return [...byAnnotator]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([annotator, own]) => {
      const count = Math.min(own.length, Math.max(least, Math.ceil(share * own.length)));
      return inHashOrder(own, ({ imageId }) => `${seed}\0${imageId}\0${annotator}`).slice(0, count);
    });
}

function inHashOrder<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, hash: sha256Hex(`holotype-round/1\0${key(item)}`) }))
    .sort((a, b) => compareText(a.hash, b.hash))
    .map(({ item }) => item);
}
