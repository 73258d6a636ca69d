import type { Readable } from 'node:stream';

/** Bytes under their SHA-256 (law 1). Whatever is in the store is whole and true to its name. */
export interface BlobStore {
  /** Streams to the store; a digest that differs is refused with DIGEST_MISMATCH and leaves nothing. */
  put(
    source: AsyncIterable<Uint8Array>,
    options: { expected?: string; maxBytes?: number },
  ): Promise<StoredBlob>;
  stat(digest: string): Promise<{ size: number } | null>;
  /** Every blob that is there while it is listed, in no order. */
  list(): AsyncIterable<{ digest: string; size: number }>;
  /** A range's `end` is its last byte. What ends before its length is an error of the stream. */
  read(digest: string, range?: { start: number; end: number }): Readable;
  /** Lends a local path of the bytes to decoders that want one; it holds while `use` runs. Its last part is `digest.slice(2)`. */
  local<T>(digest: string, use: (path: string) => Promise<T>): Promise<T>;
  /** An address that gives the bytes, as `mediaType`, for a few minutes to whoever has it; null where there is none. */
  signedAddress(digest: string, mediaType: string): Promise<string | null>;
  /** Destroys the bytes; nothing where there are none. For what nothing refers to any more. */
  destroy(digest: string): Promise<void>;
  /** Removes what uploads that were broken off a day ago or earlier left; also done when the store is opened. */
  clearLeftBehind(): Promise<void>;
  close(): Promise<void>;
}

export interface StoredBlob {
  readonly digest: string;
  readonly size: number;
  readonly created: boolean;
}
