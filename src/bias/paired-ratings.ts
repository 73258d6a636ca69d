import type { Population } from './bias-counts.ts';

/**
 * Ratings of one rater, bucket and label on items with `ratings` ratings each; `pairs` counts the ratings of `other` that
 * other raters gave on the same items. Σ_other pairs = (ratings − 1) × number of own ratings.
 */
export interface PairedRatingsRow {
  readonly bucket: number;
  readonly rater: number;
  readonly label: number;
  readonly ratings: number;
  readonly other: number;
  readonly pairs: number;
}

/** So many images have so many ratings. */
export interface ItemsByRatings {
  readonly ratings: number;
  readonly images: number;
}

export interface AgreementInput {
  readonly population: Population;
  /** Names of the classes that `label` and `other` index. */
  readonly classes: readonly string[];
  readonly raters: readonly string[];
  readonly pairs: readonly PairedRatingsRow[];
  /** Items by their number of ratings, 0 included. */
  readonly overlap: readonly ItemsByRatings[];
  /** Distinct units among items of two ratings or more, in all and by rater. */
  readonly units: number;
  readonly raterUnits: readonly number[];
  /** Ratings that a later one by the same rater on the same image replaced. */
  readonly supersededRatings: number;
  readonly personal: boolean;
}
