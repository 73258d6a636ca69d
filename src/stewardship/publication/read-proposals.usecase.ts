import { visibleObject } from '../../catalogue/dataset.store.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import {
  CURSOR_KEYS,
  decodeCursor,
  type Page,
  type PageRequest,
  pageSize,
  toPage,
} from '../../kernel/page.ts';
import type { Context } from '../../platform/context.ts';
import type { Proposal } from './proposal.ts';
import { type ProposalView, type Publication, proposalView } from './proposal-view.ts';
import { findProposal, findProposals, listProposals } from './proposals.store.ts';
import type { PublicationRules } from './publication-rule.ts';
import { readPublications } from './publications.store.ts';
import { findRules, type RulesAsked } from './rules.store.ts';

export async function readProposal(context: Context, id: string): Promise<Proposal> {
  const unknown = `id: no proposal "${id}" is known to this token.`;
  return visibleObject(context, await findProposal(context.db, id), unknown);
}

/** The proposals of a dataset, latest first. */
export async function listDatasetProposals(
  context: Context,
  dataset: Dataset,
  request: PageRequest & { open?: boolean },
): Promise<Page<Proposal>> {
  const rows = await listProposals(context.db, dataset.id, {
    open: request.open ?? false,
    before: decodeCursor(request, CURSOR_KEYS.rowId),
    limit: pageSize(request) + 1,
  });
  return toPage(rows, request, ({ sequence }) => sequence);
}

/** Several proposals, in the order asked; null: there is none. What names them was judged. */
export async function readProposalsOf(
  { db }: Context,
  ids: readonly string[],
): Promise<(ProposalView | null)[]> {
  const held = new Map(
    (await findProposals(db, ids)).map((proposal) => [proposal.id, proposalView(proposal)]),
  );
  return ids.map((id) => held.get(id) ?? null);
}

/** Rules of several datasets, for a loader. */
export function readRules(
  { db }: Context,
  asked: readonly RulesAsked[],
): Promise<(PublicationRules | null)[]> {
  return findRules(db, asked);
}

/** How several snapshots came to be published, for a loader. */
export function readPublicationsOf(
  context: Context,
  digests: readonly string[],
): Promise<(Publication | null)[]> {
  return readPublications(context, digests);
}
