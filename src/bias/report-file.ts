import { sha256Hex } from '../kernel/sha256.ts';
import { cardImage } from './cards/card-image.ts';
import type { BiasReport } from './make-report.ts';
import { reportCsv } from './report-csv.ts';
import { reportMarkdown } from './report-markdown.ts';

export type ReportFormat = 'json' | 'csv' | 'md';

const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8; header=present',
  md: 'text/markdown; charset=utf-8',
};

/** The bytes of a report as a file, with their SHA-256. */
export interface ReportFile {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly mediaType: string;
}

/** A report that was made, as a file: its JSON as it is kept, byte for byte, or read as CSV or Markdown. */
export function reportFile(result: string, format: ReportFormat): ReportFile {
  const bytes = Buffer.from(textOf(result, format), 'utf8');
  return { bytes, digest: sha256Hex(bytes), mediaType: MEDIA_TYPES[format] };
}

/** One card of a report as a picture; null where it has none of this kind. */
export function cardFile(result: string, kind: string): ReportFile | null {
  const { cards } = JSON.parse(result) as BiasReport;
  const card = cards.find((each) => each.kind === kind);
  if (!card) return null;
  const bytes = Buffer.from(cardImage(card), 'utf8');
  return { bytes, digest: sha256Hex(bytes), mediaType: 'image/svg+xml' };
}

function textOf(result: string, format: ReportFormat): string {
  if (format === 'json') return result;
  const report = JSON.parse(result) as BiasReport;
  return format === 'csv' ? reportCsv(report) : reportMarkdown(report);
}
