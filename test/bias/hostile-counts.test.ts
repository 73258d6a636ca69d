import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbersIn, reportOn, subjectsOf } from './subjects-fixture.ts';

const subject = fc.record({
  unit: fc.option(fc.integer({ min: 0, max: 60 }).map(String), { nil: null }),
  labels: fc.option(fc.subarray(['a', 'b', 'c']), { nil: null }),
  values: fc.record({
    site: fc.option(fc.constantFrom('north', 'south', '(other)', '(missing)', ''), { nil: null }),
    view: fc.option(fc.constantFrom('top', 'side'), { nil: null }),
  }),
});
const share = fc.constantFrom('0', '0.5', '1');

describe('Whatever images there are', () => {
  it('every number of the selection and the association report is finite, and a missing value has its reason', () => {
    fc.assert(
      fc.property(
        fc.array(subject, { maxLength: 80 }),
        fc.boolean(),
        fc.option(share, { nil: null }),
        (subjects, personal, north) => {
          const columns = subjectsOf(subjects, {
            factors: ['site', 'view', 'device'],
            declared: ['device'],
            classes: ['a', 'b', 'c', 'd'],
          });
          const rest = north === '0.5' ? '0.5' : north === '1' ? '0' : '1';
          const target =
            north === null
              ? null
              : {
                  datasetId: 'd',
                  name: 't',
                  source: 's',
                  dated: null,
                  shares: [
                    { factor: 'site', level: 'north', share: north },
                    { factor: 'site', level: 'west', share: rest },
                  ],
                  strata: [],
                };
          const selection = reportOn('SELECTION', columns, { target, personal });
          const association = reportOn('ASSOCIATION', columns, { personal });
          expect(numbersIn([selection, association]).every(Number.isFinite)).toBe(true);
          for (const { headline, colour, unitsNeeded } of [...selection.cards, ...association.cards]) {
            if (headline.value === null) expect(headline.reason).not.toBeNull();
            if (unitsNeeded !== null) expect(['GREY', 'AMBER']).toContain(colour);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('the order of the images changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(
          subject.map((one) => ({ ...one, unit: one.unit ?? 'alone' })),
          { maxLength: 40 },
        ),
        (subjects) => {
          const reportOf = (given: typeof subjects) => {
            const columns = subjectsOf(given, { factors: ['site', 'view'], classes: ['a', 'b', 'c'] });
            const { associations } = reportOn('ASSOCIATION', columns);
            return associations
              .map(({ factor, plain }) => [factor, plain.value === null ? null : plain.value.toFixed(9)])
              .sort();
          };
          expect(reportOf([...subjects].reverse())).toEqual(reportOf(subjects));
        },
      ),
      { numRuns: 25 },
    );
  });
});
