import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov } from '../../src/statistics/kolmogorov-smirnov.ts';
import { missingIndicator } from '../../src/statistics/missing-indicator.ts';
import { numericComparison } from '../../src/statistics/numeric-comparison.ts';
import { wassersteinDistance } from '../../src/statistics/wasserstein-distance.ts';
import { expectHonest } from './expect-honest.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';
import { unitsOf } from './units-of.ts';

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

/** The values of the sample and then of the reference, each image its own unit unless said. */
function compare(
  sample: readonly number[],
  reference: readonly number[],
  unitOf = [...sample, ...reference].map((_, image) => image),
) {
  const values = Float64Array.from([...sample, ...reference]);
  const codes = Int16Array.from(values, (_, image) => (image < sample.length ? 0 : 1));
  return numericComparison(unitsOf(unitOf), values, { codes, levels: 2 }, seeded(2));
}

describe.skipIf(!hasOracles)(`two samples against scipy${ORACLES_ABSENT}`, () => {
  it('have the D and W₁ of ks_2samp and wasserstein_distance', () => {
    const { input, expected, tolerance } = oracle('05_split', 'ks_two_sample');
    expectClose(kolmogorovSmirnov(sorted(input.x), sorted(input.y)).value, expected.D, tolerance);
    expectClose(wassersteinDistance(sorted(input.x), sorted(input.y)).value, expected.W1, tolerance);
    expectClose(compare(input.x, input.y).kolmogorovSmirnov.value, expected.D, tolerance);
  });
});

const draw = seeded(8);
const sample = (size: number, shift = 0) =>
  Array.from({ length: size }, () => draw() + draw() + draw() + shift);

describe('a measure in two samples', () => {
  it('differs by its standardized mean difference and variance ratio: (1, 2, 3) and (2, 4, 6)', () => {
    const { standardizedDifference, varianceRatio } = compare([1, 2, 3], [2, 4, 6]);
    expectClose(standardizedDifference.value, -2 / Math.sqrt(2.5), 1e-12);
    expectClose(varianceRatio.value, 0.25, 1e-12);
  });
  it('moved by one standard deviation lies W₁ = 1 away, with 1 in its interval', () => {
    const reference = sample(400);
    const mean = reference.reduce((a, b) => a + b, 0) / 400;
    const deviation = Math.sqrt(reference.reduce((a, b) => a + (b - mean) ** 2, 0) / 399);
    const { wasserstein, standardizedDifference } = compare(
      reference.map((value) => value + deviation),
      reference,
    );
    expectClose(wasserstein.value, 1, 1e-9);
    expectClose(standardizedDifference.value, 1, 1e-9);
    expect(wasserstein.interval!.lower).toBeLessThan(1);
    expect(wasserstein.interval!.upper).toBeGreaterThan(1);
    expect(wasserstein.interval!.method).toMatch(/bootstrap/);
  });
  it('has wider intervals where images of one unit are alike', () => {
    const values = sample(60).flatMap((value) => new Array<number>(10).fill(value));
    const unitOf = values.map((_, image) => Math.floor(image / 10));
    const width = (comparison: ReturnType<typeof compare>) =>
      comparison.standardizedDifference.interval!.upper - comparison.standardizedDifference.interval!.lower;
    const [one, other] = [values.slice(0, 300), values.slice(300)];
    expect(width(compare(one, other, unitOf))).toBeGreaterThan(2 * width(compare(one, other)));
  });
  it('has D and W₁ within their intervals, even where the samples are alike', () => {
    const { kolmogorovSmirnov: d, wasserstein } = compare(sample(200), sample(200));
    for (const { value, interval } of [d, wasserstein]) {
      expect(interval!.lower).toBeLessThanOrEqual(value!);
      expect(interval!.upper).toBeGreaterThan(value!);
    }
  });
  it('counts the units of the smaller side: 9 of them carry no interval', () => {
    const { kolmogorovSmirnov: d, standardizedDifference } = compare(sample(9), sample(90));
    for (const figure of [d, standardizedDifference])
      expect(figure).toMatchObject({ unitCount: 9, status: 'INSUFFICIENT', interval: null });
  });
  it('constant and equal on both sides differs by 0', () => {
    const both = compare(new Array(20).fill(3), new Array(20).fill(3));
    for (const name of ['standardizedDifference', 'kolmogorovSmirnov', 'wasserstein'] as const)
      expect(both[name]).toMatchObject({ status: 'OK', value: 0, interval: { lower: 0, upper: 0 } });
    expect(both.varianceRatio).toMatchObject({ status: 'UNDEFINED', reason: 'CONSTANT_REFERENCE' });
  });
  it('against a constant reference has no ratio and no distance in its deviations', () => {
    const { varianceRatio, wasserstein, kolmogorovSmirnov: d } = compare(sample(20), new Array(20).fill(9));
    expect(varianceRatio).toMatchObject({ status: 'UNDEFINED', reason: 'CONSTANT_REFERENCE' });
    expect(wasserstein).toMatchObject({ status: 'UNDEFINED', reason: 'CONSTANT_REFERENCE' });
    expect(d.value).toBe(1);
    const apart = compare(new Array(20).fill(8), new Array(20).fill(9));
    expect(apart.standardizedDifference).toMatchObject({ status: 'UNDEFINED', reason: 'CONSTANT_VALUE' });
  });
  it('that one side lacks is EMPTY', () => {
    for (const figure of Object.values(compare([Number.NaN, Number.NaN], sample(20))))
      expect(figure).toMatchObject({ status: 'EMPTY', value: null });
  });
  it('is left out where it is not known', () => {
    const [one, other] = [sample(30), sample(30)];
    const holed = compare([...one, Number.NaN], [Number.NaN, ...other]);
    expectClose(holed.wasserstein.value, compare(one, other).wasserstein.value!, 1e-12);
    expect(holed.wasserstein.imageCount).toBe(60);
  });
  it('has D and W₁ that neither order, nor swapping, nor another unit of D’s measure changes', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (x, y) => {
        const [one, other] = [sorted(x), sorted(y)];
        const d = kolmogorovSmirnov(one, other).value!;
        expect(kolmogorovSmirnov(other, one).value).toBe(d);
        expect(
          kolmogorovSmirnov(
            one.map((v) => v ** 3),
            other.map((v) => v ** 3),
          ).value,
        ).toBe(d);
        const w = wassersteinDistance(one, other).value!;
        expect(wassersteinDistance(other, one).value).toBeCloseTo(w, 9);
        expect(
          wassersteinDistance(
            one.map((v) => v + 7),
            other.map((v) => v + 7),
          ).value,
        ).toBeCloseTo(w, 9);
        expect(kolmogorovSmirnov(one, one).value).toBe(0);
        expect(wassersteinDistance(one, one).value).toBe(0);
      }),
    );
  });
  it('never gives NaN, whatever the values', () => {
    const value = fc.oneof(
      fc.constant(Number.NaN),
      fc.integer({ min: -2, max: 2 }),
      fc.constantFrom(1e300, -1e300, Infinity, -Infinity, 1e-300),
    );
    const values = fc.array(value, { maxLength: 25 });
    fc.assert(
      fc.property(values, values, (x, y) => {
        expectHonest(compare(x, y));
      }),
      { numRuns: 40 },
    );
  });
});

describe('what is missing', () => {
  it('is a variable of its own, of a factor and of a measure alike', () => {
    const codes = Int16Array.from([0, -1, 2]);
    expect([...missingIndicator({ codes, levels: 3 }).codes]).toEqual([0, 1, 0]);
    expect([...missingIndicator(Float64Array.from([1, Number.NaN, 0])).codes]).toEqual([0, 1, 0]);
  });
});
