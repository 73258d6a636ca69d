import type { Readable } from 'node:stream';
import type { Context } from './context.ts';

/** A streamed route. `rule` is what the policy judges; the server mounts no route without one. */
export interface Route {
  readonly method: 'get' | 'post' | 'put';
  readonly path: string;
  readonly rule: string;
  /** Whether the address is this route's; where it is not, the next route of the same form is asked. Absent: always. */
  accepts?(parameter: (name: string) => string): boolean;
  handle(context: Context, exchange: Exchange): Promise<void>;
}

/** Bytes that never change under their address. */
export interface ImmutableContent {
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
  read(range?: { start: number; end: number }): Readable | Buffer;
  /** A short-lived address that gives the same bytes to whoever has it; null or absent: the server sends them itself. */
  redirect?(): Promise<string | null>;
  /** Of a page that people read: the hash of its one style sheet, as a source of the content policy. */
  readonly style?: string;
  /** Another version of the server may tell it otherwise, so that whoever keeps it asks whether it is still the same. */
  readonly asksAgain?: boolean;
}

/** How immutable content left: `redirected` says that its bytes are fetched elsewhere, by a signed address. */
export interface Delivery {
  readonly redirected: boolean;
}

/** One HTTP exchange, as a route sees it. */
export interface Exchange {
  readonly method: string;
  readonly body: AsyncIterable<Uint8Array>;
  /** What the body says that it is, in lower case, without parameters; null where it does not say. */
  readonly mediaType: string | null;
  parameter(name: string): string;
  /** What the query says of this name, once; null where it says nothing. */
  query(name: string): string | null;
  json(status: number, value: object): void;
  /** Streams what is made while it is sent, to be kept by nobody. Resolves when the last byte is handed over. */
  stream(mediaType: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Answers 302: what is asked for is at this address of the server, which may be another one tomorrow. */
  found(address: string): void;
  /**
   * Serves immutable content as formats.md §5.7 says: strong ETag, Repr-Digest, single Range, If-Range,
   * If-None-Match, HEAD; a GET of content that has a signed address is answered with 302 to it. Resolves when the last
   * byte is handed over; rejects when the peer went away before.
   */
  immutable(content: ImmutableContent): Promise<Delivery>;
}
