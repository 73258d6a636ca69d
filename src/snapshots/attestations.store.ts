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

/** Keeps envelopes by one key, the first of each snapshot. Nothing is kept of a key that was closed. */
export async function insertAttestations(
  db: EntityManager,
  keyId: string,
  signed: readonly { readonly snapshot: string; readonly envelope: object }[],
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO attestation (snapshot, key_id, envelope, signed_at)
     SELECT g.snapshot, k.key_id, g.envelope, $4 FROM unnest($2::text[], $3::text[]) AS g(snapshot, envelope)
     JOIN signing_key k ON k.key_id = $1 AND k.closed_at IS NULL ORDER BY g.snapshot ON CONFLICT DO NOTHING`,
    [
      keyId,
      signed.map(({ snapshot }) => snapshot),
      signed.map(({ envelope }) => JSON.stringify(envelope)),
      now,
    ],
  );
}

/** Envelopes as they were signed, of each snapshot the oldest first. */
export async function listAttestations(
  db: EntityManager,
  snapshots: readonly string[],
): Promise<{ snapshot: string; keyId: string; envelope: string }[]> {
  const rows: AttestationRow[] = await db.query(
    'SELECT * FROM attestation WHERE snapshot = ANY($1) ORDER BY signed_at, key_id',
    [snapshots],
  );
  return rows.map((row) => ({ snapshot: row.snapshot, keyId: row.key_id, envelope: row.envelope }));
}
