import type { EntityManager } from 'typeorm';
import { PREVIEW_RECIPE, type PreviewSize } from './preview.ts';

export interface KeptPreview {
  readonly source: string;
  readonly digest: string;
  readonly low: number | null;
  readonly high: number | null;
}

export async function findPreview(
  db: EntityManager,
  source: string,
  size: PreviewSize,
): Promise<KeptPreview | null> {
  const [found] = await db.query(
    'SELECT source, digest, low, high FROM preview WHERE source = $1 AND size = $2 AND recipe = $3',
    [source, size, PREVIEW_RECIPE],
  );
  return found ?? null;
}

/**
 * Keeps a preview as long as its source is known; false where the source was withdrawn while the preview was made. The lock
 * on the source's facts makes a withdrawal wait for this row, which it then finds.
 */
export async function keepPreview(db: EntityManager, size: PreviewSize, made: KeptPreview): Promise<boolean> {
  const rows: unknown[] = await db.query(
    `WITH held AS (SELECT digest FROM content_facts WHERE digest = $1 FOR KEY SHARE),
          kept AS (INSERT INTO preview (source, size, recipe, digest, low, high)
                   SELECT digest, $2, $3, $4, $5, $6 FROM held ON CONFLICT DO NOTHING)
     SELECT 1 FROM held`,
    [made.source, size, PREVIEW_RECIPE, made.digest, made.low, made.high],
  );
  return rows.length > 0;
}
