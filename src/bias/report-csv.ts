import type { Estimate } from '../statistics/estimate.ts';
import { reportFigures } from './report-figures.ts';

const HEADER = [
  'figure',
  'value',
  'lower',
  'upper',
  'level',
  'interval_method',
  'status',
  'reason',
  'p',
  'q',
  'images',
  'units',
  'method',
];

/** Every figure of a report as a line of CSV (RFC 4180), full precision, in the order of the report. */
export function reportCsv(report: unknown): string {
  const lines = reportFigures(report).map(({ path, estimate }) => [path, ...cellsOf(estimate)]);
  return [HEADER, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function cellsOf({ value, interval, status, reason, p, q, imageCount, unitCount, method }: Estimate) {
  const limits = [interval?.lower, interval?.upper, interval?.level, interval?.method];
  return [value, ...limits, status, reason, p, q, imageCount, unitCount, method];
}

function cell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
