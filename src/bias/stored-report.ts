import type { Colour } from '../statistics/colour.ts';
import type { ReportRequest } from './report-request.ts';

/** A report that was made, as it is kept. */
export interface StoredReport {
  readonly id: string;
  readonly datasetId: string;
  /** What cursors are made of. */
  readonly sequence: string;
  readonly request: ReportRequest;
  readonly colour: Colour;
  /** JSON, byte for byte as it was made. */
  readonly result: string;
  readonly madeAt: Date;
}

/** Without the tables: what a list shows. */
export type ReportSummary = Omit<StoredReport, 'result'>;
