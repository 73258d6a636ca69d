import type { FactorOrigin } from './subjects.ts';

export type DerivedFactor = 'captureDate' | 'captureHour' | 'annotator';

export interface FactorColumn {
  readonly name: string;
  readonly kind: 'NOMINAL' | 'CONTINUOUS';
  readonly origin: FactorOrigin;
}

/** What a scan reads of each image, and under which names. */
export interface ScanPlan {
  readonly factors: readonly FactorColumn[];
  readonly groupKeys: readonly string[];
  readonly measures: readonly string[];
  /** Classes declared at the revision, in their order. */
  readonly classes: readonly string[];
  /** Whether any whole image has a class; else the classes of its shapes count. */
  readonly wholeImageClasses: boolean;
  readonly hasParts: boolean;
  /** Whether ids and digests are read. */
  readonly hasIdentities: boolean;
}

/** Pages of images come first, then those of what was said of them. */
export type SubjectPage = ImagePage | VotePage;

/**
 * The columns of some images, in any order; null where no image of the scan has a value. Texts are UTF-8, parted by 0x00,
 * and the single byte 0xFF where unknown; numbers are big-endian doubles, NaN where unknown.
 */
export interface ImagePage {
  readonly of: 'IMAGES';
  /** 16 bytes each. */
  readonly ids: Uint8Array;
  readonly units: Uint8Array;
  /** 0 or 1 each. */
  readonly unitKnown: Uint8Array;
  readonly buckets: Uint8Array;
  readonly captured: Uint8Array | null;
  readonly stages: Uint8Array | null;
  readonly reasons: Uint8Array | null;
  readonly excludedBy: Uint8Array | null;
  readonly parts: Uint8Array | null;
  readonly digests: Uint8Array | null;
  /** NOMINAL factors as texts, CONTINUOUS ones as doubles, in the order of the plan; null for one that is derived. */
  readonly factors: readonly (Uint8Array | null)[];
  readonly groupKeys: readonly (Uint8Array | null)[];
  readonly measures: readonly (Uint8Array | null)[];
}

/** Some of the labels that were given to images, in any order. */
export interface VotePage {
  readonly of: 'VOTES';
  /** Of the images, 16 bytes each. */
  readonly ids: Uint8Array;
  readonly raters: Uint8Array;
  readonly labels: Uint8Array;
  /** For how many people each speaks, as big-endian 32-bit integers; null: for one, all of them. */
  readonly weights: Uint8Array | null;
}
