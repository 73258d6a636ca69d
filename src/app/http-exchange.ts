import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { DomainError } from '../kernel/errors.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import type { Delivery, Exchange, ImmutableContent } from '../platform/http-route.ts';

/** One Express request and response as routes see it. */
export function httpExchange(request: Request, response: Response): Exchange {
  return {
    method: request.method,
    // Who stops reading early must not destroy the connection on which the answer goes out.
    body: { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) },
    mediaType: request.headers['content-type']?.replace(/;.*$/s, '').trim().toLowerCase() ?? null,
    parameter: (name) => parameterOf(request, name),
    query(name) {
      const value = request.query[name];
      if (value === undefined) return null;
      if (typeof value !== 'string' || !isStorableText(value))
        throw new DomainError('BAD_INPUT', `${name}: the query must give it once, as text.`);
      return value;
    },
    json: (status, value) => void response.status(status).json(value),
    found: (address) =>
      void response
        .status(302)
        .set({ Location: address, 'Cache-Control': 'no-cache', Vary: 'Authorization' })
        .end(),
    async stream(mediaType, chunks) {
      response.set({ 'Content-Type': mediaType, 'Cache-Control': 'private, no-store' });
      await pipeline(Readable.from(chunks, { objectMode: false }), response);
    },
    immutable: (content) => sendImmutable(request, response, content),
  };
}

/** A parameter of the path; one that takes several segments comes with its slashes. */
export function parameterOf(request: Request, name: string): string {
  const held: unknown = request.params[name];
  const value = Array.isArray(held) ? held.join('/') : held;
  if (typeof value !== 'string' || !isStorableText(value))
    throw new DomainError('NOT_FOUND', `The address has no ${name}.`);
  return value;
}

const SENT: Delivery = { redirected: false };

async function sendImmutable(
  request: Request,
  response: Response,
  content: ImmutableContent,
): Promise<Delivery> {
  const tag = `"sha256-${content.digest}"`;
  const range = rangeOf(request, content.size, tag);
  const unchanged = matches(request.headers['if-none-match'], tag);
  if (request.method === 'GET' && !unchanged && range !== 'unsatisfiable') {
    const address = await content.redirect?.();
    if (address) return sendElsewhere(response, address);
  }
  response.set({
    ETag: tag,
    'Repr-Digest': `sha-256=:${Buffer.from(content.digest, 'hex').toString('base64')}:`,
    'Cache-Control': content.asksAgain ? 'private, no-cache' : 'private, max-age=31536000, immutable',
    'Accept-Ranges': 'bytes',
    'Content-Type': content.mediaType,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': `sandbox; default-src 'none'${content.style ? `; style-src ${content.style}` : ''}`,
    Vary: 'Authorization',
  });
  if (unchanged) return end(response.status(304));
  if (range === 'unsatisfiable')
    return end(response.status(416).set('Content-Range', `bytes */${content.size}`));
  if (range) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${content.size}`);
  const length = range ? range.end - range.start + 1 : content.size;
  response.set('Content-Length', String(length));
  if (request.method === 'HEAD') return end(response);
  const source = content.read(range);
  if (Buffer.isBuffer(source)) return end(response, source);
  await sendAll(source, response, length);
  return SENT;
}

/** Kept by nobody: the address ends soon, and each fetch of a snapshot is to be on the record. */
function sendElsewhere(response: Response, address: string): Delivery {
  response.set({ Location: address, 'Cache-Control': 'private, no-store', Vary: 'Authorization' });
  response.status(302).end();
  return { redirected: true };
}

function end(response: Response, bytes?: Buffer): Delivery {
  response.end(bytes);
  return SENT;
}

/** A peer that leaves with the last byte in hand, before the source has said that there are no more, has had it all. */
async function sendAll(source: Readable, response: Response, length: number): Promise<void> {
  let left = length;
  source.on('data', (chunk: Buffer) => {
    left -= chunk.length;
  });
  try {
    await pipeline(source, response);
  } catch (error) {
    if (left > 0 || response.writableLength > 0) throw error;
  }
}

/** RFC 9110 §13.1.2. */
function matches(header: string | undefined, tag: string): boolean {
  if (!header) return false;
  return header
    .split(',')
    .some((candidate) => candidate.trim() === '*' || candidate.trim().replace(/^W\//, '') === tag);
}

/** One byte range (RFC 9110 §14): what is malformed, or asks for several, is ignored, and the whole is served. */
function rangeOf(
  request: Request,
  size: number,
  tag: string,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const ifRange = request.headers['if-range'];
  if (ifRange !== undefined && ifRange !== tag) return undefined;
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, first, last] = match;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  return start >= size || end < start ? 'unsatisfiable' : { start, end };
}
