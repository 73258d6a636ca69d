import type { EntityManager } from 'typeorm';
import type { Loss } from '../interchange/export-plan.ts';
import { insertRows } from '../platform/database.ts';
import type { OrderChange } from '../platform/ordered-work.ts';
import type { MadeFile } from './rendering.ts';
import { type RenderingRequest, renderingId } from './rendering-request.ts';
import type { RenderingFileRow, RenderingRow } from './renderings.tables.ts';

export const RENDERING_STATES = ['WAITING', 'RUNNING', 'DONE', 'FAILED'] as const;
export type RenderingState = (typeof RENDERING_STATES)[number];

/** A rendering that was asked for: how far it is, and once it is made, of what files it is. */
export interface Rendering {
  readonly id: string;
  readonly request: RenderingRequest;
  readonly state: RenderingState;
  /** Images read in the present pass over them, of all. */
  readonly done: number;
  readonly total: number;
  readonly faultCode: string | null;
  readonly fault: string | null;
  readonly losses: readonly Loss[];
  readonly orderedAt: Date;
  readonly madeAt: Date | null;
}

/** The rendering of this request, and whether somebody must be told to make it: it is new, or failed before. */
export async function claimRendering(
  db: EntityManager,
  request: RenderingRequest,
  now: Date,
): Promise<{ rendering: Rendering; isNew: boolean }> {
  const id = renderingId(request);
  const { snapshot, view, format, version, options, origin } = request;
  const claimed: RenderingRow[] = await db.query(
    `INSERT INTO rendering (id, snapshot, view, format, version, consensus, annotator, origin, state, done, total, ordered_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'WAITING', 0, 0, $9)
     ON CONFLICT (id) DO UPDATE SET state = 'WAITING', done = 0, fault_code = NULL, fault = NULL, ordered_at = $9
     WHERE rendering.state = 'FAILED' RETURNING *`,
    [id, snapshot, view, format, version, options.consensus, options.annotator, origin, now],
  );
  if (claimed[0]) return { rendering: toRendering(claimed[0]), isNew: true };
  return { rendering: (await findRendering(db, id))!, isNew: false };
}

export async function findRendering(db: EntityManager, id: string): Promise<Rendering | null> {
  const [row]: RenderingRow[] = await db.query('SELECT * FROM rendering WHERE id = $1', [id]);
  return row ? toRendering(row) : null;
}

/** In the order in which they were asked for. */
export async function listRenderings(db: EntityManager, snapshots: readonly string[]): Promise<Rendering[]> {
  const rows: RenderingRow[] = await db.query(
    'SELECT * FROM rendering WHERE snapshot = ANY($1) ORDER BY ordered_at, id',
    [snapshots],
  );
  return rows.map(toRendering);
}

/** Says how far it is; what has ended stays as it is. Gives the state it is in then. */
export async function updateRendering(db: EntityManager, id: string, change: OrderChange): Promise<string> {
  await db.query(
    `UPDATE rendering SET state = $2, done = coalesce($3, done), total = coalesce($4, total), fault_code = $5, fault = $6
     WHERE id = $1 AND state IN ('WAITING', 'RUNNING')`,
    [
      id,
      change.state,
      change.done ?? null,
      change.total ?? null,
      change.faultCode ?? null,
      change.fault ?? null,
    ],
  );
  const [row] = await db.query('SELECT state FROM rendering WHERE id = $1', [id]);
  return row.state;
}

/** It is made, all at once. */
export async function completeRendering(
  db: EntityManager,
  id: string,
  made: { files: readonly MadeFile[]; losses: readonly Loss[] },
  now: Date,
): Promise<void> {
  const [, changed] = await db.query(
    `UPDATE rendering SET state = 'DONE', losses = $2, made_at = $3, fault_code = NULL, fault = NULL WHERE id = $1 AND state <> 'DONE'`,
    [id, JSON.stringify(made.losses), now],
  );
  if (changed === 0) return;
  await insertRows(
    db,
    'rendering_file',
    { rendering: 'text', path: 'text', digest: 'text', size: 'bigint', media_type: 'text' },
    made.files.map(({ path, digest, size, mediaType }) => ({
      rendering: id,
      path,
      digest,
      size,
      media_type: mediaType,
    })),
  );
}

export async function listRenderingFiles(
  db: EntityManager,
  renderings: readonly string[],
): Promise<(MadeFile & { readonly rendering: string })[]> {
  const rows: RenderingFileRow[] = await db.query(
    'SELECT * FROM rendering_file WHERE rendering = ANY($1) ORDER BY path COLLATE "C"',
    [renderings],
  );
  return rows.map((row) => ({
    rendering: row.rendering,
    path: row.path,
    digest: row.digest,
    size: Number(row.size),
    mediaType: row.media_type,
  }));
}

function toRendering(row: RenderingRow): Rendering {
  const { consensus, annotator } = row;
  return {
    id: row.id,
    request: {
      snapshot: row.snapshot,
      view: row.view,
      format: row.format,
      version: row.version,
      options: { consensus, annotator },
      origin: row.origin,
    },
    state: row.state as RenderingState,
    done: row.done,
    total: row.total,
    faultCode: row.fault_code,
    fault: row.fault,
    losses: row.losses === null ? [] : JSON.parse(row.losses),
    orderedAt: row.ordered_at,
    madeAt: row.made_at,
  };
}
