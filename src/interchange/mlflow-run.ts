import type { ErrorCode } from '../kernel/errors.ts';

/** One run as MLflow holds it, whichever way it was exported. */
export interface MlflowRun {
  readonly id: string;
  readonly name: string | null;
  /** Such as FINISHED, FAILED, RUNNING. */
  readonly status: string;
  readonly isDeleted: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly artifactUri: string | null;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** The last value of each, which MLflow itself shows; NaN and the infinities are values there. */
  readonly metrics: ReadonlyMap<string, number>;
  readonly inputs: readonly MlflowInput[];
}

/** A dataset that the run logged. */
export interface MlflowInput {
  /** As MLflow has it, of at most 36 characters; null where the export leaves the dataset out. */
  readonly digest: string | null;
  readonly tags: ReadonlyMap<string, string>;
}

/** What cannot be taken: of a run all, or one field. */
export interface MlflowRefusal {
  /** Id of the run, or the file where there is none. */
  readonly run: string;
  readonly field: string | null;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface MlflowExport {
  readonly runs: readonly MlflowRun[];
  readonly refused: readonly MlflowRefusal[];
  /** The server has further runs, which this answer leaves out. */
  readonly isCut: boolean;
}

/** A whole number of milliseconds, which JSON of protocol buffers may give as text; null for anything else. */
export function millisecondsOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^[0-9]{1,16}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) > 0 ? (number as number) : null;
}

/** A number as MLflow writes it, NaN and infinities among them; null for what is none. */
export function metricValue(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const word = value.trim().toLowerCase();
  if (word === 'nan') return Number.NaN;
  const infinite = /^([+-]?)inf(inity)?$/.exec(word);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/.test(word) ? Number(word) : null;
}
