import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEstimate } from '../../src/bias/report-figures.ts';
import { NO_DAY } from '../../src/bias/subjects/subjects.ts';
import { numbersIn, reportOn, subjectsOf } from './subjects-fixture.ts';

const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 2, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(null, 0.1, 5e-324, 1e15, -1e150, 1e300, -1e300) },
);
const name = (...names: string[]) => fc.option(fc.constantFrom(...names), { nil: null });
const subject = fc.record({
  unit: fc.option(fc.integer({ min: 0, max: 70 }).map(String), { nil: null }),
  labels: fc.option(fc.subarray(['a', 'b']), { nil: null }),
  values: fc.record({
    site: name('n', 's', '(other)', '(missing)'),
    device: name('1', '2'),
    session: name('x'),
  }),
  measures: fc.record({ mean: value, noise: value, contrast: value, sharpness: value, saturation: value }),
  captured: fc.option(
    fc.integer({ min: 0, max: 30 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
    { nil: null },
  ),
});
const plan = {
  factors: ['site', 'device', 'session'],
  classes: ['a', 'b'],
  measures: ['mean', 'noise', 'contrast', 'sharpness', 'saturation'],
};

/** Every figure of a report. */
function estimatesIn(report: unknown): { value: number | null; status: string; reason: string | null }[] {
  if (report === null || typeof report !== 'object') return [];
  return isEstimate(report) ? [report] : Object.values(report).flatMap(estimatesIn);
}

function expectHonest(report: { cards: readonly { colour: string; headline: { value: number | null } }[] }) {
  expect(numbersIn(report).every(Number.isFinite)).toBe(true);
  for (const { value: figure, status, reason } of estimatesIn(report)) {
    if (figure !== null) continue;
    expect(status).not.toBe('OK');
    expect(reason).not.toBeNull();
  }
  for (const { colour, headline } of report.cards) if (headline.value === null) expect(colour).toBe('GREY');
}

describe('Whatever the images measure', () => {
  it('every number is finite, every missing value has its reason, and no card without a value has a colour', () => {
    fc.assert(
      fc.property(fc.array(subject, { maxLength: 120 }), fc.boolean(), (images, personal) => {
        expectHonest(reportOn('MEASUREMENT', subjectsOf(images, plan), { personal }));
      }),
      { numRuns: 60 },
    );
  });

  it('the same holds against a reference', () => {
    const few = fc.array(subject, { maxLength: 40 });
    fc.assert(
      fc.property(few, few, (images, others) => {
        const reference = { datasetId: 'r', slug: 'r', revision: 1 };
        const facts = { reference: subjectsOf(others, plan) };
        expectHonest(reportOn('MEASUREMENT', subjectsOf(images, plan), { reference }, facts));
      }),
      { numRuns: 8 },
    );
  });

  it('the same holds of columns that no database would hand out', () => {
    const subjects = subjectsOf(
      Array.from({ length: 40 }, (_, index) => ({
        values: { site: `s${index % 3}` },
        measures: { mean: index },
      })),
      { factors: ['site'], measures: ['mean'] },
    );
    for (const values of [
      new Float64Array(40).fill(Number.NaN),
      new Float64Array(40).fill(1e300),
      Float64Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 1e300 : -1e300)),
      Float64Array.from({ length: 40 }, (_, index) => (index === 0 ? 1e300 : 0.1)),
    ]) {
      const days = Int32Array.from({ length: 40 }, (_, index) =>
        index % 5 === 0 ? NO_DAY : index * 1_000_000,
      );
      expectHonest(reportOn('MEASUREMENT', { ...subjects, days, measures: [{ name: 'mean', values }] }));
    }
  });

  it('the same request on the same images gives the same bytes', () => {
    fc.assert(
      fc.property(fc.array(subject, { maxLength: 60 }), (images) => {
        const made = () => JSON.stringify(reportOn('MEASUREMENT', subjectsOf(images, plan)));
        expect(made()).toBe(made());
      }),
      { numRuns: 10 },
    );
  });
});

describe('The measurement report of nothing', () => {
  const colours = (report: { cards: readonly { colour: string }[] }) =>
    report.cards.map(({ colour }) => colour);

  it('is GREY: without image, measure or factor', () => {
    expect(colours(reportOn('MEASUREMENT', subjectsOf([], plan)))).toEqual(['GREY', 'GREY', 'GREY']);
    const unmeasured = subjectsOf(
      Array.from({ length: 50 }, () => ({ values: { site: 'n' } })),
      { ...plan, measures: [] },
    );
    expect(colours(reportOn('MEASUREMENT', unmeasured))).toEqual(['GREY', 'GREY', 'GREY']);
    const alone = Array.from({ length: 50 }, (_, index) => ({ measures: { mean: index } }));
    expect(colours(reportOn('MEASUREMENT', subjectsOf(alone, plan)))).toEqual(['GREY', 'GREY', 'GREY']);
  });

  it('is GREY of one site, and of one unit', () => {
    const images = Array.from({ length: 50 }, (_, index) => ({
      values: { site: 'n' },
      measures: { mean: index % 9 },
    }));
    const one = reportOn('MEASUREMENT', subjectsOf(images, plan));
    expect(colours(one)).toEqual(['GREY', 'GREY', 'GREY']);
    expect(one.centres[0]!.location).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'SINGLE_LEVEL' });
    const unit = images.map((image, index) => ({ ...image, unit: 'u', values: { site: `s${index % 2}` } }));
    expect(colours(reportOn('MEASUREMENT', subjectsOf(unit, plan)))).toEqual(['GREY', 'GREY', 'GREY']);
  });

  it('is GREY of a constant', () => {
    const images = Array.from({ length: 80 }, (_, index) => ({
      captured: new Date(index * 86_400_000).toISOString(),
      values: { site: `s${index % 2}` },
      measures: { mean: 0.1 },
    }));
    const made = reportOn('MEASUREMENT', subjectsOf(images, plan));
    expect(colours(made)).toEqual(['GREY', 'GREY', 'GREY']);
    expect(made.effects[0]!.omegaSquared).toMatchObject({ status: 'UNDEFINED', reason: 'CONSTANT_VALUE' });
  });
});
