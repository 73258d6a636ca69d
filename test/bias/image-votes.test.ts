import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdPlaces, orderOfIds } from '../../src/bias/subjects/image-ids.ts';
import { VoteColumns } from '../../src/bias/subjects/image-votes.ts';

interface Vote {
  readonly image: number;
  readonly rater: string;
  readonly label: string;
  readonly people?: number;
}

const texts = (all: readonly string[]) => Buffer.from(all.join('\0'));
const ids = (all: readonly string[]) => Buffer.from(all.join(''), 'hex');

function judged(votes: readonly Vote[], imageCount: number, countsVotes = true) {
  const columns = new VoteColumns();
  const weights = Buffer.alloc(votes.length * 4);
  votes.forEach(({ people }, vote) => {
    weights.writeInt32BE(people ?? 1, vote * 4);
  });
  const page = {
    of: 'VOTES' as const,
    ids: Buffer.alloc(0),
    raters: texts(votes.map(({ rater }) => rater)),
    labels: texts(votes.map(({ label }) => label)),
    weights: votes.some(({ people }) => people !== undefined) ? weights : null,
  };
  columns.add(
    page,
    Int32Array.from(votes, ({ image }) => image),
  );
  const { offsets, labels, labelNames, soleRaters, raterNames, ...counts } = columns.finish(
    imageCount,
    countsVotes,
  );
  return {
    ...counts,
    labels: Array.from({ length: imageCount }, (_, image) =>
      Array.from(labels.subarray(offsets[image], offsets[image + 1]), (code) => labelNames[code]),
    ),
    annotators: Array.from(soleRaters, (code) => raterNames[code] ?? null),
  };
}

describe('The labels of an image', () => {
  it('are those that no other outvotes, in the order of their bytes', () => {
    const votes = ['b', 'a', 'b', 'c', 'a'].map((label, rater) => ({ image: 0, rater: `r${rater}`, label }));
    expect(judged(votes, 1).labels).toEqual([['a', 'b']]);
  });
  it('have one vote of each rater, however often it says the same', () => {
    const often = Array.from({ length: 20 }, () => ({ image: 0, rater: 'loud', label: 'b' }));
    const others = ['one', 'two'].map((rater) => ({ image: 0, rater, label: 'a' }));
    expect(judged([...often, ...others], 1)).toMatchObject({ labels: [['a']], severalCount: 0 });
  });
  it('have as many votes of a group as people in it', () => {
    const votes = [
      { image: 0, rater: 'crowd', label: 'b', people: 3 },
      { image: 0, rater: 'one', label: 'a' },
      { image: 0, rater: 'two', label: 'a' },
    ];
    expect(judged(votes, 1).labels).toEqual([['b']]);
  });
  it('are all that its shapes have, where shapes are labelled', () => {
    const votes = ['b', 'a', 'b'].map((label, rater) => ({ image: 1, rater: `r${rater}`, label }));
    expect(judged(votes, 2, false).labels).toEqual([[], ['a', 'b']]);
  });
  it('tell who gave them alone, and whether one rater gave several', () => {
    const votes = [
      { image: 0, rater: 'one', label: 'a' },
      { image: 0, rater: 'one', label: 'b' },
      { image: 1, rater: 'one', label: 'a' },
      { image: 1, rater: 'two', label: 'a' },
      { image: -1, rater: 'three', label: 'c' },
    ];
    expect(judged(votes, 3)).toEqual({
      labels: [['a', 'b'], ['a'], []],
      annotators: ['one', null, null],
      labelledCount: 2,
      severalCount: 1,
    });
  });
});

describe('Ids of images', () => {
  const id = fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => Buffer.from(bytes).toString('hex'));
  it('are put in the order of their bytes, and each is found at its place', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 60 }), id, (given, stranger) => {
        const order = orderOfIds(ids(given));
        expect(Array.from(order, (image) => given[image])).toEqual([...given].sort());
        const places = new IdPlaces(ids(given), order);
        expect(Array.from(order.keys())).toEqual([...places.find(ids([...given].sort()))]);
        if (!given.includes(stranger)) expect([...places.find(ids([stranger]))]).toEqual([-1]);
      }),
    );
  });
});
