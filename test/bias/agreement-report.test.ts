import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementReport } from '../../src/bias/agreement-report.ts';
import type { AgreementInput, PairedRatingsRow } from '../../src/bias/paired-ratings.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from '../statistics/oracle.ts';
import { numbersIn } from './subjects-fixture.ts';

/** Items × raters, label or null; every item its own unit. */
function inputOf(items: readonly (readonly (number | null)[])[], personal = false): AgreementInput {
  const raters = Math.max(0, ...items.map((item) => item.length));
  const pairs = items.flatMap((item, index) => {
    const given = item.flatMap((label, rater) => (label === null ? [] : [{ label, rater }]));
    return given.flatMap((one): PairedRatingsRow[] =>
      given
        .filter((other) => other.rater !== one.rater)
        .map((other) => ({
          bucket: index % 50,
          rater: one.rater,
          label: one.label,
          ratings: given.length,
          other: other.label,
          pairs: 1,
        })),
    );
  });
  const sizes = items.map((item) => item.filter((label) => label !== null).length);
  const rated = sizes.filter((size) => size > 1).length;
  return {
    population: { imageCount: items.length, unitCount: items.length, imagesOfUnknownUnit: 0 },
    classes: Array.from({ length: 10 }, (_, label) => `class ${label}`),
    raters: Array.from({ length: raters }, (_, rater) => `rater ${rater}`),
    pairs,
    overlap: [...new Set(sizes)].sort().map((ratings) => ({
      ratings,
      images: sizes.filter((size) => size === ratings).length,
    })),
    units: rated,
    raterUnits: Array.from(
      { length: raters },
      (_, rater) => items.filter((item, index) => item[rater] != null && sizes[index]! > 1).length,
    ),
    supersededRatings: 0,
    personal,
  };
}

describe('The agreement report', () => {
  it('is GREEN where annotators agree, with the interval above .8', () => {
    const items = Array.from({ length: 200 }, (_, index) => [
      index % 3,
      index % 3,
      index % 40 === 0 ? 0 : index % 3,
    ]);
    const made = agreementReport(inputOf(items));
    expect(made.cards[0]).toMatchObject({ kind: 'AGREEMENT', colour: 'GREEN', certainty: 'CONFIRMED' });
    expect(made.overlap.map(({ ratings, images }) => [ratings, images.value])).toEqual([[3, 200]]);
  });

  it('shows the annotator who differs, and which label that one gives too often', () => {
    const items = Array.from({ length: 100 }, (_, index) => {
      const truth = index % 2;
      return [truth, truth, index % 4 === 0 ? 1 : truth];
    });
    const [worst] = agreementReport(inputOf(items)).raters;
    expect(worst!.rater).toBe('rater 2');
    expect(worst!.agreement.value).toBeCloseTo(0.75, 12);
    const one = worst!.labels.find(({ label }) => label === 'class 1')!;
    expect([one.ownShare.value, one.othersShare.value]).toEqual([0.75, 0.5]);
  });

  it('warns that unequal classes make chance agreement high', () => {
    const items = Array.from({ length: 200 }, (_, index) => (index < 8 ? [0, 1] : [0, 0]));
    const made = agreementReport(inputOf(items));
    expect(made.percentAgreement.value).toBeCloseTo(0.96, 12);
    expect(made.cards[0]!.caveats.map(({ code }) => code)).toContain('UNEQUAL_CLASSES');
    expect(made.cards[0]!.colour).toBe('RED');
  });

  it('without two ratings of one image has no figure, and says what to do', () => {
    const made = agreementReport(inputOf([[0], [1], [0]]));
    expect(made.alpha).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OVERLAP' });
    expect(made.cards[0]!.sentence).toMatch(/let two or more label the same 100 images/);
    expect(agreementReport(inputOf([])).alpha.reason).toBe('NO_OVERLAP');
  });

  it('of equal ratings alone has full agreement and no alpha', () => {
    const made = agreementReport(inputOf(Array.from({ length: 60 }, () => [2, 2])));
    expect(made.alpha).toMatchObject({ value: null, status: 'UNDEFINED', reason: 'NO_VARIATION' });
    expect(made.percentAgreement.value).toBe(1);
    expect(made.cards[0]!.colour).toBe('GREY');
  });

  it('of a personal dataset hides how often an annotator gave a label of 1 to 4 items, and one label more', () => {
    const items = Array.from({ length: 60 }, (_, index) => [index < 2 ? 1 : index < 20 ? 2 : 0, 0]);
    const made = agreementReport(inputOf(items, true));
    const rater = made.raters.find((one) => one.rater === 'rater 0')!;
    const hidden = rater.labels.filter(({ ownShare }) => ownShare.status === 'SUPPRESSED');
    expect(hidden.map(({ label }) => label).sort()).toEqual(['class 1', 'class 2']);
  });

  it('never gives a number that is not finite', () => {
    const item = fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), fc.boolean(), (items, personal) => {
        const numbers = numbersIn(agreementReport(inputOf(items, personal)));
        expect(numbers.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.skipIf(!hasOracles)(`agrees with Krippendorff's table C of the oracle${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'krippendorff_C');
    const made = agreementReport(inputOf(input.ratings_units_by_observers));
    expectClose(made.alpha.value, expected.nominal.alpha, tolerance);
  });
});
