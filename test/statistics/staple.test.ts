import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likelierMask } from '../../src/statistics/likelier-mask.ts';
import { maskRuns } from '../../src/statistics/mask-runs.ts';
import { staple, type VotePattern } from '../../src/statistics/staple.ts';
import { stapleMask } from '../../src/statistics/staple-mask.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

/** Decisions of raters × pixels as one pattern a pixel. */
const patternsOf = (decisions: readonly (readonly number[])[]): VotePattern[] =>
  decisions[0]!.map((_, pixel) => ({ votes: decisions.map((rater) => rater[pixel]!), pixels: 1 }));

const square = (left: number, top: number, size: number, frame = 40) =>
  maskRuns(
    Array.from({ length: frame * frame }, (_, pixel) => {
      const [x, y] = [Math.floor(pixel / frame), pixel % frame];
      return Number(x >= left && x < left + size && y >= top && y < top + size);
    }),
    frame,
    frame,
  );

describe('STAPLE', () => {
  it.skipIf(!hasOracles)(`agrees with the oracle on twelve pixels and four raters${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'staple_12px_4raters');
    const made = staple(patternsOf(input.D));
    expect(made.status).toBe('OK');
    expectClose(made.prior, expected.prior, tolerance);
    for (const [pixel, probability] of expected.W.entries())
      expectClose(made.probabilities[pixel], probability, tolerance);
    for (const rater of input.D.keys()) {
      expectClose(made.sensitivities[rater], expected.sens[rater], tolerance);
      expectClose(made.specificities[rater], expected.spec[rater], tolerance);
    }
  });

  it.skipIf(!hasOracles)(`of raters who agree gives what they say${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'staple_identical');
    const { probabilities } = staple(patternsOf(input.D));
    for (const [pixel, probability] of expected.W.entries())
      expectClose(probabilities[pixel], probability, tolerance);
  });

  it('does not care in what order raters and pixels come, nor whether equal pixels come one by one or counted', () => {
    const decisions = fc
      .array(fc.integer({ min: 0, max: 15 }), { minLength: 4, maxLength: 30 })
      .map((pixels) => [8, 4, 2, 1].map((bit) => pixels.map((votes) => (votes & bit ? 1 : 0))));
    fc.assert(
      fc.property(decisions, (given) => {
        const single = patternsOf(given);
        const counted = new Map<string, VotePattern>();
        for (const { votes } of single) {
          const key = votes.join('');
          counted.set(key, { votes, pixels: (counted.get(key)?.pixels ?? 0) + 1 });
        }
        const [one, other] = [staple(single), staple([...counted.values()].reverse())];
        expect(other.sensitivities).toEqual(one.sensitivities);
        expect(other.specificities).toEqual(one.specificities);
        const turned = staple(patternsOf(given.toReversed()).toReversed());
        expect(turned.probabilities).toEqual(one.probabilities.toReversed());
        expect(turned.sensitivities).toEqual(one.sensitivities.toReversed());
        expect([...one.probabilities, ...other.probabilities].every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('of votes that are all equal knows nothing of the raters', () => {
    const unmarked = staple([{ votes: [0, 0, 0], pixels: 9 }]);
    expect(unmarked).toMatchObject({
      status: 'UNDEFINED',
      probabilities: [0],
      sensitivities: [null, null, null],
    });
    expect(staple([{ votes: [1, 1, 1], pixels: 9 }])).toMatchObject({
      status: 'UNDEFINED',
      probabilities: [1],
    });
    expect(staple([])).toMatchObject({ status: 'UNDEFINED', probabilities: [] });
  });
});

describe('The STAPLE mask', () => {
  const raters = [square(10, 10, 10), square(10, 10, 10), square(11, 10, 10), square(10, 10, 16)];

  it('outvotes a rater who draws too much, and says so', () => {
    const made = stapleMask(raters)!;
    expect(made).toMatchObject({ method: 'STAPLE', status: 'OK' });
    expect(likelierMask(made.probabilities).mask).toEqual(square(10, 10, 10));
    expect(Math.min(...(made.specificities as number[]))).toBe(made.specificities[3]);
    expect(made.specificities[3]).toBeLessThan(0.6);
  });

  it('does not change with the empty image around the object', () => {
    const wide = [
      square(10, 10, 10, 90),
      square(10, 10, 10, 90),
      square(11, 10, 10, 90),
      square(10, 10, 16, 90),
    ];
    const [made, wider] = [stapleMask(raters)!, stapleMask(wide)!];
    expect(wider.prior).toBe(made.prior);
    expect(wider.specificities).toEqual(made.specificities);
  });

  it('of fewer than three raters is the mean mask', () => {
    const made = stapleMask(raters.slice(1, 3))!;
    expect(made).toMatchObject({ method: 'MEAN', status: 'NOT_APPLICABLE', prior: null });
    expect(new Set(made.probabilities.values)).toEqual(new Set([0, 0.5, 1]));
    expect(stapleMask([])).toBeNull();
  });

  it('of empty masks, or of masks that fill the image, is what they say', () => {
    const [none, all] = [square(0, 0, 0), square(0, 0, 40)];
    expect(stapleMask([none, none, none])).toMatchObject({ method: 'MEAN', status: 'UNDEFINED' });
    expect(stapleMask([all, all, all])!.probabilities).toMatchObject({ lengths: [1600], values: [1] });
  });
});
