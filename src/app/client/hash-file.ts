import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

const CHUNK_BYTES = 1 << 20;

/** SHA-256 and size of a file, read as a stream; undefined where there is no such file. */
export async function hashFile(path: string): Promise<{ sha256: string; size: number } | undefined> {
  const hash = createHash('sha256');
  const size = await feedFile(hash, path);
  return size === undefined ? undefined : { sha256: hash.digest('hex'), size };
}

/** Feeds a file to a hash that goes on; its size in bytes, or undefined where there is no such file. */
export async function feedFile(hash: Hash, path: string): Promise<number | undefined> {
  let size = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return size;
}
