import type { Context } from '../platform/context.ts';
import { attestSnapshot } from './attestation.ts';
import { insertAttestations, listAttestations } from './attestations.store.ts';
import type { Snapshot } from './snapshot.ts';
import { visibleSnapshot } from './snapshots.store.ts';

/** Every envelope about the snapshot of this digest. */
export async function readAttestations(context: Context, digest: string): Promise<string[]> {
  const [envelopes] = await attestationsOf(context, [await visibleSnapshot(context, digest)]);
  return envelopes!;
}

/**
 * Every envelope about each of the snapshots, as it was signed, the oldest first. One by the server's present key is
 * among them: signed when the snapshot was published, or now for one that is older than the key.
 */
export async function attestationsOf(context: Context, snapshots: readonly Snapshot[]): Promise<string[][]> {
  const { db, signer, software, now } = context;
  const digests = snapshots.map(({ digest }) => digest);
  let held = await listAttestations(db, digests);
  const attested = new Set(
    held.filter(({ keyId }) => keyId === signer.keyId).map(({ snapshot }) => snapshot),
  );
  const signed = snapshots
    .filter(({ digest }) => !attested.has(digest))
    .map((snapshot) => ({
      snapshot: snapshot.digest,
      envelope: attestSnapshot(snapshot, software, signer),
    }));
  if (signed.length > 0) {
    await insertAttestations(db, signer.keyId, signed, now());
    held = await listAttestations(db, digests);
  }
  return digests.map((digest) =>
    held.filter(({ snapshot }) => snapshot === digest).map(({ envelope }) => envelope),
  );
}
