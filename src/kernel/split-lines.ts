import { DomainError } from './errors.ts';

const LF = 0x0a;

/**
 * The lines of a stream as bytes, without their LF, in constant memory. LF alone ends a line, whatever else the
 * bytes hold; a last line without one is MALFORMED_FILE, named by `name`.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Buffer> {
  let open: Buffer[] = [];
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      const tail = bytes.subarray(start, end);
      yield open.length === 0 ? tail : Buffer.concat([...open, tail]);
      open = [];
      start = end + 1;
    }
    if (start < bytes.length) open.push(bytes.subarray(start));
  }
  if (open.length > 0) throw new DomainError('MALFORMED_FILE', `${name}: the last line does not end in LF.`);
}
