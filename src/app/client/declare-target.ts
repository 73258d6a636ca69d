import { canonicalTarget } from '../../bias/target/target-declaration.ts';
import { targetFaults } from '../../bias/target/target-faults.ts';
import { DomainError, isDomainError, type Reason } from '../../kernel/errors.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import { readRows } from './read-rows.ts';
import { type TargetTable, targetTable } from './target-table.ts';

export interface TargetReport {
  readonly dataset: string;
  readonly target: string;
  readonly revision: number;
  readonly factors: readonly string[];
  readonly rows: number;
}

interface TargetWish {
  readonly dataset: string;
  readonly target: string;
  readonly source: string;
  readonly dated: string | null;
}

/** Declares the target population of a table (target-table.ts); every faulty row is named, and then nothing is written. */
export async function declareTarget(
  access: ServerAccess,
  wish: TargetWish,
  path: string,
): Promise<TargetReport> {
  const table = targetTable(await readRows(path, ['share']), path);
  refuseUnreadable(wish, table, path);
  const { shares, strata, factors } = table;
  try {
    const { declareTarget } = await ask<{ declareTarget: { revision: number } }>(
      access,
      `mutation Target($input: DeclareTargetInput!) {
         declareTarget(input: $input) { ... on Dataset { revision } ${PROBLEM} } }`,
      { input: { ...wish, shares, strata } },
    );
    const { revision } = accepted(declareTarget);
    return {
      dataset: wish.dataset,
      target: wish.target,
      revision,
      factors,
      rows: shares.length + strata.length,
    };
  } catch (error) {
    if (!isDomainError(error) || error.reasons.length === 0) throw error;
    throw refusal(path, error.reasons);
  }
}

/** A cell that cannot be sent is named together with all that is wrong otherwise. */
function refuseUnreadable(wish: TargetWish, table: TargetTable, path: string): void {
  if (table.unreadable.length === 0) return;
  const { target: name, source, dated } = wish;
  const { shares, strata, factors, unreadable } = table;
  const declaration = canonicalTarget({ name, source, dated, shares, strata });
  throw refusal(path, [...unreadable, ...targetFaults(declaration, new Set(factors))]);
}

function refusal(path: string, reasons: readonly Reason[]): DomainError {
  return new DomainError(
    'BAD_INPUT',
    `${path} is refused; nothing was written.`,
    reasons.map((reason) => ({ ...reason, path: placeOf(reason.path) })),
  );
}

/** The n-th share or stratum stands in row n + 2 of the table: the header is row 1. */
function placeOf(path: readonly string[]): readonly string[] {
  const [list, index, ...field] = path;
  if (index === undefined) return [];
  return list === 'shares' || list === 'strata' ? [`row ${Number(index) + 2}`, ...field] : path;
}
