/**
 * What raters say of n items, item by item: the ratings of item i stand from `offsets[i]` up to `offsets[i + 1]`. A named rater
 * has one rating an item.
 */
export interface RatedColumns {
  readonly itemCount: number;
  readonly offsets: Int32Array;
  /** Of each rating: its class, 0 … classCount−1. */
  readonly classOf: Int16Array;
  /** Of each rating: its rater, 0 … raterCount−1; −1: raters who are only counted. */
  readonly raterOf: Int32Array;
  /** Of each rating: how many gave it; 1 of a named rater. */
  readonly votes: Int32Array;
  /** Of each item: its unit, and the jackknife bucket of that, 0 … bucketCount−1. */
  readonly unitOf: Int32Array;
  readonly bucketOf: Uint8Array;
  readonly unitCount: number;
  readonly bucketCount: number;
  readonly classCount: number;
  readonly raterCount: number;
}
