import { type ReportChoice, readReports } from '../client/read-reports.ts';
import { REPORT_KINDS, type ReportKind } from '../client/report-kinds.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';
import { terminalProgress } from './terminal-progress.ts';

/** Prints each report as a page of Markdown; as the JSON that is kept, or as CSV, where that is asked for. */
export async function report(
  reference: string,
  options: AccessOptions & ReportChoice & { kind: ReportKind | 'all'; format: 'md' | 'csv' | 'json' },
): Promise<void> {
  const { kind, json, ...choice } = options;
  const format = json ? 'json' : options.format;
  const kinds = kind === 'all' ? REPORT_KINDS : [kind];
  const access = await accessOf(options);
  const reports = await readReports(access, reference, kinds, choice, format, terminalProgress());
  if (format === 'json')
    printJson(reports.map(({ text, ...made }) => ({ ...made, report: JSON.parse(text) })));
  else for (const { text } of reports) print(text);
}
