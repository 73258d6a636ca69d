import fc from 'fast-check';
import { describe, it } from 'vitest';
import { agreement } from '../../src/statistics/agreement.ts';
import { analysisOfVariance } from '../../src/statistics/analysis-of-variance.ts';
import { benjaminiHochberg } from '../../src/statistics/benjamini-hochberg.ts';
import { classImbalance } from '../../src/statistics/class-imbalance.ts';
import { type Bands, colour } from '../../src/statistics/colour.ts';
import { factorAssociation } from '../../src/statistics/factor-association.ts';
import { factorCoverage } from '../../src/statistics/factor-coverage.ts';
import { proportion } from '../../src/statistics/proportion.ts';
import { tellingPairs } from '../../src/statistics/telling-pairs.ts';
import { testedPairs } from '../../src/statistics/tested-pairs.ts';
import { expectHonest } from './expect-honest.ts';
import { bucketed, seeded } from './oracle.ts';

const count = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.nat(9) },
  { weight: 1, arbitrary: fc.constantFrom(1e-300, 0.5, 1e6, 1e15, 1e200) },
);
const table = (cells: number) =>
  fc
    .tuple(
      fc.array(fc.array(count, { minLength: cells, maxLength: cells }), { minLength: 1, maxLength: 60 }),
      fc.nat(80),
    )
    .map(([buckets, units]) => bucketed(buckets, units));

describe('whatever the table, no NaN and no Infinity leaves', () => {
  it('selection, with and without a target', () => {
    fc.assert(
      fc.property(table(3), fc.constantFrom([0.2, 0.3, 0.5], [1, 0, 0], null), (cells, shares) => {
        expectHonest(factorCoverage(cells, shares && { shares, sourceCount: 50 }, seeded(1)));
        expectHonest(classImbalance(cells));
      }),
    );
  });
  it('a stratum so small that no finite weight makes up for it has none', () => {
    const cells = bucketed(
      [
        [0, 1e15, 0],
        [1e-300, 0, 0],
      ],
      0,
    );
    expectHonest(factorCoverage(cells, { shares: [0.2, 0.3, 0.5], sourceCount: null }, seeded(1)));
  });
  it('shares', () => {
    fc.assert(
      fc.property(table(2), (cells) => {
        const whole = cells.buckets.map(([a, b]) => [a!, a! + b!]);
        expectHonest(proportion({ ...bucketed(whole, cells.unitCount), imageCount: cells.imageCount }));
      }),
    );
  });
  it('association and its pairs', () => {
    fc.assert(
      fc.property(table(6), (cells) => {
        const contingency = { rows: 2, columns: 3, ...cells };
        const result = factorAssociation(contingency, seeded(1));
        expectHonest(result);
        const attribute = { table: contingency, designEffect: result.test.designEffect, rows: [0, 1] };
        const tested = testedPairs([attribute]);
        const q = benjaminiHochberg(tested.map(({ p }) => p));
        expectHonest(tellingPairs([attribute], tested, q));
      }),
    );
  });
  it('analysis of variance', () => {
    fc.assert(fc.property(table(9), (cells) => expectHonest(analysisOfVariance(cells))));
  });
  it('agreement', () => {
    fc.assert(
      fc.property(
        table(9),
        table(2),
        fc.constantFrom('nominal', 'ordinal', 'interval', 'ratio'),
        (pairs, items, metric) => {
          expectHonest(
            agreement({ coincidences: pairs, agreements: items }, [-1, 0, 1], metric as 'nominal'),
          );
        },
      ),
    );
  });
  it('colours', () => {
    const bands: Bands = { worse: 'BOTH', below: { amber: 0.8, red: 0.5 }, above: { amber: 1.2, red: 2 } };
    fc.assert(fc.property(table(2), (cells) => expectHonest(colour(proportion(cells), bands))));
  });
});
