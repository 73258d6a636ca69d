import { DomainError, ERROR_CODES, type ErrorCode, isDomainError, type Reason } from '../../kernel/errors.ts';
import { type ServerAccess, withRetries } from './http.ts';

interface GraphqlFault {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly reasons?: readonly Reason[] };
}

/** Selects what a refused mutation says; to be spread into every result. */
export const PROBLEM = '... on Problem { code message reasons { path code message } }';

/**
 * Sends a document and gives its data; the first error is thrown with its code. A cut connection is tried again:
 * every mutation the clients send may be repeated without harm.
 */
export async function ask<T>(access: ServerAccess, query: string, variables: object = {}): Promise<T> {
  const body = JSON.stringify({ query, variables });
  return persistently(access, async () => {
    const response = await send(access, '/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json().catch(() => null)) as {
      data?: T | null;
      errors?: GraphqlFault[];
      code?: string;
      detail?: string;
    } | null;
    const fault = answer?.errors?.[0];
    if (fault)
      throw new DomainError(codeOf(fault.extensions?.code), fault.message, fault.extensions?.reasons);
    if (answer?.data) return answer.data;
    const code = response.status === 401 ? 'UNAUTHENTICATED' : codeOf(answer?.code);
    throw new DomainError(
      code,
      answer?.detail ?? `${access.server} answered ${response.status}; is it Holotype?`,
    );
  });
}

/** The success of a mutation's result; a Problem is thrown as the error it is. */
export function accepted<T extends object>(
  result: T | { code: ErrorCode; message: string; reasons?: Reason[] },
): T {
  if ('code' in result && 'message' in result)
    throw new DomainError(result.code, result.message, result.reasons);
  return result as T;
}

/** One exchange. Throws UNAVAILABLE for a connection that fails and for 429, 502, 503 and 504. */
export async function send(access: ServerAccess, path: string, init: RequestInit): Promise<Response> {
  const url = access.server.replace(/\/+$/, '') + path;
  const headers = new Headers(init.headers);
  if (access.token) headers.set('authorization', `Bearer ${access.token}`);
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers });
  } catch (error) {
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    const reason = cause?.code ?? cause?.message ?? (error as Error).message;
    throw new DomainError(
      'UNAVAILABLE',
      `${access.server} cannot be reached (${reason}); start it with \`holotype serve\`, or name it with --server.`,
    );
  }
  if (![429, 502, 503, 504].includes(response.status)) return response;
  await response.body?.cancel();
  throw new DomainError('UNAVAILABLE', `${url} answered ${response.status}; try again later.`);
}

/** Tries again what may pass; what never passed stays UNAVAILABLE. */
export async function persistently<T>(access: ServerAccess, attempt: () => Promise<T>): Promise<T> {
  let last: unknown;
  try {
    return await withRetries(access, () =>
      attempt().catch((error: unknown) => {
        last = error;
        throw error;
      }),
    );
  } catch (error) {
    throw isDomainError(error) && error.code === 'PIN_UNREACHABLE' ? last : error;
  }
}

function codeOf(text: string | undefined): ErrorCode {
  if (text !== undefined && text in ERROR_CODES) return text as ErrorCode;
  return text === 'INTERNAL_SERVER_ERROR' ? 'INTERNAL' : 'BAD_INPUT';
}
