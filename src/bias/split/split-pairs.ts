import type { DividedSubjects } from './divided-subjects.ts';

/** A pair of images by their places among the subjects. */
export interface PlacedPair<Pair> {
  readonly pair: Pair;
  readonly first: number;
  readonly second: number;
}

/** The pairs of which both images are in the split; images are looked up only for pairs that there are. */
export function placePairs<Pair extends { readonly first: string; readonly second: string }>(
  pairs: readonly Pair[],
  { subjects }: DividedSubjects,
): PlacedPair<Pair>[] {
  const wanted = new Set(pairs.flatMap(({ first, second }) => [first, second]));
  const places = new Map<string, number>();
  if (wanted.size > 0)
    subjects.identities?.ids.forEach((id, place) => {
      if (wanted.has(id)) places.set(id, place);
    });
  return pairs.flatMap((pair) => {
    const [first, second] = [places.get(pair.first), places.get(pair.second)];
    return first === undefined || second === undefined ? [] : [{ pair, first, second }];
  });
}

/** Whether a score of the first image is one of something that the second taught. */
export function isTwinInTrain(
  first: number,
  second: number,
  { parts: { codes }, roles }: DividedSubjects,
): boolean {
  if (roles.takenBy === 'FOLDS') return codes[first] !== codes[second];
  return codes[first] === roles.test && codes[second] === roles.train;
}
