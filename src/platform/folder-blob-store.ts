import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '../kernel/errors.ts';
import type { BlobStore } from './blob-store.ts';

/** Blobs in a folder: `sha256/ab/cdef…`, written beside and renamed, so that a crash leaves no half blob. */
export async function folderBlobStore(folder: string): Promise<BlobStore> {
  const incoming = join(folder, 'incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  const pathOf = (digest: string) => join(folder, 'sha256', digest.slice(0, 2), digest.slice(2));
  const statOf = async (digest: string) => {
    try {
      return { size: (await stat(pathOf(digest))).size };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  };
  return {
    stat: statOf,
    local: (digest, use) => use(pathOf(digest)),
    signedAddress: async () => null,
    read: (digest, range) => createReadStream(pathOf(digest), { ...range, highWaterMark: 256 * 1024 }),
    async put(source, { expected, maxBytes = Number.POSITIVE_INFINITY }) {
      const temporary = join(incoming, randomBytes(16).toString('hex'));
      try {
        const { digest, size } = await writeHashed(temporary, source, maxBytes);
        if (expected !== undefined && expected !== digest) {
          throw new DomainError(
            'DIGEST_MISMATCH',
            `The body's SHA-256 is ${digest}, not ${expected} as its address says; nothing was kept.`,
          );
        }
        if (await statOf(digest)) return { digest, size, created: false };
        await mkdir(dirname(pathOf(digest)), { recursive: true });
        await rename(temporary, pathOf(digest));
        return { digest, size, created: true };
      } finally {
        await rm(temporary, { force: true });
      }
    },
  };
}

async function writeHashed(path: string, source: AsyncIterable<Uint8Array>, maxBytes: number) {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of source) {
      size += chunk.byteLength;
      if (size > maxBytes)
        throw new DomainError(
          'BLOB_TOO_LARGE',
          `The body is larger than ${maxBytes} bytes, the most this server takes.`,
        );
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  return { digest: hash.digest('hex'), size };
}
