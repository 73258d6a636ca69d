import { describe, expect, it } from 'vitest';
import { dawidSkeneConsensus } from '../../src/consensus/dawid-skene-consensus.ts';
import type { ImageRatings, Rating } from '../../src/consensus/image-ratings.ts';

const rating = (image: number, annotator: string, label: string, more: Partial<Rating> = {}): Rating => ({
  id: `${image} ${annotator}`,
  annotator,
  isGroup: false,
  kind: 'CLASS',
  label,
  geometry: null,
  pass: 1,
  votes: 1,
  order: '0',
  ...more,
});
const images = (count: number, of: (image: number) => Rating[]): ImageRatings[] =>
  Array.from({ length: count }, (_, image) => ({
    imageId: image.toString(16).padStart(32, '0'),
    width: null,
    height: null,
    ratings: of(image),
  }));
const parameters = { prior: null, tolerance: '0.000001', mostIterations: 200 };
const agreed = images(30, (image) =>
  ['a', 'b', 'c'].map((name, index) =>
    rating(image, name, (image + (image % 7 === index ? 1 : 0)) % 2 ? 'ill' : 'well'),
  ),
);

describe('A consensus by Dawid and Skene', () => {
  it('stops where it is told to, and gives nothing half made', () => {
    let iterations = 0;
    const made = dawidSkeneConsensus(agreed, 2, parameters, () => {
      iterations += 1;
      return false;
    });
    expect([made, iterations]).toEqual([null, 1]);
  });

  it('takes vote shares where two annotators are too few for the model, and says so', () => {
    const two = agreed.map((image) => ({ ...image, ratings: image.ratings.slice(0, 2) }));
    const { items, fits } = dawidSkeneConsensus(two, 2, parameters, () => true)!;
    expect(fits).toMatchObject([{ status: 'NOT_APPLICABLE', faults: ['FEWER_THAN_3_ANNOTATORS'] }]);
    expect(items.every(({ method }) => method === 'VOTE_SHARE')).toBe(true);
  });

  it('fits groups of annotators who share no image one by one', () => {
    const apart = agreed.map((image, index) =>
      index < 15
        ? image
        : { ...image, ratings: image.ratings.map((said) => ({ ...said, annotator: `x${said.annotator}` })) },
    );
    const { fits } = dawidSkeneConsensus(apart, 2, parameters, () => true)!;
    expect(fits.map(({ annotators }) => annotators.map(({ annotator }) => annotator))).toEqual([
      ['a', 'b', 'c'],
      ['xa', 'xb', 'xc'],
    ]);
  });

  it('has soft labels that sum to one, and leaves unnamed votes to vote shares', () => {
    const mixed = agreed.map((image, index) =>
      index < 20
        ? image
        : { ...image, ratings: [rating(index, 'crowd', 'ill', { isGroup: true, votes: 9 })] },
    );
    const { items } = dawidSkeneConsensus(mixed, 2, parameters, () => true)!;
    for (const { soft } of items)
      expect(soft.map(({ share }) => Number(share)).reduce((a, b) => a + b)).toBeCloseTo(1, 8);
    expect(items.filter(({ method }) => method === 'VOTE_SHARE')).toHaveLength(10);
  });
});
