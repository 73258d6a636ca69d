import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { appendAuditEvent } from '../../governance/audit.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { INSTANCE_SCOPE } from '../../kernel/actor.ts';
import type { Context } from '../../platform/context.ts';
import { dumpDatabase } from '../../platform/database-dump.ts';

const ENTRY = { action: 'instance.backup', subject: 'instance' };

/**
 * The whole database as of one moment, as a gzip file on its way out. It is written beside first: a reader on a slow line
 * must not hold a transaction open, behind which all others wait where the database is the embedded one.
 */
export async function dumpOfDatabase(context: Context): Promise<AsyncGenerator<Buffer>> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  await appendAuditEvent(context, ENTRY, 'ATTEMPT');
  const folder = await mkdtemp(join(tmpdir(), 'holotype-dump-'));
  try {
    const path = join(folder, 'database.jsonl.gz');
    const rows = await writeDump(context, path);
    await appendAuditEvent(context, { ...ENTRY, detail: { rows } }, 'SUCCEEDED');
    return removedAfter(folder, createReadStream(path));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    await appendAuditEvent(context, { ...ENTRY, detail: { code: 'INTERNAL' } }, 'FAILED');
    throw error;
  }
}

async function writeDump({ db, now, software }: Context, path: string): Promise<number> {
  const gzip = createGzip({ level: 1 });
  const written = pipeline(gzip, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  written.catch(() => undefined); // awaited below, wherever it fails
  try {
    const { rows } = await dumpDatabase(db, { at: now().toISOString(), software }, async (lines) => {
      if (!gzip.write(lines)) await Promise.race([once(gzip, 'drain'), written]);
    });
    gzip.end();
    await written;
    return Object.values(rows).reduce((sum, count) => sum + count, 0);
  } finally {
    gzip.destroy();
  }
}

async function* removedAfter(folder: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
