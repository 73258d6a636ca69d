import type { Context } from '../../platform/context.ts';
import { type Publication, publicationView } from './proposal-view.ts';
import { findPublications } from './proposals.store.ts';

/** How snapshots came to be published, in the order asked; null of one from before there was a record. */
export async function readPublications(
  { db }: Pick<Context, 'db'>,
  digests: readonly string[],
): Promise<(Publication | null)[]> {
  const held = new Map(
    (await findPublications(db, digests)).map((proposal) => [proposal.snapshot.digest, proposal]),
  );
  return digests.map((digest) => {
    const proposal = held.get(digest);
    return proposal === undefined ? null : publicationView(proposal);
  });
}

/** The same of one snapshot, which the caller has judged. */
export async function readPublication(
  context: Pick<Context, 'db'>,
  digest: string,
): Promise<Publication | null> {
  const [publication] = await readPublications(context, [digest]);
  return publication!;
}
