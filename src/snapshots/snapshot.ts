import { DomainError } from '../kernel/errors.ts';

export const SNAPSHOT_STATES = ['PUBLISHED', 'DEPRECATED', 'DEGRADED'] as const;

export interface Snapshot {
  readonly digest: string;
  readonly datasetId: string;
  readonly revision: number;
  /** Canonical JSON: what `GET /snapshots/{digest}` serves, byte for byte. */
  readonly header: string;
  readonly imageCount: number;
  readonly referenceCount: number;
  readonly annotationCount: number;
  readonly state: (typeof SNAPSHOT_STATES)[number];
  readonly publishedAt: Date;
}

/** The beginning of a digest, of 12 hexadecimal characters or more, by which people look a snapshot up. */
export const DIGEST_PREFIX = /^(?:sha256[:-])?([0-9a-f]{12,63})$/;

/** `sha256:HEX`, `HEX` and `sha256-HEX` name the same snapshot. */
export function canonicalDigest(text: string): string {
  const hex = /^(?:sha256[:-])?([0-9a-f]{64})$/.exec(text)?.[1];
  if (!hex)
    throw new DomainError(
      'BAD_INPUT',
      `"${text}" is not a digest: sha256: and 64 lower-case hexadecimal digits.`,
    );
  return `sha256:${hex}`;
}
