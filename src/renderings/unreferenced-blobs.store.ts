import type { EntityManager } from 'typeorm';
import { sha256Hex } from '../kernel/sha256.ts';
import { lockBlobs } from '../platform/blob-lock.ts';
import type { Services } from '../platform/context.ts';

/** So many are judged and destroyed while others wait to write down that they refer to bytes. */
const AT_ONCE = 100;
const LISTED_AT_ONCE = 1_000;
/** By which the server knows that its store is there. */
const EMPTY_BLOB = sha256Hex('');

/** Those of the digests that no image, thumbnail, preview, shard as it is served, open proposal or rendering refers to any more. */
const UNREFERENCED = `
  NOT EXISTS (SELECT 1 FROM image i WHERE i.digest = d AND i.until > i.since)
  AND NOT EXISTS (SELECT 1 FROM content_facts f WHERE f.thumbnail_digest = d)
  AND NOT EXISTS (SELECT 1 FROM preview p WHERE p.digest = d)
  AND NOT EXISTS (SELECT 1 FROM rendering_file f WHERE f.digest = d)
  AND NOT EXISTS (SELECT 1 FROM snapshot_proposal_file f WHERE f.digest = d AND NOT EXISTS (
        SELECT 1 FROM snapshot_proposal_end e WHERE e.proposal = f.proposal))
  AND NOT EXISTS (SELECT 1 FROM snapshot_file f WHERE f.digest = d AND NOT EXISTS (
        SELECT 1 FROM snapshot_view_file n WHERE n.snapshot = f.snapshot AND n.name = f.name))
  AND NOT EXISTS (SELECT 1 FROM snapshot_view_file f WHERE f.digest = d AND NOT EXISTS (
        SELECT 1 FROM snapshot_view_file n WHERE n.snapshot = f.snapshot AND n.name = f.name AND n.view > f.view))`;

async function unreferenced(db: EntityManager, digests: readonly string[]): Promise<string[]> {
  const rows: { digest: string }[] = await db.query(
    `SELECT d AS digest FROM unnest($1::text[]) d WHERE ${UNREFERENCED}`,
    [digests],
  );
  return rows.map(({ digest }) => digest);
}

/** Of those the ones that the server made itself: every upload is on the record before its bytes are there. */
async function strays(db: EntityManager, digests: readonly string[]): Promise<string[]> {
  const rows: { digest: string }[] = await db.query(
    `SELECT d AS digest FROM unnest($1::text[]) d WHERE d <> $2 AND ${UNREFERENCED}
       AND NOT EXISTS (SELECT 1 FROM audit_event a WHERE a.subject = 'blob:' || d AND a.action = 'blob.put')`,
    [digests, EMPTY_BLOB],
  );
  return rows.map(({ digest }) => digest);
}

/**
 * Destroys those of the digests that nothing refers to, with what was known of their content, and says how many. Judged and destroyed
 * under the lock that everybody takes who writes down that bytes are referred to: what is referred to is there.
 */
export async function destroyUnreferenced(
  { db, blobs }: Pick<Services, 'db' | 'blobs'>,
  digests: readonly string[],
): Promise<number> {
  let destroyed = 0;
  for (let start = 0; start < digests.length; start += AT_ONCE)
    await db.transaction(async (within) => {
      await lockBlobs(within);
      const left = await unreferenced(within, digests.slice(start, start + AT_ONCE));
      await within.query('DELETE FROM content_facts WHERE digest = ANY($1)', [left]);
      await within.query('DELETE FROM preview WHERE source = ANY($1)', [left]);
      for (const digest of left) await blobs.destroy(digest);
      destroyed += left.length;
    });
  return destroyed;
}

/**
 * Destroys what the server made and nothing refers to, of whatever dataset, and says how much: shards of what was refused, files of forms
 * that were never finished. What is being made is among it, and is made anew: its maker finds it missing. An upload that no image names
 * yet stays, for somebody else sent it.
 */
export async function destroyStrays(services: Pick<Services, 'db' | 'blobs'>): Promise<number> {
  let destroyed = 0;
  let page: string[] = [];
  const destroy = async () => {
    destroyed += await destroyUnreferenced(services, await strays(services.db, page));
    page = [];
  };
  for await (const { digest } of services.blobs.list()) {
    page.push(digest);
    if (page.length === LISTED_AT_ONCE) await destroy();
  }
  await destroy();
  return destroyed;
}
