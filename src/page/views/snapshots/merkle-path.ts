const LEAF = 0;
const NODE = 1;

export interface Proof {
  readonly index: number;
  readonly size: number;
  readonly line: string;
  readonly path: readonly string[];
}

/** The root that a line leads to by the hashes beside its way (RFC 9162 §2.1.3.2), computed here; null where the path has another length. */
export async function rootOfPath({ index, size, line, path }: Proof): Promise<string | null> {
  let node = index;
  let last = size - 1;
  let root = await leafOf(line);
  for (const sibling of path.map(bytesOf)) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      root = await hash(NODE, sibling, root);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else root = await hash(NODE, root, sibling);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hexOf(root) : null;
}

/** A tombstone says its leaf hash itself. */
function leafOf(line: string): Promise<Uint8Array> {
  const { leaf } = JSON.parse(line) as { leaf?: string };
  return leaf ? Promise.resolve(bytesOf(leaf)) : hash(LEAF, new TextEncoder().encode(line));
}

/** SHA-256 of a text, in hexadecimal. */
export async function sha256Of(text: string): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

async function hash(kind: number, ...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const whole = new Uint8Array(1 + parts.reduce((sum, { length }) => sum + length, 0));
  whole[0] = kind;
  let at = 1;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
