import type { EntityManager } from 'typeorm';
import type { Actor, Grant, TokenScope } from '../kernel/actor.ts';
import { narrowGrants } from './narrow-grants.ts';
import { GRANTS } from './principals.store.ts';

export interface AccessToken {
  readonly id: string;
  readonly principalId: string;
  readonly label: string;
  readonly scopes: readonly TokenScope[];
  /** Ids of the datasets that it is narrowed to; null: it is not. */
  readonly datasetIds: readonly string[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewToken {
  readonly principalId: string;
  readonly label: string;
  readonly hash: string;
  readonly scopes: readonly TokenScope[];
  readonly datasetIds: readonly string[] | null;
  readonly expiresAt: Date | null;
}

const TOKEN = `t.id, t.principal_id AS "principalId", t.label, t.scopes, t.datasets AS "datasetIds", t.created_at AS "createdAt",
  t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt", t.revoked_at AS "revokedAt"`;
const IN_FORCE = 't.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)';

/**
 * A token's use is noted at most so often: a write with every request would make each read wait for the same row, and a finer record
 * would be one of somebody's habits.
 */
const NOTED_AGAIN_AFTER = "interval '1 hour'";

/** The actor behind a token's hash, with every grant it holds, in one statement; null when the token is not valid now. */
export async function findActor(
  db: EntityManager,
  tokenHash: string,
  now: Date,
): Promise<{ readonly actor: Actor; readonly tokenId: string; readonly isUseNews: boolean } | null> {
  const [row] = await db.query(
    `SELECT p.id, p.name, t.id AS "tokenId", t.scopes, t.datasets, t.hash = $1 AS "isCurrent", ${GRANTS} AS grants,
            t.last_used_at IS NULL OR t.last_used_at <= $2::timestamptz - ${NOTED_AGAIN_AFTER} AS "isUseNews"
     FROM access_token t JOIN principal p ON p.id = t.principal_id
     WHERE (t.hash = $1 OR (t.previous_hash = $1 AND t.previous_until > $2)) AND ${IN_FORCE} AND p.disabled_at IS NULL`,
    [tokenHash, now],
  );
  if (!row) return null;
  const scopes: TokenScope[] = row.scopes;
  const actor = {
    principalId: row.id,
    name: row.name,
    grants: narrowGrants(row.grants as Grant[], row.datasets),
    // Who took the secret that was replaced must not hold on to the token by it: in its grace it administers nothing.
    tokenScopes: row.isCurrent ? scopes : scopes.filter((scope) => scope !== 'ADMINISTER'),
    datasets: row.datasets,
    tokenId: row.isCurrent ? row.tokenId : null,
  };
  return { actor, tokenId: row.tokenId, isUseNews: row.isUseNews };
}

/** Of several requests at once one notes it. */
export async function noteTokenUse(db: EntityManager, id: string, now: Date): Promise<void> {
  await db.query(
    `UPDATE access_token SET last_used_at = $2
     WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $2::timestamptz - ${NOTED_AGAIN_AFTER})`,
    [id, now],
  );
}

export async function insertToken(db: EntityManager, token: NewToken, now: Date): Promise<AccessToken> {
  const [row] = await db.query(
    `INSERT INTO access_token AS t (principal_id, label, hash, scopes, datasets, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${TOKEN}`,
    [token.principalId, token.label, token.hash, token.scopes, token.datasetIds, now, token.expiresAt],
  );
  return row;
}

/** A token that is in force; of this principal alone where one is named. */
export async function findTokenInForce(
  db: EntityManager,
  { id, principalId }: { readonly id: string; readonly principalId: string | null },
  now: Date,
): Promise<AccessToken | null> {
  const [row] = await db.query(
    `SELECT ${TOKEN} FROM access_token t WHERE t.id::text = $1 AND ${IN_FORCE} AND ($3::text IS NULL OR t.principal_id::text = $3)`,
    [id, now, principalId],
  );
  return row ?? null;
}

/** Tokens of several principals, the latest first; those that ended only where they are wanted too. */
export async function listTokensOf(
  db: EntityManager,
  principalIds: readonly string[],
  { now, ended }: { readonly now: Date; readonly ended: boolean },
): Promise<AccessToken[]> {
  return db.query(
    `SELECT ${TOKEN} FROM access_token t WHERE t.principal_id = ANY($1::uuid[]) AND ($3 OR (${IN_FORCE}))
     ORDER BY t.created_at DESC, t.id`,
    [principalIds, now, ended],
  );
}

/** Gives the token another secret; the one it had is good until then. */
export async function replaceSecret(
  db: EntityManager,
  id: string,
  secret: { readonly hash: string; readonly previousUntil: Date },
): Promise<void> {
  await db.query(
    'UPDATE access_token SET previous_hash = hash, previous_until = $3, hash = $2 WHERE id = $1',
    [id, secret.hash, secret.previousUntil],
  );
}

export async function revokeTokenRow(db: EntityManager, id: string, now: Date): Promise<void> {
  await db.query('UPDATE access_token SET revoked_at = $2 WHERE id = $1', [id, now]);
}
