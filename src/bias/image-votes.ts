import type { IdPlaces } from './image-ids.ts';
import { joined } from './joined.ts';
import type { VotePage } from './subject-page.ts';
import { TextPages } from './text-pages.ts';

/** What people and models say of the images as wholes, image by image. */
export interface ImageVotes {
  /** The labels that no other outvotes, in the order of their bytes: `labels` from `offsets[i]` up to `offsets[i + 1]`. */
  readonly offsets: Int32Array;
  readonly labels: Int32Array;
  readonly labelNames: readonly string[];
  /** Images with a label, and those to which one rater gave several. */
  readonly labelledCount: number;
  readonly severalCount: number;
  /** Who labelled the image, where one did alone; else −1. */
  readonly soleRaters: Int32Array;
  readonly raterNames: readonly string[];
}

/**
 * Gathers who gave which image which label. Each rater has one vote for each of its labels, a group as many as people in
 * it. Where shapes are labelled (`countsVotes` false) a label counts once, however many raters saw it.
 */
export class VoteColumns {
  private readonly ids: Uint8Array[] = [];
  private readonly raters = new TextPages();
  private readonly labels = new TextPages();
  private readonly weights: Float64Array[] = [];

  add({ ids, raters, labels, weights }: VotePage): void {
    const count = ids.length / 16;
    this.ids.push(ids);
    this.raters.add(raters, count);
    this.labels.add(labels, count);
    const view = weights && new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
    this.weights.push(Float64Array.from({ length: count }, (_, vote) => view?.getInt32(vote * 4) ?? 1));
  }

  finish(images: IdPlaces, imageCount: number, countsVotes: boolean): ImageVotes {
    const imageOf = joined(
      Int32Array,
      this.ids.map((ids) => images.find(ids)),
    );
    const every = Int32Array.from(imageOf, (_, vote) => vote);
    const raters = this.raters.finish(every);
    const labels = this.labels.finish(every);
    const weights = joined(Float64Array, this.weights);
    const { starts, order } = byImage(imageOf, imageCount);
    const soleRaters = new Int32Array(imageCount).fill(-1);
    const offsets = new Int32Array(imageCount + 1);
    const foremost: number[] = [];
    const tally = new Float64Array(labels.names.length);
    let [labelledCount, severalCount] = [0, 0];
    for (let image = 0; image < imageCount; image += 1) {
      const own = order.subarray(starts[image], starts[image + 1]);
      if (own.length > 0) {
        labelledCount += 1;
        sortVotes(own, raters.codes, labels.codes);
        if (raters.codes[own[0]!] === raters.codes[own.at(-1)!]) soleRaters[image] = raters.codes[own[0]!]!;
        if (tallied(own, raters.codes, labels.codes, weights, tally)) severalCount += 1;
        for (const label of winners(own, labels.codes, tally, countsVotes)) foremost.push(label);
      }
      offsets[image + 1] = foremost.length;
    }
    return {
      offsets,
      labels: Int32Array.from(foremost),
      labelNames: labels.names,
      labelledCount,
      severalCount,
      soleRaters,
      raterNames: raters.names,
    };
  }
}

/** The votes of each image: `order` from `starts[i]` up to `starts[i + 1]`; votes for no image are left out. */
function byImage(imageOf: Int32Array, imageCount: number) {
  const starts = new Int32Array(imageCount + 1);
  for (const image of imageOf) if (image >= 0) starts[image + 1] = starts[image + 1]! + 1;
  for (let image = 0; image < imageCount; image += 1) starts[image + 1] = starts[image + 1]! + starts[image]!;
  const next = starts.slice();
  const order = new Int32Array(starts[imageCount]!);
  imageOf.forEach((image, vote) => {
    if (image < 0) return;
    order[next[image]!] = vote;
    next[image] = next[image]! + 1;
  });
  return { starts, order };
}

/** By rater, then by label: by insertion where there are few. */
function sortVotes(votes: Int32Array, raters: Int32Array, labels: Int32Array): void {
  const compare = (a: number, b: number) => raters[a]! - raters[b]! || labels[a]! - labels[b]!;
  if (votes.length > 16) {
    votes.sort(compare);
    return;
  }
  for (let at = 1; at < votes.length; at += 1) {
    const vote = votes[at]!;
    let before = at - 1;
    for (; before >= 0 && compare(votes[before]!, vote) > 0; before -= 1) votes[before + 1] = votes[before]!;
    votes[before + 1] = vote;
  }
}

/** Adds up the votes for each label, and says whether one rater gave several labels. */
function tallied(
  votes: Int32Array,
  raters: Int32Array,
  labels: Int32Array,
  weights: Float64Array,
  tally: Float64Array,
): boolean {
  let several = false;
  let counted = 0;
  for (let at = 0; at < votes.length; at += 1) {
    const [vote, before] = [votes[at]!, at === 0 ? -1 : votes[at - 1]!];
    const isSameRater = before >= 0 && raters[before] === raters[vote];
    if (isSameRater && labels[before] === labels[vote]) {
      // The same said twice counts once, with the larger number of people.
      const more = Math.max(0, weights[vote]! - counted);
      tally[labels[vote]!] = tally[labels[vote]!]! + more;
      counted += more;
      continue;
    }
    several ||= isSameRater;
    counted = weights[vote]!;
    tally[labels[vote]!] = tally[labels[vote]!]! + counted;
  }
  return several;
}

/** The labels with the most votes, or all, ascending; leaves the tally empty. */
function winners(
  votes: Int32Array,
  labels: Int32Array,
  tally: Float64Array,
  countsVotes: boolean,
): readonly number[] {
  let most = 0;
  if (countsVotes) for (const vote of votes) most = Math.max(most, tally[labels[vote]!]!);
  const found: number[] = [];
  for (const vote of votes) {
    const label = labels[vote]!;
    if (tally[label]! > 0 && tally[label]! >= most) found.push(label);
    tally[label] = 0;
  }
  return found.length > 1 ? found.sort((a, b) => a - b) : found;
}
