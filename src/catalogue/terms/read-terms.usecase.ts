import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import {
  CURSOR_KEYS,
  decodeCursor,
  type Page,
  type PageRequest,
  pageSize,
  toPage,
} from '../../kernel/page.ts';
import type { Context } from '../../platform/context.ts';
import { listAcceptances, listAcceptancesOf, type TermsAcceptance } from './acceptances.store.ts';
import { findTermsOf } from './terms.store.ts';
import type { DatasetTerms } from './terms.ts';

export interface TermsWanted {
  readonly datasetId: string;
  /** Null: those in force. */
  readonly version: number | null;
}

/** Terms of several datasets, for a loader; that they may be known was judged before. */
export async function readTerms(
  { db }: Context,
  wanted: readonly TermsWanted[],
): Promise<(DatasetTerms | null)[]> {
  const found = await findTermsOf(db, wanted);
  return wanted.map(
    ({ datasetId, version }) =>
      found.find(
        (one) => one.datasetId === datasetId && (version === null ? one.inForce : one.version === version),
      ) ?? null,
  );
}

/** What the one who asks accepted, of several datasets, for a loader. */
export async function readOwnAcceptances(
  { db, actor }: Context,
  datasetIds: readonly string[],
): Promise<TermsAcceptance[]> {
  return listAcceptancesOf(db, actor!.principalId, datasetIds);
}

export async function readAcceptances(
  context: Context,
  datasetId: string,
  request: PageRequest,
): Promise<Page<TermsAcceptance & { readonly principal: string | null }>> {
  requireMay(context, 'consumers.read', datasetScope(datasetId));
  const after = decodeCursor(request, CURSOR_KEYS.rowId);
  const rows = await listAcceptances(context.db, datasetId, { after, limit: pageSize(request) + 1 });
  return toPage(rows, request, ({ rowId }) => rowId);
}
