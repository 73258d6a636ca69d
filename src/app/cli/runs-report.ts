import { runReportCsv, runReportMarkdown } from '../../runs/run-report-text.ts';
import { readClaim, readRunReport } from '../client/read-run-report.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { printJson } from './print.ts';

interface RunsReportOptions extends AccessOptions {
  readonly metric: string;
  readonly part: string;
  readonly model?: readonly string[];
  readonly claim?: readonly string[];
  readonly better?: 'greater' | 'smaller';
  readonly format: 'md' | 'csv' | 'json';
}

/** Prints what can be said of the runs that were reported on snapshots. */
export async function runsReport(references: readonly string[], options: RunsReportOptions): Promise<void> {
  const { metric, part, model = null, claim = [], better, format } = options;
  const report = await readRunReport(await accessOf(options), {
    references,
    metric,
    part,
    isGreaterBetter: better === undefined ? null : better === 'greater',
    models: model,
    claims: claim.map(readClaim),
  });
  if (options.json || format === 'json') return printJson(report);
  process.stdout.write(format === 'csv' ? runReportCsv(report) : runReportMarkdown(report));
}
