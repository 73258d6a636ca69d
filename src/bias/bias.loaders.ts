import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import { makeReports } from './make-reports.usecase.ts';
import { type ReportRequest, reportId } from './report-request.ts';

/** The reports one GraphQL request asks for: those of one dataset at one revision share a scan. */
export function reportLoader(context: Context) {
  return new DataLoader((requests: readonly ReportRequest[]) => makeReports(context, requests), {
    cacheKeyFn: reportId,
  });
}
