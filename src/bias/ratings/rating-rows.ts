import { joined } from '../subjects/joined.ts';
import { TextPages } from '../subjects/text-pages.ts';
import type { RatingsPage } from './rating-page.ts';

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
  private readonly raters = new TextPages();
  private readonly labels = new TextPages();
  private readonly values: number[][] = [];
  private readonly since: number[][] = [];
  private readonly moments = new TextPages();
  private readonly votes: number[][] = [];
  private dated = 0;
  private count = 0;

  /** Adds a page of ratings of the images with these codes. */
  add(page: RatingsPage, images: Int32Array): void {
    this.images.push(images);
    this.raters.add(page.raters, images.length);
    this.labels.add(page.labels, images.length);
    if (page.values !== null) this.values.push((JSON.parse(page.values) as string[]).map(finite));
    if (page.since !== null) this.since.push(JSON.parse(page.since));
    if (page.moments !== null) {
      this.moments.add(page.moments, images.length);
      this.dated += images.length;
    }
    if (page.votes !== null) this.votes.push(JSON.parse(page.votes));
    this.count += images.length;
  }

  finish(): RatingRows {
    const rows = new Int32Array(this.count).map((_, row) => row);
    const [raters, labels] = [this.raters.finish(rows), this.labels.finish(rows)];
    return {
      count: this.count,
      images: joined(Int32Array, this.images),
      raterOf: raters.codes,
      raters: raters.names,
      labelOf: labels.codes,
      labels: labels.names,
      values: this.values.length === 0 ? null : Float64Array.from(this.values.flat()),
      since: this.since.length === 0 ? null : Int32Array.from(this.since.flat()),
      moments: this.dated === 0 ? null : this.moments.finish(rows).codes,
      votes: this.votes.length === 0 ? null : Int32Array.from(this.votes.flat()),
    };
  }
}

function finite(text: string): number {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : Number.NaN;
}
