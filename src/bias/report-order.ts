import type { ReportRequest } from './report-request.ts';

export const ORDER_STATES = ['WAITING', 'RUNNING', 'DONE', 'FAILED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Somebody asked for a report: how far the job is that makes it. */
export interface ReportOrder {
  readonly id: string;
  readonly datasetId: string;
  /** Of the report it is to become. */
  readonly report: string;
  readonly request: ReportRequest;
  readonly state: OrderState;
  /** Images read, of all; the figures are computed when all are read. */
  readonly done: number;
  readonly total: number;
  readonly fault: string | null;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
}
