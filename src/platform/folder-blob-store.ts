import { createReadStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobStore } from './blob-store.ts';
import { gaugedBytes } from './gauged-bytes.ts';
import { incomingFolder, withIncoming } from './incoming-folder.ts';

/** Blobs in a folder: `sha256/ab/cdef…`, written beside and renamed, so that a crash leaves no half blob. */
export async function folderBlobStore(folder: string): Promise<BlobStore> {
  const incoming = await incomingFolder(join(folder, 'incoming'));
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
    put(source, options) {
      const gauged = gaugedBytes(source, options);
      return withIncoming(incoming, gauged.bytes, async (path) => {
        const { digest, size } = gauged;
        if (await statOf(digest)) return { digest, size, created: false };
        await mkdir(dirname(pathOf(digest)), { recursive: true });
        await rename(path, pathOf(digest));
        return { digest, size, created: true };
      });
    },
    close: async () => undefined,
  };
}
