import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 20;

/** SHA-256 and size of a file, read a megabyte at a time; undefined where there is no such file. */
export async function hashFile(path: string): Promise<{ sha256: string; size: number } | undefined> {
  const hash = createHash('sha256');
  const size = await feedFile(hash, path);
  return size === undefined ? undefined : { sha256: hash.digest('hex'), size };
}

/** Feeds a file to a hash that goes on; its size in bytes, or undefined where there is no such file. */
export async function feedFile(hash: Hash, path: string): Promise<number | undefined> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return undefined;
  try {
    const { size: expected } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, expected + 1));
    let size = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return size;
      hash.update(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
  } finally {
    await file.close();
  }
}
