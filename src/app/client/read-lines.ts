import { createReadStream } from 'node:fs';
import { splitLines } from '../../kernel/split-lines.ts';

const CHUNK_BYTES = 1 << 20;

/** The lines of a file (`splitLines`), named by its path where it is malformed. */
export function readLines(path: string): AsyncGenerator<Buffer> {
  return splitLines(createReadStream(path, { highWaterMark: CHUNK_BYTES }), path);
}
