import type { Colour } from '../statistics/colour.ts';
import type { RaterPage } from './raters/rater-page.ts';
import type { RatedImagesPage, RatingKind, RatingPlan, RatingsPage } from './ratings/rating-page.ts';
import type { ReportFacts } from './report-input.ts';
import type { ReportRequest } from './report-request.ts';
import type { ShapePage } from './shapes/shape-page.ts';
import type { ScanPlan, SubjectPage } from './subjects/subject-page.ts';

/** What the thread that makes reports is told; `columns` names a dataset's columns within the session. */
export type ReportMessage =
  | { readonly type: 'PLAN'; readonly columns: string; readonly plan: ScanPlan }
  | { readonly type: 'PAGE'; readonly columns: string; readonly page: SubjectPage }
  | {
      readonly type: 'REPORT';
      readonly request: ReportRequest;
      readonly columns: string;
      readonly reference: string | null;
      readonly facts: Omit<ReportFacts, 'reference'>;
    }
  | { readonly type: 'RATING_PLAN'; readonly plan: RatingPlan }
  | { readonly type: 'RATED_IMAGES'; readonly page: RatedImagesPage }
  | { readonly type: 'RATINGS'; readonly kind: RatingKind; readonly page: RatingsPage }
  | { readonly type: 'AGREEMENT'; readonly request: ReportRequest }
  | { readonly type: 'SHAPES'; readonly request: ReportRequest; readonly page: ShapePage | null }
  | {
      readonly type: 'RATERS';
      readonly request: ReportRequest;
      readonly page: RaterPage | null;
      /** In their declared order. */
      readonly classes: readonly string[];
    };

/** The answer to REPORT, AGREEMENT, and SHAPES and RATERS without a page; the others answer the number of images taken. */
export interface MadeReport {
  readonly colour: Colour;
  /** JSON, the bytes that are kept. */
  readonly result: string;
}
