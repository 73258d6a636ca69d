import type { Context } from '../platform/context.ts';
import { attestSnapshot } from './attestation.ts';
import { insertAttestation, listAttestations } from './attestations.store.ts';
import { visibleSnapshot } from './snapshots.store.ts';

/**
 * Every envelope about a snapshot, as it was signed, the oldest first. One by the server's present key is among them:
 * signed when the snapshot was published, or now for one that is older than the key.
 */
export async function readAttestations(context: Context, digest: string): Promise<string[]> {
  const snapshot = await visibleSnapshot(context, digest);
  const { db, signer, software } = context;
  const held = await listAttestations(db, snapshot.digest);
  if (!held.some(({ keyId }) => keyId === signer.keyId)) {
    const envelope = attestSnapshot(snapshot, software, signer);
    await insertAttestation(db, { snapshot: snapshot.digest, keyId: signer.keyId, envelope }, context.now());
    return (await listAttestations(db, snapshot.digest)).map(({ envelope: text }) => text);
  }
  return held.map(({ envelope }) => envelope);
}
