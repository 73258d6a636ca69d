/** CLASS: classes of whole images; VALUE: numbers, by attribute. */
export type RatingKind = 'CLASS' | 'VALUE';

/** What is known before any rating is read. */
export interface RatingPlan {
  /** Classes declared at the revision, in their order. */
  readonly classes: readonly string[];
  /** Annotators who stand for raters that are only counted. */
  readonly groups: readonly string[];
}

/** The columns of some kept images, in any order. Texts are UTF-8, parted by 0x00. */
export interface RatedImagesPage {
  /** 16 bytes each. */
  readonly ids: Uint8Array;
  readonly units: Uint8Array;
  /** A byte each. */
  readonly unitKnown: Uint8Array;
  readonly buckets: Uint8Array;
}

/** Some ratings, in any order, of any images. Texts are UTF-8, parted by 0x00, 0xFF where unknown; numbers are JSON arrays. */
export interface RatingsPage {
  /** Of the images, 16 bytes each. */
  readonly ids: Uint8Array;
  readonly raters: Uint8Array;
  /** Classes, or attributes. */
  readonly labels: Uint8Array;
  /** VALUE: what is given, decimals. */
  readonly values: string | null;
  /** Since which revision it holds; null: all since the same one. */
  readonly since: string | null;
  /** When it was given; null: of none is known. */
  readonly moments: Uint8Array | null;
  /** Null: 1 each. */
  readonly votes: string | null;
}
