import type { RatingsPage } from './rating-page.ts';
import { TextColumn } from './text-column.ts';

/** Ratings as they came, column by column; text coded in the order of the names' UTF-8 bytes. */
export interface RatingRows {
  readonly count: number;
  /** The code of its image. */
  readonly images: Int32Array;
  readonly raterOf: Int32Array;
  readonly raters: readonly string[];
  readonly labelOf: Int32Array;
  readonly labels: readonly string[];
  /** NaN where it is no number. */
  readonly values: Float64Array | null;
  readonly since: Int32Array | null;
  /** In their order; −1: unknown. */
  readonly moments: Int32Array | null;
  readonly votes: Int32Array | null;
}

/** Gathers pages of ratings. */
export class RatingRowsBuilder {
  private readonly images: Int32Array[] = [];
  private readonly raters = new TextColumn();
  private readonly labels = new TextColumn();
  private readonly values: number[][] = [];
  private readonly since: number[][] = [];
  private readonly moments = new TextColumn();
  private readonly votes: number[][] = [];
  private count = 0;

  /** Adds a page of ratings of the images with these codes. */
  add(page: RatingsPage, images: Int32Array): void {
    this.images.push(images);
    this.raters.add(page.raters);
    this.labels.add(page.labels);
    if (page.values !== null) this.values.push((JSON.parse(page.values) as string[]).map(finite));
    if (page.since !== null) this.since.push(JSON.parse(page.since));
    if (page.moments !== null) this.moments.add(page.moments);
    if (page.votes !== null) this.votes.push(JSON.parse(page.votes));
    this.count += images.length;
  }

  finish(): RatingRows {
    const [raters, labels, moments] = [this.raters.finish(), this.labels.finish(), this.moments.finish()];
    return {
      count: this.count,
      images: flat(Int32Array, this.images),
      raterOf: raters.codes,
      raters: raters.names,
      labelOf: labels.codes,
      labels: labels.names,
      values: this.values.length === 0 ? null : flat(Float64Array, this.values),
      since: this.since.length === 0 ? null : flat(Int32Array, this.since),
      moments: moments.codes.length === 0 ? null : moments.codes,
      votes: this.votes.length === 0 ? null : flat(Int32Array, this.votes),
    };
  }
}

function finite(text: string): number {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : Number.NaN;
}

function flat<T extends Int32Array | Float64Array>(
  type: new (length: number) => T,
  chunks: readonly ArrayLike<number>[],
): T {
  const whole = new type(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
