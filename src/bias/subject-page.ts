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

/**
 * The columns of some images, in any order. Text columns are JSON arrays, null where unknown; numbers are
 * big-endian doubles, NaN where unknown.
 */
export interface SubjectPage {
  /** 16 bytes each. */
  readonly ids: Uint8Array;
  readonly units: string;
  readonly unitKnown: string;
  readonly buckets: string;
  /** Of each image null, or an array: who gave a label, and which. */
  readonly raters: string;
  readonly labels: string;
  readonly captured: string;
  readonly stages: string;
  readonly reasons: string;
  readonly excludedBy: string;
  readonly parts: string | null;
  readonly digests: string | null;
  /** NOMINAL factors as JSON, CONTINUOUS ones as doubles, in the order of the plan; null for one that is derived. */
  readonly factors: readonly (string | Uint8Array | null)[];
  readonly groupKeys: readonly string[];
  readonly measures: readonly Uint8Array[];
}
