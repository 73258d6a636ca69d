import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { bodyOf, get, type ServerAccess } from './http.ts';

/** Writes the log, or a stretch of it, to a file, which is there whole or not at all. */
export async function exportAudit(
  access: ServerAccess,
  file: string,
  range: { readonly from?: string; readonly to?: string },
): Promise<void> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(range)) if (value !== undefined) query.set(name, value);
  const unfinished = `${file}.part`;
  const response = await get(access, `/audit/events.jsonl?${query}`);
  await pipeline(bodyOf(response), createWriteStream(unfinished, { mode: 0o600 }));
  await rename(unfinished, file);
}
