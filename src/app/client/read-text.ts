import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { DomainError } from '../../kernel/errors.ts';

/** V8 holds no longer text. */
const LONGEST_TEXT = 2 ** 29 - 24;

/** A file's text in UTF-8, unpacked where it is gzip by its first bytes. Throws MALFORMED_FILE, naming the file. */
export async function readText(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    const file = createReadStream(path);
    const bytes = (await isGzip(path)) ? file.pipe(createGunzip()) : file;
    file.on('error', (error) => bytes.destroy(error));
    for await (const chunk of bytes) {
      size += (chunk as Buffer).length;
      if (size > LONGEST_TEXT)
        throw new DomainError('MALFORMED_FILE', `${path} is longer than ${LONGEST_TEXT} bytes; divide it.`);
      chunks.push(chunk as Buffer);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof DomainError) throw error;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new DomainError('MALFORMED_FILE', `${path} is not text in UTF-8; save it as UTF-8.`);
    if (code === undefined) throw error;
    throw new DomainError('MALFORMED_FILE', `${path} cannot be read: ${message}.`);
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
  } finally {
    await file.close();
  }
}
