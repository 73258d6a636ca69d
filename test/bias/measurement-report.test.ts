import { describe, expect, it } from 'vitest';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from '../statistics/oracle.ts';
import { reportOn, subjectsOf } from './subjects-fixture.ts';

/** Values of one measure by level of the device; every image its own unit. */
function report(values: Readonly<Record<string, readonly number[]>>) {
  const images = Object.entries(values).flatMap(([device, own]) =>
    own.map((mean) => ({ values: { device }, measures: { mean } })),
  );
  return reportOn('MEASUREMENT', subjectsOf(images, { factors: ['device'], measures: ['mean'] }));
}

const spread = (count: number, centre: number) =>
  Array.from({ length: count }, (_, index) => centre + (index % 10));

describe('The measurement report', () => {
  it('names the factor that explains a measure', () => {
    const made = report({ one: spread(100, 0), two: spread(100, 50) });
    expect(made.cards[0]).toMatchObject({ kind: 'FACTOR_EFFECT', colour: 'RED', certainty: 'CONFIRMED' });
    expect(made.cards[0]!.sentence).toMatch(/^device explains 98\.\d % \[.*\] of the variation of mean\.$/);
  });

  it('shows the absence of an effect as GREEN, also where ω² stands at its boundary', () => {
    const made = report({ one: spread(2000, 0), two: spread(2000, 0) });
    expect(made.effects[0]!.omegaSquared).toMatchObject({ value: 0, status: 'BOUNDARY' });
    expect(made.colour).toBe('GREEN');
  });

  it('holds a measure that is constant within each level for explained, not for untold', () => {
    const made = report({ one: Array(60).fill(1), two: Array(60).fill(2) });
    expect(made.effects[0]!.etaSquared).toMatchObject({ value: 1, status: 'DEGENERATE' });
    expect(made.colour).toBe('RED');
  });

  it('is GREY with constant values, one level, and no image', () => {
    const constant = report({ one: Array(60).fill(1), two: Array(60).fill(1) });
    expect(constant.effects[0]!.omegaSquared).toMatchObject({ value: null, reason: 'CONSTANT_VALUE' });
    const single = report({ one: spread(60, 0) });
    expect(single.effects[0]!.omegaSquared).toMatchObject({ value: null, reason: 'SINGLE_LEVEL' });
    const none = report({});
    expect([constant.colour, single.colour, none.colour]).toEqual(['GREY', 'GREY', 'GREY']);
    expect(none.cards[0]!.headline.reason).toBe('NO_MEASURED_FACTOR');
  });

  it.skipIf(!hasOracles)(`agrees with the plant growth of the oracle${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('02_measurement', 'plantgrowth');
    const levels: string[] = [...new Set(input.g as string[])];
    const values = Object.fromEntries(
      levels.map((level) => [level, input.x.filter((_: number, index: number) => input.g[index] === level)]),
    );
    const [effect] = report(values).effects;
    expectClose(effect!.etaSquared.value, expected.eta2, tolerance);
    expectClose(effect!.epsilonSquared.value, expected.epsilon2, tolerance);
    expectClose(effect!.omegaSquared.value, expected.omega2, tolerance);
    expectClose(effect!.fStatistic.value, expected.F, tolerance);
    expectClose(effect!.fStatistic.p, expected.p, tolerance);
  });
});
