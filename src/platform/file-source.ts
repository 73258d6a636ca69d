import { fstatSync, readSync } from 'node:fs';
import type { ByteSource } from '../kernel/tiff-directory.ts';

/** An open file as a byte source. Reads are synchronous: they are few, short and on a worker thread. */
export function fileSource(descriptor: number): ByteSource {
  const { size } = fstatSync(descriptor);
  const read = (position: number, length: number) => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - position)));
    return bytes.length === 0
      ? bytes
      : bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, position));
  };
  return { size, read };
}
