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
  /** Of each vote the place of its image; −1: of none. */
  private readonly places: Int32Array[] = [];
  private readonly raters = new TextPages();
  private readonly labels = new TextPages();
  /** Of every vote, or of none. */
  private readonly weights: Float64Array[] = [];

  add({ raters, labels, weights }: VotePage, places: Int32Array): void {
    const count = places.length;
    this.places.push(places);
    this.raters.add(raters, count);
    this.labels.add(labels, count);
    if (weights === null) return;
    const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
    this.weights.push(new Float64Array(count).map((_, vote) => view.getInt32(vote * 4)));
  }

  finish(imageCount: number, countsVotes: boolean): ImageVotes {
    const { starts, order } = byImage(joined(Int32Array, this.places), imageCount);
    const raters = this.raters.finish(order);
    const labels = this.labels.finish(order);
    const arrived = joined(Float64Array, this.weights);
    const weights = arrived.length > 0 ? Float64Array.from(order, (vote) => arrived[vote]!) : null;
    const judged = new Judgement(raters.codes, labels.codes, weights, labels.names.length);
    const soleRaters = new Int32Array(imageCount).fill(-1);
    const offsets = new Int32Array(imageCount + 1);
    const foremost = new Int32Array(order.length);
    let [labelledCount, severalCount, next] = [0, 0, 0];
    for (let image = 0; image < imageCount; image += 1) {
      const [from, to] = [starts[image]!, starts[image + 1]!];
      if (from < to) {
        labelledCount += 1;
        if (judged.isOneRater(from, to)) soleRaters[image] = raters.codes[from]!;
        if (judged.isOneLabel(from, to)) {
          foremost[next] = labels.codes[from]!;
          next += 1;
        } else {
          if (judged.tallySaysSeveral(from, to)) severalCount += 1;
          for (const label of judged.winners(from, to, countsVotes)) {
            foremost[next] = label;
            next += 1;
          }
        }
      }
      offsets[image + 1] = next;
    }
    return {
      offsets,
      labels: foremost.slice(0, next),
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
  for (let vote = 0; vote < imageOf.length; vote += 1) {
    const image = imageOf[vote]!;
    if (image < 0) continue;
    order[next[image]!] = vote;
    next[image] = next[image]! + 1;
  }
  return { starts, order };
}

/** Judges the votes of one image, which stand beside one another. */
class Judgement {
  private readonly tally: Float64Array;
  private readonly raters: Int32Array;
  private readonly labels: Int32Array;
  private readonly weights: Float64Array | null;

  constructor(raters: Int32Array, labels: Int32Array, weights: Float64Array | null, labelCount: number) {
    this.raters = raters;
    this.labels = labels;
    this.weights = weights;
    this.tally = new Float64Array(labelCount);
  }

  isOneRater = (from: number, to: number) => isConstant(this.raters, from, to);
  isOneLabel = (from: number, to: number) => isConstant(this.labels, from, to);

  /** Adds up the votes for each label, and says whether one rater gave several labels. */
  tallySaysSeveral(from: number, to: number): boolean {
    const { raters, labels, tally } = this;
    const order = Int32Array.from({ length: to - from }, (_, vote) => from + vote);
    const compare = (a: number, b: number) => raters[a]! - raters[b]! || labels[a]! - labels[b]!;
    if (order.length > 16) order.sort(compare);
    else insertionSort(order, compare);
    let several = false;
    let [before, counted] = [-1, 0];
    for (const vote of order) {
      const label = labels[vote]!;
      const isSameRater = before >= 0 && raters[before] === raters[vote];
      if (isSameRater && labels[before] !== label) several = true;
      // The same said twice counts once, with the larger number of people.
      if (!isSameRater || labels[before] !== label) counted = 0;
      const more = Math.max(0, (this.weights?.[vote] ?? 1) - counted);
      tally[label] = tally[label]! + more;
      counted += more;
      before = vote;
    }
    return several;
  }

  /** The labels with the most votes, or all, ascending; leaves the tally empty. */
  winners(from: number, to: number, countsVotes: boolean): readonly number[] {
    const { labels, tally } = this;
    let most = 0;
    if (countsVotes) for (let vote = from; vote < to; vote += 1) most = Math.max(most, tally[labels[vote]!]!);
    const found: number[] = [];
    for (let vote = from; vote < to; vote += 1) {
      const label = labels[vote]!;
      if (tally[label]! > 0 && tally[label]! >= most) found.push(label);
      tally[label] = 0;
    }
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
  }
}

function isConstant(codes: Int32Array, from: number, to: number): boolean {
  for (let vote = from + 1; vote < to; vote += 1) if (codes[vote] !== codes[from]) return false;
  return true;
}

/** Of a handful, quicker than the general one. */
function insertionSort(values: Int32Array, compare: (a: number, b: number) => number): void {
  for (let at = 1; at < values.length; at += 1) {
    const value = values[at]!;
    let before = at - 1;
    for (; before >= 0 && compare(values[before]!, value) > 0; before -= 1)
      values[before + 1] = values[before]!;
    values[before + 1] = value;
  }
}
