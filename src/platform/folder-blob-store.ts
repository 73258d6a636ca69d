import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobStore } from './blob-store.ts';
import { gaugedBytes } from './gauged-bytes.ts';
import { clearIncoming, incomingFolder, withIncoming } from './incoming-folder.ts';

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
    async *list() {
      for (const start of await namesIn(join(folder, 'sha256')))
        for (const rest of await namesIn(join(folder, 'sha256', start))) {
          const digest = start + rest;
          const found = /^[0-9a-f]{64}$/.test(digest) ? await statOf(digest) : null;
          if (found) yield { digest, size: found.size };
        }
    },
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
    destroy: (digest) => rm(pathOf(digest), { force: true }),
    clearLeftBehind: () => clearIncoming(incoming),
    close: async () => undefined,
  };
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
