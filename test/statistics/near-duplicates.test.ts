import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandsOf, hammingDistance } from '../../src/statistics/hash-bands.ts';
import { nearDuplicates } from '../../src/statistics/near-duplicates.ts';

const noThumbnails = { thumbnailOf: () => null };
const BALANCED = 'f5f4eaead5b46ae9';

const flipped = (hash: string, ...bits: number[]) => {
  let word = BigInt(`0x${hash}`);
  for (const bit of bits) word ^= 1n << BigInt(bit);
  return word.toString(16).padStart(16, '0');
};

const images = (...hashes: string[]) => hashes.map((hash, index) => ({ id: `image-${index}`, hash }));

const distanceOf = (one: string, other: string) => {
  const { high, low } = bandsOf([one, other]);
  return hammingDistance(high[0]!, low[0]!, high[1]!, low[1]!);
};

const anyHash = fc
  .uint8Array({ minLength: 8, maxLength: 8 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

describe('Hamming distance', () => {
  it('counts the bits flipped', () => {
    fc.assert(
      fc.property(anyHash, fc.uniqueArray(fc.nat(63)), (hash, bits) => {
        expect(distanceOf(hash, flipped(hash, ...bits))).toBe(bits.length);
      }),
    );
  });
});

describe('near duplicates', () => {
  it('are the pairs that comparing each with each finds, at every distance up to 7', () => {
    const near = fc.array(fc.uniqueArray(fc.nat(63), { maxLength: 8 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(7), near, (maxDistance, changes) => {
        const all = images(...changes.map((bits) => flipped(BALANCED, ...bits)));
        const expected = all.flatMap((a, index) =>
          all
            .slice(index + 1)
            .filter((b) => distanceOf(a.hash, b.hash) <= maxDistance)
            .map((b) => [a.id, b.id].sort().join()),
        );
        const { candidates } = nearDuplicates(all, { ...noThumbnails, maxDistance });
        expect(candidates.map(({ first, second }) => `${first},${second}`)).toEqual(expected.sort());
      }),
    );
  });

  it('do not depend on the order of the images', () => {
    const all = images(BALANCED, flipped(BALANCED, 1), flipped(BALANCED, 2, 40), flipped(BALANCED, 60));
    const forwards = nearDuplicates(all, noThumbnails);
    expect(forwards.candidates.length).toBeGreaterThan(0);
    expect(nearDuplicates([...all].reverse(), noThumbnails)).toEqual(forwards);
  });

  it('are confirmed by correlation, and only then', () => {
    const ramp = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);
    const thumbnails = new Map([
      ['image-0', ramp],
      ['image-1', ramp.map((value) => value >> 1)],
      ['image-2', ramp.map((value) => 255 - value)],
    ]);
    const thumbnailOf = (id: string) => thumbnails.get(id) ?? null;
    const { candidates, confirmed } = nearDuplicates(images(BALANCED, BALANCED, BALANCED, BALANCED), {
      thumbnailOf,
    });
    expect(candidates.length).toBe(6);
    expect(confirmed.map(({ first, second }) => [first, second])).toEqual([['image-0', 'image-1']]);
    expect(candidates.filter(({ correlation }) => correlation === null).length).toBe(3);
  });

  it('with flat hashes are looked for inside a group alone', () => {
    const flat = [
      '0000000000000000',
      '0000000000000001',
      '0000000000000003',
      'ffffffffffffffff',
      'fffffffffffffffe',
    ];
    expect(nearDuplicates(images(...flat), noThumbnails).candidates).toEqual([]);
    const grouped = images(...flat).map((image, index) => ({
      ...image,
      group: index < 2 ? 'plate' : `other-${index}`,
    }));
    expect(nearDuplicates(grouped, noThumbnails).candidates).toEqual([
      { first: 'image-0', second: 'image-1', distance: 1, correlation: null },
    ]);
  });

  it('that share a band value with more than 5000 images are looked for inside a group alone, once each', () => {
    const crowd = Array.from({ length: 5001 }, (_, index) => ({
      id: `crowd-${String(index).padStart(4, '0')}`,
      hash: BALANCED,
      group: index < 3 ? 'plate' : null,
    }));
    const { candidates, uncompared } = nearDuplicates(crowd, noThumbnails);
    expect(candidates.map(({ first, second }) => [first, second])).toEqual([
      ['crowd-0000', 'crowd-0001'],
      ['crowd-0000', 'crowd-0002'],
      ['crowd-0001', 'crowd-0002'],
    ]);
    expect(uncompared).toEqual([]);
  });

  it('that are too many even inside their group are named as not compared', () => {
    const crowd = Array.from({ length: 5001 }, (_, index) => ({
      id: `${index}`,
      hash: BALANCED,
      group: 'plate',
    }));
    const { candidates, uncompared } = nearDuplicates(crowd, noThumbnails);
    expect([candidates.length, uncompared.length]).toEqual([0, 5001]);
  });

  it('beyond distance 7 cannot be asked for', () => {
    expect(() => nearDuplicates([], { ...noThumbnails, maxDistance: 8 })).toThrow('0 to 7');
  });

  it('need hashes of 16 hexadecimal digits', () => {
    expect(() => nearDuplicates(images('F5F4'), noThumbnails)).toThrow('"F5F4"');
  });
});
