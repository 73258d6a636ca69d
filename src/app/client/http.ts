import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, isDomainError } from '../../kernel/errors.ts';

/** How to reach a server. `retry`: how often to try again in a row, and the first wait, doubled each time. */
export interface ServerAccess {
  readonly server: string;
  readonly token: string | null;
  readonly retry?: { readonly times: number; readonly firstDelayMs: number };
}

const RETRY = { times: 5, firstDelayMs: 250 };
const LONGEST_DELAY_MS = 15_000;

/** Is this a failure that may pass: the connection, or an answer of 429 or 5xx? */
export function isTransient(error: unknown): boolean {
  return isDomainError(error) && error.code === 'UNAVAILABLE';
}

/**
 * Asks once for `path`, and follows where the server sends to. Throws UNAVAILABLE for what may pass, PIN_UNREACHABLE for
 * what is not there; 416 is returned. Bytes come as they lie (no content-coding), so that digests can be checked.
 */
export async function get(
  access: ServerAccess,
  path: string,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> {
  const url = access.server.replace(/\/+$/, '') + path;
  const sent: Record<string, string> = { 'accept-encoding': 'identity', ...headers };
  const signed = access.token ? { ...sent, authorization: `Bearer ${access.token}` } : sent;
  const first = await ask(url, { headers: signed, redirect: 'manual', signal });
  const elsewhere = destination(first);
  if (!elsewhere) return accepted(first, url);
  await first.body?.cancel();
  const known = elsewhere.origin === new URL(url).origin;
  const second = await ask(elsewhere.href, { headers: known ? signed : sent, signal });
  if (second.status !== 403 || known) return accepted(second, elsewhere.href);
  await second.body?.cancel();
  throw new DomainError(
    'UNAVAILABLE',
    `${bare(elsewhere.href)}, where ${url} sends to, refused the signed address (403); it may have ended.`,
  );
}

/** Where a redirect leads. Another host gets no token of ours: its address is signed. */
function destination(response: Response): URL | null {
  const location = response.headers.get('location');
  return location && [301, 302, 303, 307, 308].includes(response.status)
    ? new URL(location, response.url)
    : null;
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch((error: unknown) => {
    throw unavailable(url, error);
  });
}

async function accepted(response: Response, url: string): Promise<Response> {
  if (response.ok || response.status === 416) return response;
  if (response.status === 403) throw (await forbiddingTerm(response)) ?? refusal(bare(url), 403);
  await response.body?.cancel();
  throw refusal(bare(url), response.status);
}

/** Without the query: an address's signature is a key while it lasts, and no message tells it. */
function bare(url: string): string {
  return url.replace(/\?.*$/s, '');
}

/** The body's bytes as they arrive; a connection cut on the way throws UNAVAILABLE. */
export async function* bodyOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    while (true) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw unavailable(response.url, error);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A small body as a whole, tried again while the failure may pass; larger than `maxBytes` is refused. */
export async function getBytes(access: ServerAccess, path: string, maxBytes: number): Promise<Buffer> {
  return withRetries(access, async () => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of bodyOf(await get(access, path))) {
      size += chunk.byteLength;
      if (size > maxBytes) {
        throw new DomainError('LIMIT_EXCEEDED', `${path} is larger than ${maxBytes} bytes; it was not read.`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  });
}

/**
 * Runs `attempt` until it succeeds, with a doubling wait between failures that may pass. `progressed` says that
 * the failed attempt got further than any before it, which starts the count anew. What never passed is
 * PIN_UNREACHABLE at the end.
 */
export async function withRetries<T>(
  access: ServerAccess,
  attempt: () => Promise<T>,
  progressed: () => boolean = () => false,
): Promise<T> {
  const { times, firstDelayMs } = access.retry ?? RETRY;
  for (let failures = 0; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error)) throw error;
      failures = progressed() ? 1 : failures + 1;
      if (failures > times) throw new DomainError('PIN_UNREACHABLE', (error as DomainError).message);
      await sleep(Math.min(firstDelayMs * 2 ** (failures - 1), LONGEST_DELAY_MS));
    }
  }
}

function unavailable(url: string, error: unknown): unknown {
  if ((error as Error).name === 'AbortError') return error;
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const reason = cause?.code ?? cause?.message ?? (error as Error).message;
  return new DomainError(
    'UNAVAILABLE',
    `${bare(url)} could not be read (${reason}); check that its server runs and can be reached from here.`,
  );
}

const LARGEST_PROBLEM = 65_536;

/** What a server says of terms that forbid, with the way out; null: it was refused for another reason. */
async function forbiddingTerm(response: Response): Promise<DomainError | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyOf(response)) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > LARGEST_PROBLEM) return null;
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const { code, detail } = (parseOrNull(text) ?? {}) as { code?: unknown; detail?: unknown };
  const isTerm = code === 'TERMS_NOT_ACCEPTED' || code === 'TERMS_FORBID';
  return isTerm && typeof detail === 'string' ? new DomainError(code, detail) : null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(url: string, status: number): DomainError {
  if (status === 429 || status >= 500) {
    return new DomainError('UNAVAILABLE', `${url} answered ${status}; try again later.`);
  }
  if (status === 401) return new DomainError('UNAUTHENTICATED', `${url} asks for a token: give --token.`);
  if (status === 403) return new DomainError('FORBIDDEN', `${url} may not be read with this token.`);
  return new DomainError(
    'PIN_UNREACHABLE',
    `${url} is not there (${status}); nothing is taken in its place.`,
  );
}
