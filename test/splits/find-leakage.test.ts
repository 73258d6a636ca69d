import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLeakage, type LeakageInput } from '../../src/splits/find-leakage.ts';
import { imageId } from './subjects.ts';

const someInput = fc
  .record({
    images: fc.array(
      fc.record({
        part: fc.constantFrom('train', 'validation', 'test'),
        plant: fc.option(fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5')),
        session: fc.option(fc.constantFrom('s1', 's2', 's3')),
        digest: fc.option(fc.integer({ min: 0, max: 15 }).map(String)),
      }),
      { maxLength: 30 },
    ),
    pairs: fc.uniqueArray(fc.tuple(fc.nat(34), fc.nat(34)), {
      selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
    }),
  })
  .map(({ images, pairs }): LeakageInput => {
    const known = (key: 'plant' | 'session' | 'digest') =>
      new Map(images.flatMap((image, n) => (image[key] === null ? [] : [[imageId(n), image[key]] as const])));
    return {
      assignment: images.map(({ part }, n) => ({ image: imageId(n), part })),
      groupsByKey: [
        { key: 'plant', of: known('plant') },
        { key: 'session', of: known('session') },
      ],
      digests: known('digest'),
      nearPairs: pairs.map(([a, b]) => ({
        first: imageId(a),
        second: imageId(b),
        distance: 2,
        correlation: null,
      })),
    };
  });

/** Every pair of images of different parts, compared one by one. */
function crossPairs({ assignment }: LeakageInput): [string, string][] {
  return assignment.flatMap((one, index) =>
    assignment
      .slice(index + 1)
      .filter((other) => other.part !== one.part)
      .map((other): [string, string] => [one.image, other.image]),
  );
}

function sharedByBruteForce(input: LeakageInput, of: ReadonlyMap<string, string>): Set<string> {
  const pairs = crossPairs(input).filter(([one, other]) => of.has(one) && of.get(one) === of.get(other));
  return new Set(pairs.map(([one]) => of.get(one)!));
}

describe('findLeakage', () => {
  test('finds every group and digest that a comparison of all pairs finds, and no other', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const found = findLeakage(input);
        for (const { key, of } of input.groupsByKey) {
          const values = found.sharedGroups.filter((group) => group.key === key).map(({ value }) => value);
          expect(new Set(values)).toEqual(sharedByBruteForce(input, of));
          expect(values).toHaveLength(new Set(values).size);
        }
        const digests = found.exactDuplicates.map(({ digest }) => digest);
        expect(new Set(digests)).toEqual(sharedByBruteForce(input, input.digests));
      }),
    );
  });

  test('names every image of a shared digest and every part it stands in', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        for (const { digest, images, parts } of findLeakage(input).exactDuplicates) {
          const holders = input.assignment.filter(({ image }) => input.digests.get(image) === digest);
          expect(new Set(images)).toEqual(new Set(holders.map(({ image }) => image)));
          expect(new Set(parts)).toEqual(new Set(holders.map(({ part }) => part)));
        }
      }),
    );
  });

  test('keeps the near pairs across parts, and those alone', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const across = new Set(crossPairs(input).map((pair) => pair.sort().join(' ')));
        const given = input.nearPairs!.map(({ first, second }) => [first, second].sort().join(' '));
        const found = findLeakage(input).nearDuplicates.map(({ first, second }) => `${first} ${second}`);
        expect(found).toEqual(given.filter((pair) => across.has(pair)).sort());
      }),
    );
  });

  test('answers the same whatever the order of what it is given', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const reversed = {
          ...input,
          assignment: [...input.assignment].reverse(),
          digests: new Map([...input.digests].reverse()),
          nearPairs: [...input.nearPairs!].reverse(),
        };
        expect(findLeakage(reversed)).toEqual(findLeakage(input));
      }),
    );
  });

  test('says what it looked at, so that "none found" and "not searched" differ', () => {
    const assignment = [
      { image: imageId(1), part: 'train' },
      { image: imageId(2), part: 'test' },
    ];
    const input = { assignment, groupsByKey: [], digests: new Map([[imageId(1), 'd']]), nearPairs: null };
    expect(findLeakage(input).examined).toEqual({ images: 2, groupKeys: [], digests: 1, nearPairs: null });
    expect(findLeakage({ ...input, nearPairs: [] }).examined.nearPairs).toBe(0);
  });
});
