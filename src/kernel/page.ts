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

/** The cursor holds the sort key alone, as JSON; it is opaque to clients. */
export function decodeCursor<K>(request: PageRequest): K | null {
  if (request.after === undefined || request.after === null) return null;
  try {
    return JSON.parse(Buffer.from(request.after, 'base64url').toString('utf8')) as K;
  } catch {
    throw new DomainError(
      'BAD_INPUT',
      `after: "${request.after}" is not a cursor of this server; use endCursor as returned.`,
    );
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
