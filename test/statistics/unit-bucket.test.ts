import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignBuckets } from '../../src/statistics/assign-buckets.ts';
import { unitBucket } from '../../src/statistics/unit-bucket.ts';

describe('the bucket of a unit', () => {
  it('is the first four bytes of its SHA-256, big-endian, modulo 50', () => {
    // SHA-256("") = e3b0c442…, SHA-256("abc") = ba7816bf… (FIPS 180-2, appendix B.1)
    expect(unitBucket('')).toBe(0xe3b0c442 % 50);
    expect(unitBucket('abc')).toBe(0xba7816bf % 50);
  });
  it('lies in 0..49 for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (unit) => unitBucket(unit) >= 0 && unitBucket(unit) < 50),
    );
  });
  it('is its own below 50 units, and the hash from 50 on', () => {
    const units = Array.from({ length: 50 }, (_, i) => `plant-${i}`);
    expect(new Set(assignBuckets(units.slice(1)).values()).size).toBe(49);
    for (const [unit, bucket] of assignBuckets(units)) expect(bucket).toBe(unitBucket(unit));
  });
  it('does not depend on the order or repetition of the units', () => {
    expect(assignBuckets(['b', 'a', 'b'])).toEqual(assignBuckets(['a', 'b']));
  });
});
