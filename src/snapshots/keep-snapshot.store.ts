import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { attestSnapshot } from './attestation.ts';
import { insertAttestations } from './attestations.store.ts';
import type { Snapshot } from './snapshot.ts';
import { claimTag, findSnapshot, insertSnapshot, type SnapshotFile } from './snapshots.store.ts';

/**
 * Publishes a snapshot that was made, with its tag and its signed statement, in the transaction of the caller, who holds
 * the dataset's lock; content that was published before is left as it is.
 */
export async function keepSnapshot(
  { db, now, signer, software }: Context,
  made: { readonly snapshot: Snapshot; readonly files: readonly SnapshotFile[] },
  tag: string | null,
): Promise<Snapshot> {
  const { digest, datasetId } = made.snapshot;
  await insertSnapshot(db, { ...made.snapshot, publishedAt: now() }, made.files);
  if (tag !== null) {
    const tagged = await claimTag(db, { datasetId, tag, digest }, now());
    if (tagged !== digest) {
      throw new DomainError(
        'CONFLICT',
        `tag: "${tag}" names ${tagged} already and tags do not move; choose another tag for ${digest}.`,
      );
    }
  }
  const held = (await findSnapshot(db, digest))!;
  const envelope = attestSnapshot(held, software, signer);
  await insertAttestations(db, signer.keyId, [{ snapshot: held.digest, envelope }], now());
  return held;
}
