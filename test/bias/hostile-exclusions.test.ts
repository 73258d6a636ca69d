import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportFacts } from '../../src/bias/report-input.ts';
import type { Estimate } from '../../src/statistics/estimate.ts';
import { expectHonest } from '../statistics/expect-honest.ts';
import { type Given, reportOn, subjectsOf } from './subjects-fixture.ts';

const odd = fc.constantFrom('north', 'south', '(other)', '(missing)', '', '≥ 3', '1 to < 2');
const image: fc.Arbitrary<Given> = fc.record({
  unit: fc.option(fc.integer({ min: 0, max: 40 }).map(String), { nil: null }),
  labels: fc.option(fc.subarray(['a', 'b', 'c']), { nil: null }),
  values: fc.record({
    site: fc.option(odd, { nil: null }),
    operator: fc.option(fc.constantFrom('one', 'two'), { nil: null }),
    height: fc.option(fc.constantFrom(0, -0, 1, 1e300, -1e300, 1e-300, 7), { nil: null }),
  }),
  measures: fc.record({
    sharpness: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null }),
  }),
  excluded: fc.option(
    fc.record({
      stage: fc.constantFrom('COLLECTED', 'DECODED', 'ELIGIBLE', 'ANNOTATED', 'RELEASED'),
      reason: fc.constantFrom('blurred', 'withdrawn', '(other)', ''),
      by: fc.constantFrom('p1', 'p2'),
    }),
    { nil: null, freq: 2 },
  ),
});
const images = fc.array(image, { maxLength: 90 });
const refusals = fc.option(
  fc.array(
    fc.record({
      stage: fc.constantFrom('COLLECTED' as const, 'DECODED' as const),
      code: fc.constantFrom('BAD_INPUT', 'CORRUPT_IMAGE'),
      images: fc.integer({ min: 1, max: 30 }),
    }),
    { maxLength: 3 },
  ),
  { nil: null },
);
const target = {
  datasetId: 'd',
  name: 't',
  source: 's',
  dated: null,
  shares: [
    { factor: 'site', level: 'north', share: '0.5' },
    { factor: 'site', level: '', share: '0.5' },
    { factor: 'operator', level: 'one', share: '1' },
  ],
  strata: [],
};
const plan = {
  factors: ['site', 'operator', 'height'],
  declared: ['height'],
  classes: ['a', 'b', 'd'],
  measures: ['sharpness'],
};

function reports(given: readonly Given[], refused: ReportFacts['refusals'], personal: boolean) {
  const columns = subjectsOf(given, plan);
  return {
    attrition: reportOn('ATTRITION', columns, { personal }, { refusals: refused }),
    selection: reportOn(
      'SELECTION',
      columns,
      { personal, target, targetNames: ['t'] },
      { reference: columns },
    ),
  };
}

/** Every estimate that is a count of images or units. */
function countsIn(value: unknown): Estimate[] {
  if (value === null || typeof value !== 'object') return [];
  const { method, specificationVersion } = value as Partial<Estimate>;
  const own = specificationVersion !== undefined && ['images', 'units', 'units lost'].includes(method ?? '');
  return [...(own ? [value as Estimate] : []), ...Object.values(value).flatMap(countsIn)];
}

/** A margin tells a small count where that is its only hidden cell. */
function tellsNone(shown: readonly Estimate[], truth: readonly Estimate[]): void {
  const hidden = shown.flatMap(({ status }, cell) => (status === 'SUPPRESSED' ? [truth[cell]!.value!] : []));
  if (hidden.length === 1 && shown.length > 1) expect([1, 2, 3, 4]).not.toContain(hidden[0]);
}

describe('Whatever was excluded', () => {
  it('every number of the attrition and the selection report is finite, and what has no value has a reason', () => {
    fc.assert(
      fc.property(images, refusals, fc.boolean(), (given, refused, personal) => {
        const { attrition, selection } = reports(given, refused, personal);
        for (const { specificationVersion: _, ...rest } of [attrition, selection]) expectHonest(rest);
      }),
      { numRuns: 60 },
    );
  });

  it('the flow adds up: ledger and images are one', () => {
    fc.assert(
      fc.property(images, refusals, (given, refused) => {
        const { flow } = reports(given, refused, false).attrition;
        expect(flow.status).toBe(given.length === 0 && !refused?.length ? 'EMPTY' : 'OK');
        const released = given.filter(({ labels, excluded }) => labels?.length && !excluded).length;
        expect(flow.stages.at(-1)!.reached.images.value).toBe(released);
      }),
      { numRuns: 40 },
    );
  });

  it('no count of 1 to 4 of a personal dataset is told, nor left over when the others are taken from their sum', () => {
    fc.assert(
      fc.property(images, refusals, (given, refused) => {
        const { attrition, selection } = reports(given, refused, true);
        const open = reports(given, refused, false);
        for (const { value } of countsIn([attrition, selection]))
          if (value !== null) expect([1, 2, 3, 4]).not.toContain(value);
        const lines = ({ flow }: typeof attrition) =>
          flow.stages.flatMap(({ lost }) => lost.map((line) => line.images));
        tellsNone(lines(attrition), lines(open.attrition));
        const same = <Row extends { name: string; label?: string | null }>(rows: readonly Row[], of: Row) =>
          rows.find(({ name, label }) => name === of.name && label === of.label)!;
        for (const factor of attrition.factors) {
          const truth = same(open.attrition.factors, factor);
          const levels = factor.levels.toSorted((one, other) => (one.level < other.level ? -1 : 1));
          const trueLevels = truth.levels.toSorted((one, other) => (one.level < other.level ? -1 : 1));
          for (const side of ['kept', 'excluded'] as const)
            tellsNone(
              [...levels.map((level) => level[side]), factor[`${side}Unknown`]],
              [...trueLevels.map((level) => level[side]), truth[`${side}Unknown`]],
            );
        }
        selection.factors.forEach(({ levels }, index) => {
          const trueLevels = open.selection.factors[index]!.levels;
          tellsNone(
            levels.map((level) => level.images),
            trueLevels.map((level) => level.images),
          );
        });
      }),
      { numRuns: 60 },
    );
  });

  it('the order of the images changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(
          image.map((one) => ({ ...one, unit: one.unit ?? 'alone' })),
          { maxLength: 40 },
        ),
        (given) => {
          const figures = (of: readonly Given[]) => {
            const { factors, classBounds, flow } = reports(of, [], false).attrition;
            return [
              factors
                .map(({ name, label, difference }) => [name, label, difference.value?.toFixed(9)])
                .sort(),
              classBounds.map(({ label, share }) => [label, share.value?.toFixed(9)]),
              flow.stages.map(({ reached }) => [reached.images.value, reached.units.value]),
            ];
          };
          expect(figures([...given].reverse())).toEqual(figures(given));
        },
      ),
      { numRuns: 25 },
    );
  });
});
