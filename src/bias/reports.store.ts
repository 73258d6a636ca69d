import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { Colour } from '../statistics/colour.ts';
import type { BiasReportRow } from './bias.tables.ts';
import type { MadeReport } from './report-message.ts';
import { type ReportRequest, reportId } from './report-request.ts';
import type { ReportSummary, StoredReport } from './stored-report.ts';

export async function findReport(db: EntityManager, id: string): Promise<StoredReport | null> {
  const [row]: BiasReportRow[] = await db.query('SELECT * FROM bias_report WHERE id = $1', [id]);
  return row ? { ...toSummary(row), result: row.result } : null;
}

/** Keeps a report; one that another server made meanwhile has the same bytes. */
export async function keepReport(
  db: EntityManager,
  request: ReportRequest,
  made: MadeReport,
  now: Date,
): Promise<StoredReport> {
  const id = reportId(request);
  await db.query(
    `INSERT INTO bias_report (id, dataset_id, revision, kind, request, colour, result, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [
      id,
      request.datasetId,
      request.revision,
      request.kind,
      canonicalJson(request),
      made.colour,
      made.result,
      now,
    ],
  );
  return (await findReport(db, id))!;
}

/** The reports of a dataset, latest first. */
export async function listReports(
  db: EntityManager,
  datasetId: string,
  filter: { kind: string | null; snapshot: string | null; before: string | null; limit: number },
): Promise<ReportSummary[]> {
  const rows: BiasReportRow[] = await db.query(
    `SELECT row_id, id, dataset_id, request, colour, made_at FROM bias_report
     WHERE dataset_id = $1 AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR request::jsonb->>'snapshot' = $3)
       AND ($4::bigint IS NULL OR row_id < $4) ORDER BY row_id DESC LIMIT $5`,
    [datasetId, filter.kind, filter.snapshot, filter.before, filter.limit],
  );
  return rows.map(toSummary);
}

function toSummary(row: BiasReportRow): ReportSummary {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    sequence: row.row_id,
    request: JSON.parse(row.request),
    colour: row.colour as Colour,
    madeAt: row.made_at,
  };
}
