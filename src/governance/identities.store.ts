import type { EntityManager } from 'typeorm';
import type { Identity } from '../platform/identity-provider.ts';

export interface TiedPrincipal {
  readonly principalId: string;
  readonly isDisabled: boolean;
}

/** The principal that a provider's subject is; null where none was tied to it. */
export async function findIdentity(
  db: EntityManager,
  { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
): Promise<TiedPrincipal | null> {
  const [row] = await db.query(
    `SELECT i.principal_id AS "principalId", p.disabled_at IS NOT NULL AS "isDisabled"
     FROM principal_identity i JOIN principal p ON p.id = i.principal_id WHERE i.issuer = $1 AND i.subject = $2`,
    [issuer, subject],
  );
  return row ?? null;
}

/** Returns whose the identity is now: another's where it was tied before. */
export async function insertIdentity(
  db: EntityManager,
  identity: { issuer: string; subject: string; principalId: string },
  now: Date,
): Promise<TiedPrincipal> {
  await db.query(
    `INSERT INTO principal_identity (issuer, subject, principal_id, tied_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (issuer, subject) DO NOTHING`,
    [identity.issuer, identity.subject, identity.principalId, now],
  );
  return (await findIdentity(db, identity))!;
}
