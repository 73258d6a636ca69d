import { DomainError } from './errors.ts';

export const MAX_PAGE = 500;
const DEFAULT_PAGE = 50;

/** What a Relay connection was asked for. Only forward paging is offered: keyset pages have one direction. */
export interface PageRequest {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** A page: one row more than asked is fetched, so that `hasNextPage` costs no second query. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly cursorOf: (row: T) => string;
}

export function pageSize(request: PageRequest): number {
  const first = request.first ?? DEFAULT_PAGE;
  if (!Number.isInteger(first) || first < 0 || first > MAX_PAGE) {
    throw new DomainError(
      'BAD_INPUT',
      `first: ${first} is not between 0 and ${MAX_PAGE}; ask for smaller pages.`,
    );
  }
  return first;
}

/** The sort keys that cursors hold. What no page of that order ever gave is refused before it reaches a statement. */
export const CURSOR_KEYS = {
  text: (key: unknown): key is string => typeof key === 'string' && !/[\0\p{Surrogate}]/u.test(key),
  id: (key: unknown): key is string => typeof key === 'string' && /^[0-9a-f]{32}$/.test(key),
  rowId: (key: unknown): key is string => typeof key === 'string' && /^[0-9]{1,18}$/.test(key),
  number: (key: unknown): key is number => Number.isSafeInteger(key) && Math.abs(key as number) < 2 ** 31,
};

/** The cursor holds the sort key alone, as JSON; it is opaque to clients. Throws BAD_INPUT where it is not `isKey`. */
export function decodeCursor<K>(request: PageRequest, isKey: (key: unknown) => key is K): K | null {
  if (request.after === undefined || request.after === null) return null;
  const key = parseOrNull(Buffer.from(request.after, 'base64url').toString('utf8'));
  if (isKey(key)) return key;
  throw new DomainError(
    'BAD_INPUT',
    `after: "${request.after}" is not a cursor of this server; use endCursor as returned.`,
  );
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

export function toPage<T>(rows: readonly T[], request: PageRequest, keyOf: (row: T) => unknown): Page<T> {
  const size = pageSize(request);
  return {
    rows: rows.slice(0, size),
    hasNextPage: rows.length > size,
    hasPreviousPage: Boolean(request.after),
    cursorOf: (row) => encodeCursor(keyOf(row)),
  };
}
