import type { Colour } from '../statistics/colour.ts';
import type { AgreementInput } from './paired-ratings.ts';
import type { ReportFacts } from './report-input.ts';
import type { ReportRequest } from './report-request.ts';
import type { ScanPlan, SubjectPage } from './subject-page.ts';

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
  | {
      readonly type: 'AGREEMENT';
      readonly request: ReportRequest;
      readonly counts: Omit<AgreementInput, 'personal'>;
    };

/** The answer to REPORT and AGREEMENT; PLAN and PAGE answer the number of images taken. */
export interface MadeReport {
  readonly colour: Colour;
  /** JSON, the bytes that are kept. */
  readonly result: string;
}
