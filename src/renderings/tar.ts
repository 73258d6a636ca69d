import { DomainError } from '../kernel/errors.ts';
import type { TreeMember } from './rendering.ts';

const BLOCK = 512;
const LARGEST = 0o77777777777;
/** Small members are handed on together. */
const HANDED_ON_AT_ONCE = 1 << 18;

/**
 * A tar archive in the ustar form (POSIX.1-1988), byte for byte what `tar --format=ustar -b1 --mtime=@0 --owner=:0 --group=:0
 * --numeric-owner --mode=0644 --no-recursion` writes of the same members in the same order, so that anybody can rebuild it.
 * @throws DomainError LIMIT_EXCEEDED for a member above 8 GiB or a path that does not fit; INVALID_VALUE where the paths do not rise
 */
export async function* tar(
  members: AsyncIterable<TreeMember> | Iterable<TreeMember>,
): AsyncGenerator<Uint8Array> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  let last: Buffer | null = null;
  for await (const member of members) {
    const path = Buffer.from(member.path, 'utf8');
    if (last !== null && Buffer.compare(last, path) >= 0)
      throw new DomainError('INVALID_VALUE', `${member.path} does not follow ${last.toString('utf8')}.`);
    last = path;
    gathered.push(tarHeader(member.path, member.size));
    size += BLOCK;
    let written = 0;
    for await (const chunk of member.chunks) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
      written += bytes.length;
      size += bytes.length;
      gathered.push(bytes);
      if (size < HANDED_ON_AT_ONCE) continue;
      yield Buffer.concat(gathered);
      [gathered, size] = [[], 0];
    }
    if (written !== member.size)
      throw new DomainError('SIZE_MISMATCH', `${member.path} has ${written} bytes, not ${member.size}.`);
    gathered.push(new Uint8Array((BLOCK - (written % BLOCK)) % BLOCK));
  }
  yield Buffer.concat([...gathered, new Uint8Array(2 * BLOCK)]);
}

/** The header block of a regular file of mode 0644 and no owner, made at the epoch. */
export function tarHeader(path: string, size: number): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  const { prefix, name } = splitPath(path);
  if (size > LARGEST)
    throw new DomainError(
      'LIMIT_EXCEEDED',
      `${path} has ${size} bytes; a tar of this form holds 8 GiB a file.`,
    );
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
  name.copy(header, 0);
  header.write(octal(0o644, 8), 100, 'latin1');
  header.write(octal(0, 8), 108, 'latin1');
  header.write(octal(0, 8), 116, 'latin1');
  header.write(octal(size, 12), 124, 'latin1');
  header.write(octal(0, 12), 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(octal(0, 8), 329, 'latin1');
  header.write(octal(0, 8), 337, 'latin1');
  prefix.copy(header, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** Up to 100 bytes stand in the name; a longer path is parted at a slash, with at most 155 before it. */
function splitPath(path: string): { prefix: Buffer; name: Buffer } {
  const bytes = Buffer.from(path, 'utf8');
  if (bytes.length <= 100) return { prefix: Buffer.alloc(0), name: bytes };
  const slash = bytes.lastIndexOf(0x2f, 155);
  const name = bytes.subarray(slash + 1);
  if (slash <= 0 || name.length > 100 || name.length === 0)
    throw new DomainError('LIMIT_EXCEEDED', `${path} is too long a path for a tar of this form.`);
  return { prefix: bytes.subarray(0, slash), name };
}
