import Table from 'cli-table3';
import type { DatabaseKind } from './bench-server.ts';

export interface Budget {
  readonly rule: 'AT_LEAST' | 'AT_MOST';
  readonly limit: number;
}

/** One figure against what was measured beside it in the same run; `ratio` is what the budget limits. */
export interface Measured {
  readonly subject: string;
  readonly measured: string;
  readonly baseline: string;
  readonly ratio: number | null;
  /** Null: shown, not judged. */
  readonly budget: Budget | null;
}

export interface Skipped {
  readonly subject: string;
  readonly skipped: string;
}

export type Result = Measured | Skipped;
export type Benchmark = (scale: number, databases: readonly DatabaseKind[]) => Promise<Result[]>;

export const seconds = (value: number) => `${value.toPrecision(3)} s`;
export const megabytesASecond = (bytes: number, time: number) =>
  `${(bytes / 2 ** 20 / time).toFixed(0)} MiB/s`;

export function verdict(result: Result): 'MET' | 'MISSED' | 'SKIPPED' | 'SHOWN' {
  if ('skipped' in result) return 'SKIPPED';
  if (result.budget === null || result.ratio === null) return 'SHOWN';
  const { rule, limit } = result.budget;
  return (rule === 'AT_LEAST' ? result.ratio >= limit : result.ratio <= limit) ? 'MET' : 'MISSED';
}

export function table(results: readonly Result[]): string {
  const made = new Table({
    head: ['what', 'measured', 'baseline', 'ratio', 'budget', 'verdict'],
    style: { head: [], border: [] },
  });
  for (const result of results) {
    if ('skipped' in result) made.push([result.subject, { colSpan: 4, content: result.skipped }, 'SKIPPED']);
    else {
      const { subject, measured, baseline, ratio, budget } = result;
      const limit = budget ? `${budget.rule === 'AT_LEAST' ? '≥' : '≤'} ${budget.limit}` : '';
      made.push([subject, measured, baseline, ratio?.toFixed(2) ?? '', limit, verdict(result)]);
    }
  }
  return made.toString();
}

/** Wall-clock seconds of the work, and what it gave. */
export async function timed<T>(work: () => Promise<T>): Promise<{ time: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { time: (performance.now() - start) / 1000, result };
}

/** The middle one of an odd number. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
