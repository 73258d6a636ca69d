import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../kernel/errors.ts';

/** Bytes under their SHA-256 (law 1). Whatever is in the store is whole and true to its name. */
export interface BlobStore {
  /** Streams to the store; a digest that differs is refused with DIGEST_MISMATCH and leaves nothing. */
  put(
    source: AsyncIterable<Uint8Array>,
    options: { expected?: string; maxBytes?: number },
  ): Promise<StoredBlob>;
  stat(digest: string): Promise<{ size: number } | null>;
  read(digest: string, range?: { start: number; end: number }): Readable;
  /** A local path of the bytes, for decoders that want one. */
  path(digest: string): string;
}

export interface StoredBlob {
  readonly digest: string;
  readonly size: number;
  readonly created: boolean;
}

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
    path: pathOf,
    stat: statOf,
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
