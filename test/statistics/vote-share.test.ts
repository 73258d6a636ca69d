import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementParadox } from '../../src/statistics/agreement-paradox.ts';
import { annotatorJackknife } from '../../src/statistics/annotator-jackknife.ts';
import { landisKoch } from '../../src/statistics/landis-koch.ts';
import { overlapDesign } from '../../src/statistics/overlap-design.ts';
import { voteShare } from '../../src/statistics/vote-share.ts';
import { widerInterval } from '../../src/statistics/wider-interval.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

describe('The vote share', () => {
  it.skipIf(!hasOracles)(`has the entropy of the oracle, item by item${ORACLES_ABSENT}`, () => {
    const { input } = oracle('06_agreement', 'dawid_skene_1979');
    const { expected, tolerance } = oracle('06_agreement', 'item_entropy');
    const classes = new Set<number>(input.rating).size;
    const counts = expected.entropy.map(() => new Array<number>(classes).fill(0));
    input.rating.forEach((given: number, place: number) => {
      counts[input.item[place] - 1][given - 1] += 1;
    });
    counts.forEach((item: number[], index: number) => {
      expectClose(voteShare(item).entropy, expected.entropy[index], tolerance);
    });
  });

  it('keeps a tie as a tie', () => {
    expect(voteShare([2, 0, 2])).toMatchObject({ hard: null, tied: [0, 2], soft: [0.5, 0, 0.5] });
    expect(voteShare([2, 0, 1])).toMatchObject({ hard: 0, tied: [0] });
  });

  it('of one opinion has no entropy, and of none no share', () => {
    expect(voteShare([0, 1])).toEqual({ soft: [0, 1], hard: 1, tied: [1], entropy: null });
    expect(voteShare([0, 0])).toEqual({ soft: null, hard: null, tied: [], entropy: null });
    expect(voteShare([3]).entropy).toBeNull();
  });

  it('adds up to 1, its entropy lies in [0, 1], and is 0 where all agree', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 8 }), (counts) => {
        const { soft, tied, hard, entropy } = voteShare(counts);
        if (soft === null) return;
        expect(soft.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
        expect(hard === null).toBe(tied.length > 1);
        if (entropy !== null) {
          expect(entropy >= 0 && entropy <= 1).toBe(true);
          expect(entropy === 0).toBe(soft.includes(1));
        }
      }),
    );
  });
});

describe('Around agreement', () => {
  it('the overlap design counts items of 0, 1, 2 and 3 or more ratings', () => {
    const made = overlapDesign([0, 0, 2, 5, 3, 1].map((ratings) => ({ ratings, items: 1 })));
    expect(made.map(({ items }) => items)).toEqual([2, 1, 1, 2]);
    expect(made[3]).toMatchObject({ ratings: 3, orMore: true });
  });

  it('the annotators’ interval needs five of them, each of whom can be left out', () => {
    const range = { lower: -1, upper: 1 };
    expect(annotatorJackknife(0.5, [0.4, 0.5, 0.6, 0.5], range)).toBeNull();
    expect(annotatorJackknife(0.5, [0.4, 0.5, 0.6, 0.5, null], range)).toBeNull();
    const made = annotatorJackknife(0.5, [0.4, 0.5, 0.6, 0.5, 0.5], range)!;
    // SE² = 4/5 · .02; t of 4 degrees of freedom 2.776445.
    expect(made.upper - 0.5).toBeCloseTo(2.7764451 * Math.sqrt(0.016), 6);
    expect(made.method).toBe('delete-one-annotator jackknife, R = 5');
  });

  it('the wider of two intervals is told', () => {
    const of = (lower: number, upper: number) => ({ lower, upper, level: 0.95, method: '' });
    expect(widerInterval(of(0, 1), of(0, 2))).toEqual(of(0, 2));
    expect(widerInterval(of(0, 1), null)).toEqual(of(0, 1));
    expect(widerInterval(null, null)).toBeNull();
  });

  it('the words of Landis and Koch begin where they say', () => {
    expect([-0.1, 0, 0.2, 0.21, 0.6, 0.8, 0.81, 1].map(landisKoch)).toEqual([
      'POOR',
      'SLIGHT',
      'SLIGHT',
      'FAIR',
      'MODERATE',
      'SUBSTANTIAL',
      'ALMOST_PERFECT',
      'ALMOST_PERFECT',
    ]);
    expect(landisKoch(null)).toBeNull();
  });

  it('the paradox is high agreement with low α', () => {
    expect(agreementParadox(0.95, 0.3)).toBe('UNEQUAL_CLASSES');
    expect(agreementParadox(0.95, 0.7)).toBeNull();
    expect(agreementParadox(0.8, 0.3)).toBeNull();
    expect(agreementParadox(1, null)).toBeNull();
  });
});
