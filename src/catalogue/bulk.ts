import { DomainError, type ErrorCode, type Reason } from '../kernel/errors.ts';

/** One row that a bulk import refused, by its index in the request; the caller knows which line that was. */
export interface RefusedRow {
  readonly row: number;
  readonly name: string;
  readonly field: string | null;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What a bulk import did: every row is in exactly one of the three. */
export interface BulkReport {
  readonly datasetId: string;
  /** The revision the dataset stands at afterwards. */
  readonly revision: number;
  readonly taken: number;
  readonly alreadyThere: number;
  readonly refused: readonly RefusedRow[];
}

/** `--strict`: one bad row, and nothing is taken. */
export function refuseIfStrict(strict: boolean, refused: readonly RefusedRow[]): void {
  if (!strict || refused.length === 0) return;
  const reasons = refused.map(
    ({ row, field, code, message }): Reason => ({
      path: [String(row), ...(field ? [field] : [])],
      code,
      message,
    }),
  );
  throw new DomainError(
    'BAD_INPUT',
    `${refused.length} rows are refused and the import is strict; nothing was written.`,
    reasons,
  );
}

export function refusedRow(row: number, name: string, reason: Reason): RefusedRow {
  return { row, name, field: reason.path.at(-1) ?? null, code: reason.code, message: reason.message };
}
