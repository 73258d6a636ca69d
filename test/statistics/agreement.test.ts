import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement } from '../../src/statistics/agreement.ts';
import { agreementTables, type RatedItem } from '../../src/statistics/agreement-tables.ts';
import { krippendorffAlpha, type Metric } from '../../src/statistics/krippendorff-alpha.ts';
import { percentAgreement } from '../../src/statistics/percent-agreement.ts';
import { studentTQuantile } from '../../src/statistics/student-t-quantile.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

const VALUES = [1, 2, 3, 4, 5];

/** Items × observers with null for no rating, as published; each item its own unit and bucket. */
function items(ratings: readonly (readonly (number | null)[])[]): RatedItem[] {
  return ratings.map((row, item) => ({
    unit: `${item}`,
    bucket: item,
    ratings: row.flatMap((value) => (value === null ? [] : [value - 1])),
  }));
}

const tables = (ratings: readonly (readonly (number | null)[])[]) =>
  agreementTables(items(ratings), VALUES.length);

describe.skipIf(!hasOracles)(`agreement against published values${ORACLES_ABSENT}`, () => {
  it.each(['nominal', 'ordinal', 'interval', 'ratio'] as const)(
    'alpha of Krippendorff 2011: %s',
    (metric) => {
      const { input, expected, tolerance } = oracle('06_agreement', 'krippendorff_C');
      const { coincidences } = tables(input.ratings_units_by_observers);
      expectClose(krippendorffAlpha(coincidences, VALUES, metric).value, expected[metric].alpha, tolerance);
    },
  );
  it.each(['nominal', 'ordinal', 'interval'] as const)('alpha of the encyclopaedia example: %s', (metric) => {
    const { input, expected, tolerance } = oracle('06_agreement', 'krippendorff_wikipedia');
    const { coincidences } = tables(input.ratings_units_by_observers);
    expectClose(krippendorffAlpha(coincidences, VALUES, metric).value, expected[metric], tolerance);
  });
  it('percent agreement with missing ratings, and of ten items by fourteen raters', () => {
    const gwet = oracle('06_agreement', 'gwet_4raters');
    const { agreements } = tables(gwet.input.ratings);
    expectClose(percentAgreement(agreements).value, gwet.expected.identity.pa, gwet.tolerance);
    expect(agreements.imageCount).toBe(gwet.expected.identity.n_items_2plus);
    const fleiss = oracle('06_agreement', 'fleiss_wikipedia');
    const rows = fleiss.input.counts.map((row: number[]) =>
      row.flatMap((n, c) => new Array<number>(n).fill(c + 1)),
    );
    expectClose(percentAgreement(tables(rows).agreements).value, fleiss.expected.Pbar, fleiss.tolerance);
  });
});

const rating = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null });
const study = fc.array(fc.array(rating, { minLength: 3, maxLength: 3 }), { minLength: 12, maxLength: 30 });
const metrics: Metric[] = ['nominal', 'ordinal', 'interval', 'ratio'];

describe('agreement', () => {
  it('does not depend on the order of items or of annotators', () => {
    fc.assert(
      fc.property(study, (ratings) => {
        const shuffled = [...ratings].reverse().map((row) => [...row].reverse());
        for (const metric of metrics) {
          const one = krippendorffAlpha(tables(ratings).coincidences, VALUES, metric);
          const other = krippendorffAlpha(tables(shuffled).coincidences, VALUES, metric);
          expect(other.status).toBe(one.status);
          if (one.value !== null) expect(other.value).toBeCloseTo(one.value, 9);
        }
      }),
    );
  });
  it('of two shards of items is that of the whole', () => {
    fc.assert(
      fc.property(study, fc.nat(12), (ratings, cut) => {
        const whole = tables(ratings).coincidences;
        const [one, other] = [tables(ratings.slice(0, cut)), tables(ratings.slice(cut))].map(
          (t) => t.coincidences,
        );
        const total = one!.total.map((cell, index) => cell + other!.total[index]!);
        const merged = { ...whole, total, buckets: [...one!.buckets, ...other!.buckets] };
        const expected = krippendorffAlpha(whole, VALUES, 'ordinal');
        const actual = krippendorffAlpha(merged, VALUES, 'ordinal');
        expect(actual.status).toBe(expected.status);
        if (expected.value !== null) expect(actual.value).toBeCloseTo(expected.value, 9);
      }),
    );
  });
  it('is nominally the same under any names of the classes', () => {
    fc.assert(
      fc.property(study, (ratings) => {
        const renamed = ratings.map((row) => row.map((value) => (value === null ? null : 6 - value)));
        const one = krippendorffAlpha(tables(ratings).coincidences, VALUES, 'nominal').value;
        const other = krippendorffAlpha(tables(renamed).coincidences, VALUES, 'nominal').value;
        if (one !== null) expect(other).toBeCloseTo(one, 9);
      }),
    );
  });
  it('is 1 where annotators agree on items that differ', () => {
    const perfect = tables(Array.from({ length: 12 }, (_, i) => [(i % 2) + 1, (i % 2) + 1]));
    for (const metric of metrics)
      expect(krippendorffAlpha(perfect.coincidences, VALUES, metric).value).toBe(1);
  });
  it('of ratings that are all equal is UNDEFINED, with percent agreement 1', () => {
    const result = agreement(tables(Array.from({ length: 40 }, () => [2, 2, 2])), VALUES, 'nominal');
    expect(result.alpha).toMatchObject({ value: null, status: 'UNDEFINED', reason: 'NO_VARIATION' });
    expect(result.percentAgreement.value).toBe(1);
    for (const row of result.classes) expect(row.alpha.status).not.toBe('OK');
  });
  it('without an item rated twice is NOT_APPLICABLE, NO_OVERLAP', () => {
    const result = agreement(
      tables([
        [1, null],
        [null, 2],
        [null, null],
      ]),
      VALUES,
      'nominal',
    );
    for (const figure of [result.alpha, result.percentAgreement]) {
      expect(figure).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OVERLAP' });
    }
  });
  it('below chance is negative, not clamped to 0', () => {
    const opposed = tables(Array.from({ length: 20 }, () => [1, 2]));
    expect(krippendorffAlpha(opposed.coincidences, VALUES, 'nominal').value).toBeLessThan(0);
  });
  it('that is high by chance alone carries the paradox note', () => {
    const rare = Array.from({ length: 100 }, (_, i) => (i < 3 ? [1, 2] : i === 3 ? [2, 2] : [1, 1]));
    const result = agreement(tables(rare), VALUES, 'nominal');
    expect(result.percentAgreement.value).toBeGreaterThan(0.9);
    expect(result.note).toBe('UNEQUAL_CLASSES');
    expect(result.classes[1]!.sameGivenOne.value).toBeCloseTo(2 / 5, 9);
    expect(result.classes[4]!.sameGivenOne).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'CLASS_NOT_USED',
    });
  });
  it('with an order takes it anew from the ratings that are left, whenever a bucket is left out', () => {
    const ratings = Array.from({ length: 24 }, (_, i) => [(i % 4) + 1, (i % 4) + (i % 5 ? 1 : 2)]);
    const of = (kept: readonly number[][]) =>
      krippendorffAlpha(tables(kept).coincidences, VALUES, 'ordinal').value!;
    const left = ratings.map((_, gone) => of(ratings.filter((_, item) => item !== gone)));
    const mean = left.reduce((a, b) => a + b) / 24;
    const error = Math.sqrt((23 / 24) * left.reduce((total, value) => total + (value - mean) ** 2, 0));
    const { value, interval } = krippendorffAlpha(tables(ratings).coincidences, VALUES, 'ordinal');
    expect(interval!.lower).toBeCloseTo(value! - studentTQuantile(0.975, 23) * error, 9);
  });
  it('between two classes is the same for either against the rest', () => {
    const { alpha, classes } = agreement(
      tables(Array.from({ length: 30 }, (_, i) => [(i % 2) + 1, (i % 3 ? i % 2 : 0) + 1])),
      VALUES,
      'nominal',
    );
    expect(classes[0]!.alpha.value).toBeCloseTo(alpha.value!, 9);
    expect(classes[1]!.alpha.interval!.lower).toBeCloseTo(alpha.interval!.lower, 9);
  });
});
