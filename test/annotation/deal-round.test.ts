import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealRepeats, dealRound } from '../../src/annotation/deal-round.ts';
import { ratingNeed } from '../../src/annotation/rating-need.ts';

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('Dealing a round', () => {
  const dealt = fc.record({
    images: fc.integer({ min: 0, max: 60 }),
    annotators: fc.integer({ min: 1, max: 7 }),
    ratings: fc.integer({ min: 1, max: 7 }),
    seed: fc.string(),
  });

  it('gives every image to as many different annotators as asked, and everybody the same load but for one', () => {
    fc.assert(
      fc.property(dealt, ({ images, annotators, ratings, seed }) => {
        fc.pre(ratings <= annotators);
        const round = dealRound(names('i', images), names('a', annotators), ratings, seed);
        const pairs = new Set(round.map(({ imageId, annotator }) => `${imageId} ${annotator}`));
        expect(pairs.size).toBe(images * ratings);
        const loads = names('a', annotators).map(
          (name) => round.filter(({ annotator }) => annotator === name).length,
        );
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the order in which images and annotators are named', () => {
    const sorted = (round: { imageId: string; annotator: string }[]) =>
      round.map(({ imageId, annotator }) => `${imageId} ${annotator}`).sort();
    const [images, annotators] = [names('i', 40), names('a', 5)];
    expect(sorted(dealRound(images.toReversed(), annotators.toReversed(), 2, 's'))).toEqual(
      sorted(dealRound(images, annotators, 2, 's')),
    );
  });

  it('lets every annotator meet every other', () => {
    const round = dealRound(names('i', 300), names('a', 6), 2, 'meet');
    const met = new Set<string>();
    for (const image of names('i', 300)) {
      const [one, other] = round.filter(({ imageId }) => imageId === image).map(({ annotator }) => annotator);
      met.add([one, other].sort().join(' '));
    }
    expect(met.size).toBe(15);
  });

  it('refuses more ratings an image than there are annotators', () => {
    expect(() => dealRound(['i'], ['a', 'b'], 3, 's')).toThrow(/not between 1 and the 2/);
  });

  it('repeats a share of what each labelled, at least 30 where there are so many', () => {
    const labelled = ['a', 'b', 'c'].flatMap((annotator, index) =>
      names('i', [1000, 100, 12][index]!).map((imageId) => ({ imageId, annotator })),
    );
    const repeats = dealRepeats(labelled, 0.05, 30, 'again');
    const count = (name: string) => repeats.filter(({ annotator }) => annotator === name).length;
    expect([count('a'), count('b'), count('c')]).toEqual([50, 30, 12]);
  });
});

describe('The need of another rating', () => {
  it('is one bit for two classes without a vote, and least where many agree', () => {
    expect(ratingNeed([], 2)).toBeCloseTo(1, 12);
    expect(ratingNeed([5], 2)).toBeLessThan(ratingNeed([2], 2));
    expect(ratingNeed([2, 2], 2)).toBeGreaterThan(ratingNeed([3, 1], 2));
    expect(ratingNeed([3], 1)).toBe(0);
  });
});
