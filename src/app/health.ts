import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { sha256Hex } from '../kernel/sha256.ts';
import type { BlobStore } from '../platform/blob-store.ts';
import type { Services } from '../platform/context.ts';
import { missingMigrations } from '../platform/migrate.ts';

/** What a server needs to answer; `server` is down when it stops. */
export type Part = 'server' | 'database' | 'blobs' | 'migrations';

const PATIENCE_MILLISECONDS = 3_000;
/** Of no bytes: put there when the server starts, so that a folder which was unmounted is noticed. */
const EMPTY_BLOB = sha256Hex('');

/** Which parts are down, none where all are up. Whoever asks while it is found out shares the answer. */
export function readiness(services: Services, isStopping: () => boolean): () => Promise<Part[]> {
  let asked: Promise<Part[]> | null = null;
  let last = '';
  const findOut = async () => {
    const down = await partsDown(services);
    if (down.join() !== last) services.log.warn({ down }, down.length > 0 ? 'not ready' : 'ready again');
    last = down.join();
    return down;
  };
  return async () => {
    if (isStopping()) return ['server'];
    asked ??= findOut().finally(() => {
      asked = null;
    });
    return asked;
  };
}

async function partsDown({ db, blobs, log }: Services): Promise<Part[]> {
  const isUp = async (part: Part, check: Promise<unknown>) => {
    const late = sleep(PATIENCE_MILLISECONDS, null, { ref: false }).then(() => {
      throw new Error(`no answer within ${PATIENCE_MILLISECONDS} ms`);
    });
    try {
      await Promise.race([check, late]);
      return [];
    } catch (error) {
      log.warn({ err: error, part }, 'a part of the server is down');
      return [part];
    }
  };
  const found = await Promise.all([
    isUp('database', db.query('SELECT 1')).then(async (down) =>
      down.length > 0 ? down : isUp('migrations', requireMigrations(db)),
    ),
    isUp('blobs', requireBlob(blobs)),
  ]);
  return found.flat();
}

async function requireBlob(blobs: BlobStore): Promise<void> {
  if ((await blobs.stat(EMPTY_BLOB)) === null) throw new Error('the store has lost the empty blob');
}

async function requireMigrations(db: EntityManager): Promise<void> {
  const missing = await missingMigrations(db.dataSource);
  if (missing.length > 0) throw new Error(`the database has not had ${missing.join(', ')}`);
}
