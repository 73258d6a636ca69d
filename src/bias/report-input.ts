import type { DuplicatePair } from '../ingestion/declared-duplicate.ts';
import type { RandomStreams } from './bias-counts.ts';
import type { ReportRequest } from './report-request.ts';
import type { Subjects } from './subjects/subjects.ts';
import type { Thresholds } from './threshold/own-threshold.ts';

/** A candidate image that was refused at the door, so many of a kind. */
export interface Refusals {
  readonly stage: 'COLLECTED' | 'DECODED';
  readonly code: string;
  readonly images: number;
}

/** Two images that somebody declared to be copies. */
export type DeclaredPair = DuplicatePair;

/** Two images alike by their hashes, so many of 64 bits apart, each standing for all images of the same bytes. */
export interface LooksAlike {
  readonly first: string;
  readonly second: string;
  readonly distance: number;
}

/** What the images look like: pairs alike by their hashes, and those of them that their pixels confirm. */
export interface NearLooks {
  readonly candidates: readonly LooksAlike[];
  readonly confirmed: readonly (LooksAlike & { readonly correlation: number })[];
}

/** The parts of a split as it was asked for, in their order. */
export interface SplitParts {
  readonly names: readonly string[];
  readonly areFolds: boolean;
}

/** What a report reads besides columns; null: not of this kind of report. */
export interface ReportFacts {
  readonly refusals: readonly Refusals[] | null;
  /** SPLIT: null where no image could be compared by its looks. */
  readonly nearLooks: NearLooks | null;
  readonly declaredPairs: readonly DeclaredPair[];
  /** SPLIT; null: the parts that the images have, in the order of their names. */
  readonly parts: SplitParts | null;
  /** A reference sample. */
  readonly reference: Subjects | null;
}

export const NO_FACTS: ReportFacts = {
  refusals: null,
  nearLooks: null,
  declaredPairs: [],
  parts: null,
  reference: null,
};

/** What every report is made from. */
export interface ReportInput {
  readonly request: ReportRequest;
  /** The kept images, of the part asked for; ATTRITION: all candidates. */
  readonly subjects: Subjects;
  readonly facts: ReportFacts;
  readonly thresholds: Thresholds;
  readonly random: RandomStreams;
}
