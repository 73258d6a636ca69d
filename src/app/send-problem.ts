import type { Response } from 'express';
import type { Logger } from 'pino';
import { ERROR_CODES, isDomainError } from '../kernel/errors.ts';
import { WINDOW_SECONDS } from '../platform/rate-limits.ts';
import { REQUEST_ID } from './observe-requests.ts';

export const CHALLENGE = 'Basic realm="holotype", charset="UTF-8"';

const OF_THE_CONTENT = [
  'ETag',
  'Repr-Digest',
  'Cache-Control',
  'Content-Length',
  'Content-Type',
  'Accept-Ranges',
];

/**
 * RFC 9457. An unknown error is logged and masked; a peer that left is nobody's fault. What fails when the answer has begun
 * ends the connection, so that nobody takes a part for the whole.
 */
export function sendProblem(log: Logger, error: unknown, response: Response): void {
  if (response.closed && (error as { code?: unknown })?.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
  if (response.headersSent) {
    if (!response.closed) log.error({ err: error, ...whichRequest(response) }, 'an answer was cut off');
    response.destroy();
    return;
  }
  for (const header of OF_THE_CONTENT) response.removeHeader(header);
  const status = isDomainError(error) ? ERROR_CODES[error.code].status : httpStatusOf(error);
  if (status === 401) response.set('WWW-Authenticate', CHALLENGE);
  if (status >= 500) log.error({ err: error, ...whichRequest(response) }, 'unexpected error');
  const code = isDomainError(error) ? error.code : status >= 500 ? 'INTERNAL' : 'BAD_INPUT';
  const reasons = isDomainError(error) ? error.reasons : [];
  const detail =
    isDomainError(error) || status < 500
      ? (error as Error).message
      : 'The server failed; the log holds the cause.';
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      ...(status === 503 ? { 'Retry-After': '2' } : {}),
      ...(status === 429 ? { 'Retry-After': String(WINDOW_SECONDS) } : {}),
    })
    .type('application/problem+json')
    .json({ title: code, status, code, detail, ...(reasons.length > 0 ? { reasons } : {}) });
}

function whichRequest(response: Response): object {
  return { route: response.locals.route, requestId: response.get(REQUEST_ID) };
}

function httpStatusOf(error: unknown): number {
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
