import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, notEstimable } from '../../src/statistics/estimate.ts';
import { suppressSmallCounts } from '../../src/statistics/suppress-small-counts.ts';

const basis = { imageCount: 100, unitCount: 40, method: 'share' };

describe('an estimate', () => {
  it('never holds NaN or Infinity, whatever goes in', () => {
    const any = fc.double();
    fc.assert(
      fc.property(any, any, any, any, any, any, any, (value, lower, upper, p, q, imageCount, unitCount) => {
        const interval = { lower, upper, level: 0.95, method: 'any' };
        const made = estimate({ value, interval, p, q, imageCount, unitCount, method: 'any' });
        const numbers = [made.value, made.p, made.q, made.interval?.lower, made.interval?.upper];
        for (const number of [...numbers, made.imageCount, made.unitCount]) {
          expect(number === null || number === undefined || Number.isFinite(number)).toBe(true);
        }
        if (made.value === null) {
          expect(made.status).not.toBe('OK');
          expect(made.reason).not.toBeNull();
        }
      }),
    );
  });
  it('of a value that is not finite is UNDEFINED, with the reason', () => {
    const made = estimate({ ...basis, value: Number.NaN });
    expect(made).toMatchObject({
      value: null,
      status: 'UNDEFINED',
      reason: 'VALUE_NOT_FINITE',
      interval: null,
    });
  });
  it('returns a p-value below 1e-300 as 1e-300', () => {
    expect(estimate({ ...basis, value: 1, p: 0 }).p).toBe(1e-300);
  });
  it('without a value says why', () => {
    const made = notEstimable('NOT_APPLICABLE', 'SINGLE_LEVEL', basis);
    expect(made).toMatchObject({
      value: null,
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_LEVEL',
      imageCount: 100,
    });
  });
});

describe('small counts of a personal dataset', () => {
  const shown = (counts: number[]) => suppressSmallCounts(counts, basis).map(({ value }) => value);
  it('of 1 to 4 are suppressed, and one more cell of the margin with them', () => {
    expect(shown([40, 3, 9, 0])).toEqual([40, null, null, 0]);
    expect(suppressSmallCounts([40, 3, 9], basis)[1]).toMatchObject({
      status: 'SUPPRESSED',
      reason: 'SMALL_COUNT',
    });
  });
  it('cover an empty cell where no other is left', () => {
    expect(shown([3, 0])).toEqual([null, null]);
  });
  it('of 0 and of 5 and more are shown', () => {
    expect(shown([5, 0, 12])).toEqual([5, 0, 12]);
  });
});
