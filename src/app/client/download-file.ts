import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { DomainError } from '../../kernel/errors.ts';
import { feedFile } from './hash-file.ts';
import { bodyOf, get, type ServerAccess, withRetries } from './http.ts';

/** A shorter file that a stopped run left unfinished is begun anew: cheaper than remembering where it stood. */
const REMEMBERED_BYTES = 1 << 20;

export interface DownloadRequest {
  readonly path: string;
  readonly target: string;
  /** What the bytes must be; null where the caller checks them. */
  readonly expected: { readonly sha256: string; readonly size: number } | null;
  readonly signal?: AbortSignal;
}

/** How far `.part` has come. `etag`: the strong validator of its bytes, null where it cannot be gone on with. */
interface Standing {
  etag: string | null;
  offset: number;
}

/**
 * Streams a file to `target.part`, going on where a cut connection or a stopped run left off (Range with
 * If-Range, RFC 9110 §13.1.5 and §14.2), checks it and renames it. Wrong bytes are removed: PIN_MISMATCH.
 */
export async function downloadFile(access: ServerAccess, request: DownloadRequest): Promise<void> {
  const part = `${request.target}.part`;
  const standing = await standingOf(part);
  const inherited = standing.offset > 0;
  let right = await receiveAll(access, request, standing);
  if (!right && inherited) {
    Object.assign(standing, { etag: null, offset: 0 });
    right = await receiveAll(access, request, standing);
  }
  await rm(`${part}.etag`, { force: true });
  if (!right) {
    await rm(part);
    const { sha256, size } = request.expected!;
    throw new DomainError(
      'PIN_MISMATCH',
      `${request.path}: the bytes received are not the ${size} bytes of sha256:${sha256}; they were removed.`,
    );
  }
  await rename(part, request.target);
}

async function receiveAll(
  access: ServerAccess,
  request: DownloadRequest,
  standing: Standing,
): Promise<boolean> {
  let furthest = standing.offset;
  const progressed = () => {
    const further = standing.offset > furthest;
    furthest = Math.max(furthest, standing.offset);
    return further;
  };
  const sha256 = await withRetries(access, () => receive(access, request, standing), progressed);
  const { expected } = request;
  return expected === null || (expected.sha256 === sha256 && expected.size === standing.offset);
}

/** One request for what is missing; the SHA-256 of the whole file once its body has ended. */
async function receive(access: ServerAccess, request: DownloadRequest, standing: Standing): Promise<string> {
  const part = `${request.target}.part`;
  const hash = createHash('sha256');
  const ask = standing.etag !== null && standing.offset > 0;
  const headers: Record<string, string> = ask
    ? { range: `bytes=${standing.offset}-`, 'if-range': standing.etag! }
    : {};
  const response = await get(access, request.path, headers, request.signal);
  if (response.status !== 200 && !(ask && startOf(response) === standing.offset)) {
    await response.body?.cancel();
    Object.assign(standing, { etag: null, offset: 0 });
    throw new DomainError('UNAVAILABLE', `${request.path}: the server did not send the range asked for.`);
  }
  if (response.status === 200) standing.offset = 0;
  else if ((await feedFile(hash, part)) !== standing.offset) {
    throw new DomainError('CONFLICT', `${part} is being written by another pull; let one finish first.`);
  }
  await remember(part, response, standing);
  const file = await open(part, standing.offset > 0 ? 'a' : 'w');
  try {
    await write(response, file, hash, request, standing);
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function write(
  response: Response,
  file: FileHandle,
  hash: Hash,
  { expected }: DownloadRequest,
  standing: Standing,
): Promise<void> {
  for await (const chunk of bodyOf(response)) {
    hash.update(chunk);
    await file.appendFile(chunk);
    standing.offset += chunk.byteLength;
    if (expected && standing.offset > expected.size) return;
  }
}

/** In memory always, on disk for a long body; a weak validator does not vouch for bytes. */
async function remember(part: string, response: Response, standing: Standing): Promise<void> {
  const etag = response.headers.get('etag');
  standing.etag = etag?.startsWith('"') ? etag : null;
  const length = Number(response.headers.get('content-length') ?? 0);
  if (standing.etag && length >= REMEMBERED_BYTES) await writeFile(`${part}.etag`, standing.etag);
}

async function standingOf(part: string): Promise<Standing> {
  try {
    const etag = await readFile(`${part}.etag`, 'utf8');
    return { etag, offset: (await stat(part)).size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { etag: null, offset: 0 };
    throw error;
  }
}

/** First byte of a 206 answer. */
function startOf(response: Response): number | null {
  const match = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  return match ? Number(match[1]) : null;
}
