import { join } from 'node:path';
import { DomainError } from '../kernel/errors.ts';
import type { BlobStore } from '../platform/blob-store.ts';
import { folderBlobStore } from '../platform/folder-blob-store.ts';
import type { Configuration } from './configuration.ts';

/** The object store's client is large, and loaded by those alone who use it. */
export async function openBlobStore({ blobs, dataFolder }: Configuration): Promise<BlobStore> {
  if (typeof blobs === 'string')
    return folderBlobStore(blobs).catch((error: NodeJS.ErrnoException) => {
      throw new DomainError(
        'BAD_CONFIGURATION',
        `HOLOTYPE_BLOBS: the folder "${blobs}" cannot be used (${error.code}); give one that can be written.`,
      );
    });
  const { s3BlobStore } = await import('../platform/s3-blob-store.ts');
  return s3BlobStore(blobs, join(dataFolder, 'incoming'));
}
