import type { EntityManager } from 'typeorm';
import type { Signer } from '../kernel/dsse.ts';
import type { AttestationRow, SigningKeyRow } from './attestations.tables.ts';

/** A key by which this instance has signed. `until` null: it signs today. */
export interface SigningKey {
  readonly keyId: string;
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicKey: string;
  readonly since: Date;
  readonly until: Date | null;
}

/** Oldest first. */
export async function listSigningKeys(db: EntityManager): Promise<SigningKey[]> {
  const rows: SigningKeyRow[] = await db.query('SELECT * FROM signing_key ORDER BY opened_at, key_id');
  return rows.map((row) => ({
    keyId: row.key_id,
    publicKey: row.public_key,
    since: row.opened_at,
    until: row.closed_at,
  }));
}

/** Registers the key; a key that is held already stays as it is. */
export async function insertSigningKey(db: EntityManager, signer: Signer, now: Date): Promise<void> {
  await db.query(
    'INSERT INTO signing_key (key_id, public_key, opened_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [signer.keyId, signer.publicKey, now],
  );
}

/** Closes every open key but this one; what they signed stays. */
export async function closeOtherKeys(db: EntityManager, keyId: string, now: Date): Promise<void> {
  await db.query('UPDATE signing_key SET closed_at = $2 WHERE key_id <> $1 AND closed_at IS NULL', [
    keyId,
    now,
  ]);
}

/** Keeps an envelope, the first of each key. Nothing is kept of a key that was closed. */
export async function insertAttestation(
  db: EntityManager,
  attestation: { readonly snapshot: string; readonly keyId: string; readonly envelope: object },
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO attestation (snapshot, key_id, envelope, signed_at)
     SELECT $1, key_id, $3, $4 FROM signing_key WHERE key_id = $2 AND closed_at IS NULL ON CONFLICT DO NOTHING`,
    [attestation.snapshot, attestation.keyId, JSON.stringify(attestation.envelope), now],
  );
}

/** Envelopes as they were signed, the oldest first. */
export async function listAttestations(
  db: EntityManager,
  snapshot: string,
): Promise<{ keyId: string; envelope: string; signedAt: Date }[]> {
  const rows: AttestationRow[] = await db.query(
    'SELECT * FROM attestation WHERE snapshot = $1 ORDER BY signed_at, key_id',
    [snapshot],
  );
  return rows.map((row) => ({ keyId: row.key_id, envelope: row.envelope, signedAt: row.signed_at }));
}
