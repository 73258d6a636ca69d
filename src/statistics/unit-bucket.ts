import { createHash } from 'node:crypto';

/** Number of jackknife groups at full size. */
export const BUCKET_COUNT = 50;

/**
 * The jackknife bucket of a unit, 0..49: the first four bytes of SHA-256 over the unit's UTF-8 text, big-endian,
 * modulo 50. Anyone can recompute it; it depends on nothing but the unit's name.
 */
export function unitBucket(unit: string): number {
  return createHash('sha256').update(unit, 'utf8').digest().readUInt32BE(0) % BUCKET_COUNT;
}
