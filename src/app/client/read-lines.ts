import { createReadStream } from 'node:fs';
import { DomainError } from '../../kernel/errors.ts';

const LF = 0x0a;
const CHUNK_BYTES = 1 << 20;

/**
 * The lines of a file as bytes, without their LF, in constant memory. LF alone ends a line, whatever else the
 * bytes hold; a last line without one is MALFORMED_FILE.
 */
export async function* readLines(path: string): AsyncGenerator<Buffer> {
  let open: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const bytes = chunk as Buffer;
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      const tail = bytes.subarray(start, end);
      yield open.length === 0 ? tail : Buffer.concat([...open, tail]);
      open = [];
      start = end + 1;
    }
    if (start < bytes.length) open.push(bytes.subarray(start));
  }
  if (open.length > 0) throw new DomainError('MALFORMED_FILE', `${path}: the last line does not end in LF.`);
}
