import type { BiasReport } from './make-report.ts';
import type { ReportSummary, StoredReport } from './stored-report.ts';

/** A report as its readers see it: what was kept, with its id, and every selection of images with when it is of. */
export function reportView(stored: StoredReport) {
  const report = JSON.parse(stored.result) as BiasReport;
  const { datasetId, revision: asOf, split } = report.request;
  const moment = { datasetId, asOf, splitId: split?.id ?? null };
  return { ...(withMoments(report, moment) as BiasReport), ...summaryView(stored) };
}

/** What a list of reports shows of each. */
export function summaryView({ id, datasetId, request, colour, madeAt }: ReportSummary) {
  const { kind, revision, snapshot, split, part, engine } = request;
  return {
    id,
    datasetId,
    kind,
    revision,
    snapshot,
    split: split?.name ?? null,
    part,
    engine,
    colour,
    madeAt,
  };
}

function withMoments(value: unknown, moment: object): unknown {
  if (Array.isArray(value)) return value.map((item) => withMoments(item, moment));
  if (value === null || typeof value !== 'object') return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) copy[name] = withMoments(member, moment);
  return 'where' in copy && 'among' in copy ? { ...copy, ...moment } : copy;
}
