import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEstimate } from '../../src/bias/report-figures.ts';
import { expectHonest } from '../statistics/expect-honest.ts';
import { reportOn, subjectsOf } from './subjects-fixture.ts';

const text = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: null });
const subject = fc.record({
  unit: fc.option(fc.integer({ min: 0, max: 70 }).map(String), { nil: null }),
  labels: fc.option(fc.subarray(['a', 'b', 'c']), { nil: null }),
  part: fc.option(fc.constantFrom('train', 'test'), { nil: null }),
  values: fc.record({
    site: text('north', 'south', 'west', '(other)', '(missing)', ''),
    view: text('top', 'side'),
    age: fc.option(
      fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      {
        nil: null,
      },
    ),
    width: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
  }),
});
const many = fc.array(subject, { maxLength: 90 });
/** Site and age give classes away, so that there is something to list. */
const leaning = fc.array(subject, { minLength: 80, maxLength: 120 }).map((given) =>
  given.map((one) => {
    const told = one.values.site === 'north' ? ['a'] : (one.values.age ?? 0) > 4 ? ['b'] : ['c'];
    return one.labels === null ? one : { ...one, labels: told };
  }),
);
const plan = { factors: ['site', 'view', 'age', 'width', 'device'], classes: ['a', 'b', 'c', 'd'] };
const asked = fc.record({
  personal: fc.boolean(),
  part: fc.option(fc.constantFrom('train', 'test'), { nil: null }),
});

type Subject = typeof subject extends fc.Arbitrary<infer One> ? One : never;
const reportOf = (given: readonly Subject[], parts = {}) =>
  reportOn('ASSOCIATION', subjectsOf(given, plan), parts);

/** Every number to nine digits: sums over images may end differently in another order. */
const rounded = (value: unknown) =>
  JSON.stringify(value, (_, member) =>
    typeof member === 'number' && !Number.isInteger(member) ? Number(member.toPrecision(9)) + 0 : member,
  );

describe('The association report, whatever images there are', () => {
  it('has finite numbers, a reason for every figure that is missing, and the same bytes again', () => {
    fc.assert(
      fc.property(fc.oneof(many, leaning), asked, (given, parts) => {
        const made = reportOf(given, parts);
        const { specificationVersion: _, ...figures } = made;
        expectHonest(figures);
        expect(JSON.stringify(reportOf(given, parts))).toBe(JSON.stringify(made));
        expect(made.cards.map(({ kind }) => kind)).toEqual([
          'METADATA_PROBE',
          'LABEL_ASSOCIATION',
          'LEAK',
          'CONFOUNDING',
        ]);
        for (const { colour, headline, unitCount } of made.cards) {
          if (unitCount < 30 || headline.value === null) expect(['GREY', 'AMBER']).toContain(colour);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('selects images by conditions that hold of the images counted', () => {
    fc.assert(
      fc.property(leaning, (given) => {
        for (const { selection, images } of reportOf(given).pairs) {
          const chosen = given.filter(({ labels, values }) =>
            selection!.where.every((condition) => {
              const value = values[condition.field as 'site'] ?? null;
              if (condition.field === 'label')
                return labels?.some((label) => condition.kind === 'IN' && condition.values.includes(label));
              if (value === null) return false;
              switch (condition.kind) {
                case 'IN':
                  return condition.values.includes(value);
                case 'NOT_IN':
                  return !condition.values.includes(value);
                case 'RANGE':
                  return (
                    Number(value) >= (condition.from ?? -Infinity) &&
                    Number(value) < (condition.below ?? Infinity)
                  );
                default:
                  return false;
              }
            }),
          );
          expect(chosen.length).toBe(images.value);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('tells no count of 1 to 4 of a personal dataset', () => {
    fc.assert(
      fc.property(leaning, (given) => {
        const { pairs, probe } = reportOf(given, { personal: true });
        const counts = [
          ...pairs.map(({ images }) => images),
          ...probe.classes.flatMap(({ images, units }) => [images, units]),
        ];
        for (const { value } of counts) expect(value === null || value === 0 || value >= 5).toBe(true);
        for (const row of [...pairs, ...probe.classes])
          if (row.images.status === 'SUPPRESSED')
            for (const figure of Object.values(row)) if (isEstimate(figure)) expect(figure.value).toBeNull();
      }),
      { numRuns: 20 },
    );
  });

  it('is the same in any order of the images of known units', () => {
    const known = many.map((given) =>
      given.map((one, index) => ({ ...one, unit: one.unit ?? `own ${index}` })),
    );
    fc.assert(
      fc.property(known, (given) => {
        const { request: _, ...made } = reportOf(given);
        const { request: __, ...again } = reportOf([...given].reverse());
        expect(rounded({ ...again, seed: '' })).toBe(rounded({ ...made, seed: '' }));
      }),
      { numRuns: 20 },
    );
  });
});
