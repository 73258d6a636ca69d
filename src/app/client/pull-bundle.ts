import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../kernel/errors.ts';
import { bundlePath } from '../../renderings/image-bundle.ts';
import { tarHeader } from '../../renderings/tar.ts';
import type { ManifestEntry } from '../../snapshots/manifest-line.ts';
import { bodyOf, get, withRetries } from './http.ts';
import type { SnapshotFolder } from './pull-shards.ts';

const BLOCK = 512;

/** An image that is to be brought, with its place in the manifest. */
export interface DueImage {
  readonly index: number;
  readonly entry: ManifestEntry & { readonly path: string };
}

/**
 * Brings many small images in one answer and proves each by its hash. They come in the order of the manifest, so that every byte of the
 * archive is known before it arrives but the images' own. A connection that is cut is gone on with from the first image that lacks.
 */
export async function pullBundle(
  folder: SnapshotFolder,
  images: readonly DueImage[],
  parts: readonly string[] | null,
  signal: AbortSignal,
  onImage: (image: DueImage) => void,
): Promise<void> {
  let done = 0;
  let furthest = 0;
  const progressed = () => {
    const further = done > furthest;
    furthest = Math.max(furthest, done);
    return further;
  };
  await withRetries(
    folder.access,
    async () => {
      const range = { first: images[done]!.index, last: images.at(-1)!.index };
      const query = parts === null ? '' : `?parts=${encodeURIComponent(JSON.stringify(parts))}`;
      const path = `/snapshots/${folder.digest}/${bundlePath(range)}${query}`;
      const body = exactly(bodyOf(await get(folder.access, path, {}, signal)), path);
      try {
        for (; done < images.length; done++) {
          await receive(folder.directory, images[done]!, body);
          onImage(images[done]!);
        }
      } finally {
        await body.end();
      }
    },
    progressed,
  );
}

async function receive(directory: string, { entry }: DueImage, body: ExactReader): Promise<void> {
  const { path, sha256 } = entry;
  const size = entry.size!;
  const header = await body.take(BLOCK);
  if (!header.equals(tarHeader(path, size)))
    throw new DomainError(
      'CONFLICT',
      `The server sent another image in the place of ${path}, which may have been withdrawn since; pull again.`,
    );
  const bytes = await body.take(size);
  await body.take((BLOCK - (size % BLOCK)) % BLOCK);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== sha256)
    throw new DomainError(
      'PIN_MISMATCH',
      `${path}: the bytes received are not the ${size} bytes of sha256:${sha256}; nothing of them was kept.`,
    );
  await write(join(directory, path), bytes);
}

/** In place: what a crash leaves unfinished has another hash, and is brought anew. */
async function write(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.write(bytes);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

interface ExactReader {
  /** So many bytes; UNAVAILABLE where the body ends before. */
  take(size: number): Promise<Buffer>;
  end(): Promise<void>;
}

function exactly(chunks: AsyncGenerator<Uint8Array>, path: string): ExactReader {
  let held: Buffer = Buffer.alloc(0);
  return {
    async take(size) {
      const gathered: Uint8Array[] = [held];
      let length = held.length;
      while (length < size) {
        const { done, value } = await chunks.next();
        if (done) throw new DomainError('UNAVAILABLE', `${path}: the answer ended before its last image.`);
        gathered.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
        length += value.byteLength;
      }
      const all = gathered.length === 1 ? held : Buffer.concat(gathered, length);
      held = all.subarray(size);
      return all.subarray(0, size);
    },
    async end() {
      await chunks.return(undefined);
    },
  };
}
