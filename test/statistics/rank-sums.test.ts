import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOf } from '../../src/statistics/median-of.ts';
import { midRanks } from '../../src/statistics/mid-ranks.ts';
import { rankSums } from '../../src/statistics/rank-sums.ts';
import { coded } from './measured-rows.ts';

const value = fc.oneof(
  fc.constantFrom(-1e300, -7, -0, 0, 1e-300, 0.1, 7, 1e300),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => Math.fround(x)),
);
const rows = fc.array(fc.record({ x: value, level: fc.nat(4) }), { maxLength: 60 });

describe('rank sums', () => {
  it('are the mid-ranks of all rows, added up by level', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const values = Float64Array.from(given, ({ x }) => x);
        const factor = coded(given.map(({ level }) => level));
        const { ranks, ties } = midRanks(values);
        const sums = new Array<number>(factor.levels).fill(0);
        factor.codes.forEach((code, row) => {
          sums[code] = sums[code]! + ranks[row]!;
        });
        const got = rankSums(values, factor);
        expect(got.sums).toEqual(sums);
        expect(got.ties).toBe(ties);
        expect(got.counts.reduce((a, b) => a + b, 0)).toBe(given.length);
      }),
    );
  });
  it('take values that differ in the last bit alone for equal', () => {
    const values = Float64Array.of(1, 1 + Number.EPSILON, 1);
    expect(rankSums(values, coded(['a', 'b', 'a']))).toMatchObject({ sums: [4, 2], ties: 24 });
  });
});

describe('the median', () => {
  it('is the middle of the sorted values, or the mean of the two', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (given) => {
        const sorted = [...given].sort((a, b) => a - b);
        const half = (sorted.length - 1) / 2;
        const expected = (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
        expect(medianOf(Float64Array.from(given)) + 0).toBe(expected + 0);
      }),
    );
  });
  it('of nothing is not a number', () => {
    expect(medianOf(new Float64Array(0))).toBeNaN();
  });
});
