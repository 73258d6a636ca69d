import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centreEffect } from '../../src/statistics/centre-effect.ts';
import { momentTable } from '../../src/statistics/moment-table.ts';
import { shrinkCentreEffects } from '../../src/statistics/shrink-centre-effects.ts';
import { separateUnits } from './measured-rows.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

type Name = string | number;

const of = (measures: readonly (readonly number[])[], centres: readonly Name[]) =>
  centreEffect(
    measures.map((measure) => {
      const { values, factor, units } = separateUnits(measure, centres);
      return momentTable(units, values, factor);
    }),
  );

describe.skipIf(!hasOracles)(`centre effects against sva::ComBat${ORACLES_ABSENT}`, () => {
  const { input, expected, tolerance } = hasOracles
    ? oracle('02_measurement', 'combat_small')
    : { input: null, expected: null, tolerance: 0 };
  it('location and scale of every measure and centre, raw and shrunken', () => {
    of(input.data, input.batch).forEach((centres, measure) => {
      centres.forEach((effect, centre) => {
        expectClose(effect.location.value, expected.gamma_hat[centre][measure], tolerance);
        expectClose(effect.scale.value, expected.delta_hat[centre][measure], tolerance);
        expectClose(effect.shrunkenLocation.value, expected.gamma_star[centre][measure], tolerance);
        expectClose(effect.shrunkenScale.value, expected.delta_star[centre][measure], tolerance);
      });
    });
  });
  it('take out of the images what ComBat takes out', () => {
    const effects = of(input.data, input.batch);
    input.data.forEach((values: number[], measure: number) => {
      values.forEach((x, image) => {
        const { shrunkenLocation, shrunkenScale } = effects[measure]![input.batch[image] - 1]!;
        const deviation = Math.sqrt(expected.var_pooled[measure]);
        const z = (x - expected.grand_mean[measure]) / deviation;
        const adjusted = (z - shrunkenLocation.value!) / Math.sqrt(shrunkenScale.value!);
        const published = expected.sva_adjusted[measure][image];
        expectClose(adjusted * deviation + expected.grand_mean[measure], published, tolerance);
      });
    });
  });
  it('of fewer than five measures are not shrunken', () => {
    const [[effect]] = of(input.data.slice(0, 4), input.batch) as [[ReturnType<typeof of>[0][0]]];
    const none = { value: null, status: 'NOT_APPLICABLE', reason: 'FEWER_THAN_5_MEASURES' };
    expect(effect.shrunkenLocation).toMatchObject(none);
    expect(effect.shrunkenScale).toMatchObject(none);
    expect(effect.location.value).not.toBeNull();
  });
});

describe('centre effects', () => {
  const random = seeded(2);
  const centres = Array.from({ length: 90 }, (_, i) => 'abc'[i % 3]!);
  const noise = () => centres.map(() => random());

  it('have a signed location, its size, and intervals by jackknife', () => {
    const [[a, b]] = of([noise().map((x, i) => x + (i % 3 === 0 ? -2 : 0))], centres) as [
      ReturnType<typeof of>[0],
    ];
    expect(a!.location.value).toBeLessThan(-1);
    expect(a!.distance.value).toBe(-a!.location.value!);
    expect(a!.distance.interval!.lower).toBe(-a!.location.interval!.upper);
    expect(b!.location.interval!.lower).toBeGreaterThan(0.5);
    expect(b!.scale.interval!.lower).toBeLessThan(1);
    expect(b!.scale.interval!.upper).toBeGreaterThan(1);
  });
  it('of a centre with one image have a location and no scale', () => {
    const [[, , , d]] = of([[...noise(), 7]], [...centres, 'd']) as [ReturnType<typeof of>[0]];
    expect(d).toMatchObject({
      n: 1,
      scale: { value: null, status: 'INSUFFICIENT', reason: 'FEWER_THAN_2_IMAGES' },
    });
    expect(d!.location.value).toBeGreaterThan(1);
    expect(d!.shrunkenLocation).toMatchObject({ value: null, reason: 'FEWER_THAN_2_IMAGES' });
  });
  it('leave a measure that a centre lacks out of the prior of the others', () => {
    const six = Array.from({ length: 6 }, noise);
    const lacking = six.map((measure, i) => measure.map((x) => (i === 5 ? 1 : x)));
    const effects = of(lacking, centres);
    expect(effects[5]![0]!.location).toMatchObject({
      value: null,
      status: 'UNDEFINED',
      reason: 'CONSTANT_VALUE',
    });
    expect(effects[0]![0]!.shrunkenLocation.value).toBe(
      of(six.slice(0, 5), centres)[0]![0]!.shrunkenLocation.value,
    );
  });
  it.each([
    ['no image', [], [], 0],
    ['one centre', [1, 2, 3], ['a', 'a', 'a'], { status: 'NOT_APPLICABLE', reason: 'SINGLE_LEVEL' }],
    ['a constant', [2, 2, 2], ['a', 'b', 'b'], { status: 'UNDEFINED', reason: 'CONSTANT_VALUE' }],
    ['equal images', [1, 2, 2], ['a', 'b', 'b'], { status: 'DEGENERATE', reason: 'ZERO_WITHIN_VARIANCE' }],
  ] as const)('of %s have no value, and say so', (_, values, names, fault) => {
    const [effects] = of([values], names);
    if (fault === 0) expect(effects).toEqual([]);
    for (const { location, distance, scale, shrunkenScale } of effects!) {
      for (const figure of [location, distance, scale, shrunkenScale]) {
        expect(figure).toMatchObject({ value: null, interval: null, ...(fault as object) });
      }
    }
  });
  it('do not change with the unit and zero of a measure', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 9, maxLength: 30 }), (x) => {
        const names = x.map((_, i) => i % 3);
        const [one] = of([x], names);
        const [other] = of([x.map((value) => 4 * value - 7)], names);
        one!.forEach(({ location, scale }, centre) => {
          fc.pre(location.value !== null);
          expectClose(other![centre]!.location.value, location.value!, 1e-9);
          expectClose(other![centre]!.scale.value, scale.value!, 1e-9);
        });
      }),
    );
  });
});

describe('shrinking', () => {
  it('draws every location towards the common one, those of few images most', () => {
    const shifts = [-1, 0, 1, 2, 3].map((location, i) => ({ n: 10, location, scale: 1 + i / 10 }));
    const large = shrinkCentreEffects(shifts.map((shift) => ({ ...shift, n: 1000 })));
    const small = shrinkCentreEffects(shifts);
    if (typeof large === 'string' || typeof small === 'string') throw new Error('These converge.');
    shifts.forEach(({ location }, i) => {
      const distance = Math.abs(location - 1);
      expect(Math.abs(small[i]!.location - 1)).toBeLessThanOrEqual(distance);
      expect(Math.abs(large[i]!.location - location)).toBeLessThanOrEqual(
        Math.abs(small[i]!.location - location),
      );
    });
  });
  it('needs scales that differ', () => {
    expect(shrinkCentreEffects([1, 2, 3, 4, 5].map((location) => ({ n: 9, location, scale: 1 })))).toBe(
      'NO_SPREAD_OF_SCALES',
    );
  });
});
