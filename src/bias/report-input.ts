import type { NearPair } from '../splits/find-leakage.ts';
import type { RandomStreams } from './bias-counts.ts';
import type { Thresholds } from './own-threshold.ts';
import type { ReportRequest } from './report-request.ts';
import type { Subjects } from './subjects.ts';

/** A candidate image that was refused at the door, so many of a kind. */
export interface Refusals {
  readonly stage: 'COLLECTED' | 'DECODED';
  readonly code: string;
  readonly images: number;
}

/** Two images that somebody declared to be copies. */
export interface DeclaredPair {
  readonly first: string;
  readonly second: string;
  readonly judgement: string;
}

/** What a report reads besides columns; null: not of this kind of report. */
export interface ReportFacts {
  readonly refusals: readonly Refusals[] | null;
  /** Pairs of images alike by their looks, candidates and confirmed; null: none could be compared. */
  readonly nearPairs: readonly NearPair[] | null;
  readonly declaredPairs: readonly DeclaredPair[];
  /** A reference sample. */
  readonly reference: Subjects | null;
}

export const NO_FACTS: ReportFacts = { refusals: null, nearPairs: null, declaredPairs: [], reference: null };

/** What every report is made from. */
export interface ReportInput {
  readonly request: ReportRequest;
  /** The kept images, of the part asked for; ATTRITION: all candidates. */
  readonly subjects: Subjects;
  readonly facts: ReportFacts;
  readonly thresholds: Thresholds;
  readonly random: RandomStreams;
}
