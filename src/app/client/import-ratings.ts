import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { readRatings } from '../../interchange/ratings.codec.ts';
import { DomainError } from '../../kernel/errors.ts';
import { filesNamed } from './import-named-files.ts';
import type { ImportSource, RatingsWish, SourceOptions } from './import-source-options.ts';

const AS_IT_COMES: RatingsWish = {
  layout: null,
  columns: null,
  unnamed: false,
  quantity: null,
  classes: null,
  count: 'n',
  outer: 'annotator',
};

/** Ratings of whole images: a table, a NumPy array, YAML or JSON, perhaps packed with gzip. */
export async function openRatings(options: SourceOptions): Promise<ImportSource> {
  const path = options.path.replace(/\.gz$/i, '');
  const { mapping, set, leaveOut, labelSeparator, annotator, ratings = AS_IT_COMES } = options;
  const plan = readRatings(await bytesOf(options.path), {
    mapping,
    set,
    leaveOut,
    labelSeparator,
    annotator,
    ...ratings,
    path,
  });
  return { files: await filesNamed(plan, options, options.images), plan, planWith: null };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (bytes.length < 2 || bytes.readUInt16BE() !== 0x1f8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new DomainError('MALFORMED_FILE', `${path} cannot be unpacked: ${(error as Error).message}.`);
  }
}
