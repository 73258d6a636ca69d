import fc from 'fast-check';
import { describe, it } from 'vitest';
import { centreEffect } from '../../src/statistics/centre-effect.ts';
import { crossedVarianceComponents } from '../../src/statistics/crossed-variance-components.ts';
import { drift } from '../../src/statistics/drift.ts';
import { factorEffect } from '../../src/statistics/factor-effect.ts';
import { intraclassCorrelations } from '../../src/statistics/intraclass-correlations.ts';
import { momentTable } from '../../src/statistics/moment-table.ts';
import { periodMeans } from '../../src/statistics/period-means.ts';
import { periods, UNKNOWN_DAY } from '../../src/statistics/periods.ts';
import { varianceComponents } from '../../src/statistics/variance-components.ts';
import { expectHonest } from './expect-honest.ts';
import { momentsOf } from './measured-rows.ts';

const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 2, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0.1, 1e-300, 1e15, -1e200) },
);
const images = fc
  .array(fc.record({ x: value, level: fc.integer({ min: -1, max: 6 }), unit: fc.nat(19), day: fc.nat(30) }), {
    maxLength: 80,
  })
  .map((rows) => ({
    values: Float64Array.from(rows, ({ x }) => x),
    factor: { codes: Int16Array.from(rows, ({ level }) => level), levels: 7 },
    units: {
      unitOf: Int32Array.from(rows, ({ unit }) => unit),
      bucketOf: Uint8Array.from({ length: 20 }, (_, unit) => unit % 7),
      unitCount: 20,
      bucketCount: 7,
    },
    days: Int32Array.from(rows, ({ day }) => (day === 30 ? UNKNOWN_DAY : day)),
  }));

describe('whatever the values, no NaN and no Infinity leaves', () => {
  it('the effect of a factor, its variance components and the centres', () => {
    fc.assert(
      fc.property(images, ({ values, factor, units }) => {
        expectHonest(factorEffect(momentsOf(values, factor, units)));
        const table = momentTable(units, values, factor);
        expectHonest(varianceComponents(table));
        expectHonest(centreEffect([table, table, table, table, table]));
      }),
    );
  });
  it('two crossed factors', () => {
    fc.assert(
      fc.property(images, ({ values, factor, units }) => {
        const cells = {
          codes: factor.codes.map((code, i) => (code < 0 ? -1 : code * 3 + (i % 3))),
          levels: 21,
        };
        expectHonest(
          crossedVarianceComponents({ rows: 7, columns: 3, ...momentTable(units, values, cells) }),
        );
      }),
    );
  });
  it('drift', () => {
    fc.assert(
      fc.property(images, ({ values, factor, units, days }) => {
        const groups = { ...factor, codes: factor.codes.map((code) => Math.min(code, 0)) };
        for (const series of periodMeans(values, periods(days, groups), units)) expectHonest(drift(series));
      }),
    );
  });
  it('repeated measurements', () => {
    const known = value.filter((x) => !Number.isNaN(x));
    fc.assert(
      fc.property(fc.array(fc.tuple(known, known, known), { maxLength: 14 }), (scenes) => {
        expectHonest(intraclassCorrelations(scenes));
      }),
    );
  });
});
