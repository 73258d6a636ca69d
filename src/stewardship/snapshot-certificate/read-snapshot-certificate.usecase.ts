import { visibleDatasetById } from '../../catalogue/dataset.store.ts';
import type { Context } from '../../platform/context.ts';
import { listAttestations } from '../../snapshots/attestations.store.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { parseSnapshotHeader } from '../../snapshots/snapshot-header.ts';
import { knownSnapshot, listTags } from '../../snapshots/snapshots.store.ts';
import { gatherFacts } from '../documents/gather-facts.store.ts';
import { readPublication } from '../publication/publications.store.ts';
import { findDeprecations } from '../stewardship.store.ts';
import { countViews, listSnapshotWithdrawals } from '../withdrawal/withdrawals.store.ts';
import { type SnapshotCertificate, snapshotCertificate } from './snapshot-certificate.ts';

/** All that is certified of a snapshot, as the record says now. */
export async function readSnapshotCertificate(
  context: Context,
  digest: string,
): Promise<SnapshotCertificate> {
  return certify(context, await knownSnapshot(context, digest));
}

async function certify(context: Context, snapshot: Snapshot): Promise<SnapshotCertificate> {
  const { db } = context;
  const { digest, header, revision, state, publishedAt } = snapshot;
  const dataset = await visibleDatasetById(context, snapshot.datasetId);
  const { root, size } = parseSnapshotHeader(Buffer.from(header, 'utf8'));
  const [deprecation = null] = await findDeprecations(db, [digest]);
  const standing = {
    ...{ digest, root, size, state, publishedAt, deprecation },
    tags: (await listTags(db, [digest])).map(({ tag }) => tag),
    view: (await countViews(db, [digest])).get(digest) ?? 0,
    missing: await listSnapshotWithdrawals(db, digest),
    publication: await readPublication(context, digest),
    signedBy: (await listAttestations(db, [digest])).map(({ keyId }) => keyId).sort(),
  };
  return snapshotCertificate(await gatherFacts(context, dataset, revision, snapshot), standing);
}
