import { describe, expect, it } from 'vitest';
import type { RequestParts } from '../../src/bias/report-request.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from '../statistics/oracle.ts';
import { type Given, reportOn, subjectsOf } from './subjects-fixture.ts';

/** Values of one measure by level of the device; every image its own unit. */
function report(values: Readonly<Record<string, readonly number[]>>, parts: Partial<RequestParts> = {}) {
  const images = Object.entries(values).flatMap(([device, own]) =>
    own.map((mean) => ({ values: { device }, measures: { mean } })),
  );
  return reportOn('MEASUREMENT', subjectsOf(images, { factors: ['device'], measures: ['mean'] }), parts);
}

/** 60 plants of two treatments, each with so many images alike. */
function plants(copies: number) {
  const images = Array.from({ length: 60 * copies }, (_, index): Given => {
    const plant = index % 60;
    return {
      unit: `plant ${plant}`,
      values: { treatment: plant % 2 === 0 ? 'wet' : 'dry' },
      measures: { mean: ((plant * 37) % 11) + (plant % 2) },
    };
  });
  return reportOn('MEASUREMENT', subjectsOf(images, { factors: ['treatment'], measures: ['mean'] }));
}

const spread = (count: number, centre: number) =>
  Array.from({ length: count }, (_, index) => centre + (index % 10));

describe('The measurement report', () => {
  it('names the factor that explains a measure', () => {
    const made = report({ one: spread(100, 0), two: spread(100, 50) });
    expect(made.cards[0]).toMatchObject({ kind: 'FACTOR_EFFECT', colour: 'RED', certainty: 'CONFIRMED' });
    expect(made.cards[0]!.sentence).toMatch(
      /^device explains 98\.\d % \[.*\] of the variation of mean\. Lowest at "one", highest at "two"\.$/,
    );
  });

  it('shows the absence of an effect as GREEN, also where ω² stands at its boundary', () => {
    const made = report({ one: spread(2000, 0), two: spread(2000, 0) });
    expect(made.effects[0]!.omegaSquared).toMatchObject({ value: 0, status: 'BOUNDARY' });
    expect(made.cards[0]).toMatchObject({
      colour: 'GREEN',
      sentence: 'No factor explains 6 % or more of any quality measure.',
    });
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

  it('shows the two ends of a coloured effect with their images', () => {
    const [effect] = report({ one: spread(100, 0), two: spread(100, 50), three: spread(100, 20) }).effects;
    expect(effect!.extremes).toMatchObject([
      { level: 'one', mean: { value: expect.closeTo(4.5, 9), imageCount: 100, unitCount: 100 } },
      { level: 'two', mean: { value: expect.closeTo(54.5, 9) } },
    ]);
    const [lowest] = effect!.extremes;
    expect(lowest!.mean.interval!.lower).toBeLessThan(4.5);
    expect(lowest!.selection).toEqual({
      where: [{ kind: 'IN', field: 'device', values: ['one'] }],
      among: 'KEPT',
    });
  });

  it('names no ends of an effect that is GREEN', () => {
    expect(report({ one: spread(2000, 0), two: spread(2000, 0) }).effects[0]!.extremes).toEqual([]);
  });

  it('pools levels of fewer than five units, whose images are those of no other level', () => {
    const made = report({ one: spread(100, 0), two: spread(100, 3), rare: [90, 95] });
    const { levels, extremes } = made.effects[0]!;
    expect(levels).toBe(3);
    expect(extremes[1]).toMatchObject({
      level: '(other)',
      selection: { where: [{ kind: 'NOT_IN', field: 'device', values: ['one', 'two'] }] },
    });
  });

  it('finds nothing more surely for many images of one unit', () => {
    const once = plants(1).effects[0]!;
    const often = plants(7).effects[0]!;
    expect(often.omegaSquared.imageCount).toBe(7 * once.omegaSquared.imageCount);
    expect(often.hStatistic.p).toBe(once.hStatistic.p);
    expect(often.omegaSquared.value).toBeCloseTo(once.omegaSquared.value!, 12);
  });

  it('gives every test its q over means, ranks and scatter together', () => {
    const { omegaSquared, fStatistic, hStatistic, scaleOmegaSquared } = plants(1).effects[0]!;
    expect(fStatistic.q).toBe(omegaSquared.q);
    for (const { p, q } of [omegaSquared, hStatistic, scaleOmegaSquared]) {
      expect(q).toBeGreaterThanOrEqual(p!);
      expect(q).toBeLessThanOrEqual(Math.min(1, 3 * p!));
    }
  });

  it('flags OUTLIERS where a few extreme images hide what the ranks show', () => {
    const made = report({ one: [...spread(100, 0), 1e5], two: spread(100, 20) });
    expect(made.effects[0]).toMatchObject({ outliers: true });
    expect(made.cards[0]!.caveats.map(({ code }) => code)).toContain('OUTLIERS');
  });

  it('judges by the limits that the dataset has set', () => {
    const values = { one: spread(500, 0), two: spread(500, 2) };
    const own = {
      statistic: 'omegaSquared',
      side: 'ABOVE',
      amber: '0.3',
      red: '0.5',
      source: 'house rule',
    } as const;
    expect(report(values).cards[0]!.colour).not.toBe('GREEN');
    expect(report(values, { thresholds: [own] }).cards[0]).toMatchObject({
      colour: 'GREEN',
      sentence: 'No factor explains 30 % or more of any quality measure.',
      threshold: { origin: 'DATASET' },
    });
  });

  it('refuses an identifier', () => {
    const images = Array.from({ length: 1001 }, (_, index) => ({
      values: { device: `camera ${index}` },
      measures: { mean: index },
    }));
    const made = reportOn('MEASUREMENT', subjectsOf(images, { factors: ['device'], measures: ['mean'] }));
    expect(made.refusedFactors).toEqual(['device']);
    expect(made.effects).toEqual([]);
    expect(made.cards[0]!.caveats.map(({ code }) => code)).toContain('TOO_MANY_LEVELS');
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
