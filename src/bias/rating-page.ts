/** CLASS: classes of whole images; VALUE: numbers, by attribute. */
export type RatingKind = 'CLASS' | 'VALUE';

/** What is known before any rating is read. */
export interface RatingPlan {
  /** Classes declared at the revision, in their order. */
  readonly classes: readonly string[];
  /** Annotators who stand for raters that are only counted. */
  readonly groups: readonly string[];
}

/** The columns of some kept images, in any order. Text columns are JSON arrays. */
export interface RatedImagesPage {
  /** 16 bytes each. */
  readonly ids: Uint8Array;
  readonly units: string;
  readonly unitKnown: string;
  readonly buckets: string;
}

/** Some ratings, in any order, of any images. Text columns are JSON arrays, null where unknown. */
export interface RatingsPage {
  /** Of the images, 16 bytes each. */
  readonly ids: Uint8Array;
  readonly raters: string;
  /** Classes, or attributes. */
  readonly labels: string;
  /** VALUE: what is given, decimals. */
  readonly values: string | null;
  /** Since which revision it holds; null: all since the same one. */
  readonly since: string | null;
  /** When it was given; null: of none is known. */
  readonly moments: string | null;
  /** Null: 1 each. */
  readonly votes: string | null;
}
