import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { BiasReportRequestRow } from './bias.tables.ts';
import type { OrderState, ReportOrder } from './report-order.ts';
import { type ReportRequest, reportId } from './report-request.ts';

export async function insertOrder(
  db: EntityManager,
  request: ReportRequest,
  by: { principalId: string; now: Date },
): Promise<ReportOrder> {
  const [row]: BiasReportRequestRow[] = await db.query(
    `INSERT INTO bias_report_request (dataset_id, report, request, state, done, total, requested_by, requested_at)
     VALUES ($1, $2, $3, 'WAITING', 0, 0, $4, $5) RETURNING *`,
    [request.datasetId, reportId(request), canonicalJson(request), by.principalId, by.now],
  );
  return toOrder(row!);
}

export async function findOrder(db: EntityManager, id: string): Promise<ReportOrder | null> {
  const [row]: BiasReportRequestRow[] = await db.query(
    'SELECT * FROM bias_report_request WHERE id::text = $1',
    [id],
  );
  return row ? toOrder(row) : null;
}

/** Leaves an order that has ended as it is, and says what state it is in then. */
export async function updateOrder(
  db: EntityManager,
  id: string,
  change: { state: OrderState; done?: number; total?: number; fault?: string; finishedAt?: Date },
): Promise<OrderState> {
  await db.query(
    `UPDATE bias_report_request SET state = $2, done = coalesce($3, done), total = coalesce($4, total), fault = $5, finished_at = $6
     WHERE id = $1 AND state IN ('WAITING', 'RUNNING')`,
    [
      id,
      change.state,
      change.done ?? null,
      change.total ?? null,
      change.fault ?? null,
      change.finishedAt ?? null,
    ],
  );
  const [row] = await db.query('SELECT state FROM bias_report_request WHERE id = $1', [id]);
  return row.state;
}

function toOrder(row: BiasReportRequestRow): ReportOrder {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    report: row.report,
    request: JSON.parse(row.request),
    state: row.state as OrderState,
    done: row.done,
    total: row.total,
    fault: row.fault,
    requestedAt: row.requested_at,
    finishedAt: row.finished_at,
  };
}
