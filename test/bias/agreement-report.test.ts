import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementReport } from '../../src/bias/agreement/agreement-report.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from '../statistics/oracle.ts';
import {
  agreementInputOf,
  type GivenRating,
  type GivenStudy,
  ratingsOf,
  saidOf,
} from './agreement-fixture.ts';
import { numbersIn } from './subjects-fixture.ts';

type Items = (number | null)[][];
const CLASSES = Array.from({ length: 10 }, (_, label) => `class ${label}`);

const reportOf = (items: Items, more: Partial<GivenStudy> = {}) =>
  agreementReport(
    agreementInputOf({ images: items.length, classes: CLASSES, labels: ratingsOf(items), ...more }),
  );

describe('The agreement report', () => {
  it('is GREEN where annotators agree, with the interval above .8', () => {
    const items = Array.from({ length: 200 }, (_, index) => [
      index % 3,
      index % 3,
      index % 40 === 0 ? 0 : index % 3,
    ]);
    const made = reportOf(items);
    expect(made.cards[0]).toMatchObject({ kind: 'AGREEMENT', colour: 'GREEN', certainty: 'CONFIRMED' });
    expect(made.overlap.map(({ ratings, images }) => [ratings, images.value])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 200],
    ]);
    expect(made.kappa.method).toBe('Fleiss kappa');
    expect(made.kappaWord).toBe('ALMOST_PERFECT');
  });

  it('shows the annotator who differs, and which label that one gives too often', () => {
    const items = Array.from({ length: 100 }, (_, index) => {
      const truth = index % 2;
      return [truth, truth, index % 4 === 0 ? 1 : truth];
    });
    const made = reportOf(items);
    const [worst] = made.raters;
    expect(worst!.rater).toBe('rater 2');
    expect(worst!.agreement.value).toBeCloseTo(0.75, 12);
    const one = worst!.labels.find(({ label }) => label === 'class 1')!;
    expect([one.ownShare.value, one.othersShare.value]).toEqual([0.75, 0.5]);
    expect(made.pairs.map(({ first, second, kappa }) => [first, second, kappa.value])).toEqual([
      ['rater 0', 'rater 1', 1],
      ['rater 0', 'rater 2', 0.5],
      ['rater 1', 'rater 2', 0.5],
    ]);
    expect(made.pairs[1]!.word).toBe('MODERATE');
  });

  it('warns that unequal classes make chance agreement high, and tells AC1', () => {
    const made = reportOf(Array.from({ length: 200 }, (_, index) => (index < 8 ? [0, 1] : [0, 0])));
    expect(made.percentAgreement.value).toBeCloseTo(0.96, 12);
    expect(made.cards[0]!.caveats.map(({ code }) => code)).toContain('UNEQUAL_CLASSES');
    expect(made.cards[0]!.colour).toBe('RED');
    expect(made.cards[0]!.sentence).toContain('AC1');
    expect(made.ac1.value).toBeGreaterThan(0.9);
  });

  it('without two ratings of one image has no figure, and says what to do', () => {
    const made = reportOf([[0], [1], [0]]);
    expect(made.alpha).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OVERLAP' });
    expect(made.kappa.reason).toBe('NO_OVERLAP');
    expect(made.ac1.reason).toBe('NO_OVERLAP');
    expect(made.cards[0]!.sentence).toMatch(/let two or more label the same 100 images/);
    expect(reportOf([]).alpha.reason).toBe('NO_OVERLAP');
  });

  it('of equal ratings alone has full agreement and no alpha', () => {
    const made = reportOf(Array.from({ length: 60 }, () => [2, 2]));
    expect(made.alpha).toMatchObject({ value: null, status: 'UNDEFINED', reason: 'NO_VARIATION' });
    expect(made.percentAgreement.value).toBe(1);
    expect(made.cards[0]!.colour).toBe('GREY');
  });

  it('has an interval over annotators from five of them on, and the card shows the wider', () => {
    const study = (raters: number) =>
      reportOf(
        Array.from({ length: 400 }, (_, index) =>
          Array.from({ length: raters }, (_, rater) => (rater === 0 && index % 3 ? 3 : index % 3)),
        ),
      );
    const few = study(4);
    expect(few.alphaOfAnnotators).toMatchObject({
      status: 'INSUFFICIENT',
      reason: 'FEWER_THAN_5_ANNOTATORS',
    });
    expect(few.cards[0]!.caveats.map(({ code }) => code)).toContain('THESE_ANNOTATORS');
    const made = study(6);
    expect(made.alphaOfAnnotators.interval!.method).toBe('delete-one-annotator jackknife, R = 6');
    expect(made.alphaOfAnnotators.value).toBe(made.alpha.value);
    expect(made.cards[0]!.headline.interval).toEqual(made.alphaOfAnnotators.interval);
    expect(made.cards[0]!.caveats).toEqual([]);
  });

  it('takes the declared order of classes for α and κ of an order, and numbers by their names', () => {
    const items = Array.from({ length: 60 }, (_, index) => [
      index % 4,
      Math.min(3, (index % 4) + (index % 5 ? 0 : 1)),
    ]);
    const labels = ratingsOf(items).map((rating) => ({ ...rating, label: rating.label.slice(6) }));
    const made = reportOf(items, { labels, classes: ['0', '1', '2', '3'] });
    expect(made.ordinalAlpha.value).toBeGreaterThan(made.alpha.value!);
    expect(made.intervalAlpha.value).toBeGreaterThan(made.alpha.value!);
    expect(made.ac2.value).toBeGreaterThan(made.ac1.value!);
    expect(made.pairs[0]!.quadraticKappa.value).toBeGreaterThan(made.pairs[0]!.linearKappa.value!);
    const unordered = reportOf(items, { labels, classes: ['0', '1'] });
    expect(unordered.ordinalAlpha.reason).toBe('CLASSES_WITHOUT_ORDER');
    expect(unordered.pairs[0]!.linearKappa.reason).toBe('CLASSES_WITHOUT_ORDER');
    expect(reportOf(items).intervalAlpha.reason).toBe('CLASSES_ARE_NO_NUMBERS');
  });

  it('counts raters without a name, who are no annotators', () => {
    const counted = Array.from({ length: 50 }, (_, image): GivenRating[] => [
      { image, rater: 'crowd', label: 'class 0', votes: 1 + (image % 2) * 8 },
      { image, rater: 'crowd', label: 'class 1', votes: 9 - (image % 2) * 8 },
    ]).flat();
    const made = reportOf([], { images: 50, groups: ['crowd'], labels: counted });
    expect(made).toMatchObject({ raterCount: 0, unnamedRatings: 500, raters: [], pairs: [] });
    expect(made.overlap[3]!.images.value).toBe(50);
    expect(made.percentAgreement.value).toBeCloseTo(72 / 90, 12);
    expect(made.alphaOfAnnotators.reason).toBe('UNNAMED_RATERS');
  });

  it('of a personal dataset hides how often an annotator gave a label of 1 to 4 items, and one label more', () => {
    const items = Array.from({ length: 60 }, (_, index) => [index < 2 ? 1 : index < 20 ? 2 : 0, 0]);
    const made = reportOf(items, { personal: true });
    const rater = made.raters.find((one) => one.rater === 'rater 0')!;
    const hidden = rater.labels.filter(({ ownShare }) => ownShare.status === 'SUPPRESSED');
    expect(hidden.map(({ label }) => label).sort()).toEqual(['class 1', 'class 2']);
  });

  it('refuses figures of more than 250 classes, but for the share of agreeing pairs', () => {
    const items = Array.from({ length: 300 }, (_, index) => [index, index]);
    const made = reportOf(items);
    expect(made.alpha.reason).toBe('TOO_MANY_CLASSES');
    expect(made.kappa.reason).toBe('TOO_MANY_CLASSES');
    expect(made.percentAgreement.value).toBe(1);
    expect(made.cards[0]!.colour).toBe('GREY');
  });

  it('never gives a number that is not finite', () => {
    const item = fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), fc.boolean(), (items, personal) => {
        const values = ratingsOf(items).map((rating) => ({
          ...rating,
          label: 'size',
          value: rating.label.slice(6),
        }));
        const numbers = numbersIn(reportOf(items, { personal, values }));
        expect(numbers.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same, byte for byte, in whatever order images and ratings come', () => {
    const items: Items = Array.from({ length: 70 }, (_, i) => [
      i % 3,
      i % 2,
      i % 5 ? i % 3 : null,
      i % 7 ? null : 1,
    ]);
    const labels = ratingsOf(items);
    const values = labels.map((rating, i) => ({ ...rating, label: 'size', value: `${i % 11}.${i % 7}` }));
    const one = reportOf(items, { labels, values });
    const other = reportOf(items, {
      labels: labels.toReversed(),
      values: values.toReversed(),
      isReversed: true,
    });
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });

  it.skipIf(!hasOracles)(`agrees with Krippendorff's table C of the oracle${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'krippendorff_C');
    const labels = ratingsOf(input.ratings_units_by_observers).map(({ label, ...rest }) => ({
      ...rest,
      label: label.slice(6),
    }));
    const images = input.ratings_units_by_observers.length;
    const made = agreementReport(agreementInputOf({ images, classes: ['1', '2', '3', '4', '5'], labels }));
    expectClose(made.alpha.value, expected.nominal.alpha, tolerance);
    expectClose(made.ordinalAlpha.value, expected.ordinal.alpha, tolerance);
    expectClose(made.intervalAlpha.value, expected.interval.alpha, tolerance);
    const gwet = oracle('06_agreement', 'gwet_4raters');
    expectClose(made.ac1.value, gwet.expected.identity.AC, gwet.tolerance);
    expectClose(made.ac2.value, gwet.expected.quadratic.AC, gwet.tolerance);
    expectClose(made.kappa.value, gwet.expected.identity.fleiss_gen, gwet.tolerance);
    expect(made.kappa.method).toBe('generalised kappa');
  });
});

describe('Ratings', () => {
  it('are the latest of each rater: by revision, then moment, an unknown one being the earliest', () => {
    const { labels } = agreementInputOf({
      images: 4,
      labels: [
        { image: 0, rater: 'a', label: 'x', since: 2 },
        { image: 0, rater: 'a', label: 'z', since: 1 },
        { image: 1, rater: 'a', label: 'x', at: '2024-01-02T00:00:00Z' },
        { image: 1, rater: 'a', label: 'z', at: '2024-01-01T00:00:00Z' },
        { image: 2, rater: 'a', label: 'x', at: '2020-01-01T00:00:00Z' },
        { image: 2, rater: 'a', label: 'z' },
        { image: 2, rater: 'b', label: 'z' },
      ],
    });
    expect(saidOf(labels)).toEqual([['a: x'], ['a: x'], ['a: x', 'b: z'], []]);
    expect(labels.superseded).toBe(3);
  });

  it('of a group are one for each label, with its votes', () => {
    const { labels } = agreementInputOf({
      images: 1,
      groups: ['crowd'],
      labels: [
        { image: 0, rater: 'crowd', label: 'x', votes: 7 },
        { image: 0, rater: 'crowd', label: 'y', votes: 3 },
        { image: 0, rater: 'crowd', label: 'y', votes: 4, since: 2 },
        { image: 0, rater: 'anna', label: 'y' },
      ],
    });
    expect(saidOf(labels)[0]!.toSorted()).toEqual(['anna: y', 'counted: x ×7', 'counted: y ×4']);
  });

  it('of images that are not kept fall away, with raters and classes of no others', () => {
    const { labels } = agreementInputOf({
      images: 1,
      labels: [
        { image: 0, rater: 'a', label: 'x' },
        { image: 9, rater: 'b', label: 'y' },
      ],
    });
    expect([labels.raters, labels.classes, labels.itemCount]).toEqual([['a'], ['x'], 1]);
  });

  it('of fewer than 50 units with two of them make each of these units a bucket', () => {
    const labels = ratingsOf(Array.from({ length: 90 }, (_, i) => (i < 24 ? [0, 1] : [0])));
    const unitOf = (image: number) => `u${image % 12}`;
    const made = agreementInputOf({ images: 90, labels, unitOf }).labels;
    expect(made).toMatchObject({ sharedUnits: 12, bucketCount: 12 });
    expect(new Set(made.bucketOf.slice(0, 12)).size).toBe(12);
  });
});

describe('Agreement on numbers', () => {
  const of = (items: Items, unitOf?: (image: number) => string) => {
    const values = ratingsOf(items).map((rating) => ({
      ...rating,
      label: 'size',
      value: rating.label.slice(6),
    }));
    return agreementReport(agreementInputOf({ images: items.length, values, unitOf })).values[0]!;
  };

  it('has α, ICC and the limits of agreement of each pair', () => {
    const items = Array.from({ length: 60 }, (_, i) => [i, i + 2, i % 2 ? i + 1 : null]);
    const made = of(items);
    expect(made).toMatchObject({
      attribute: 'size',
      raterCount: 3,
      intraclassRaters: ['rater 0', 'rater 1'],
    });
    expect(made.alpha.value).toBeGreaterThan(0.98);
    expect(made.pairs.map(({ first, second }) => `${first}, ${second}`)).toEqual([
      'rater 0, rater 1',
      'rater 0, rater 2',
      'rater 1, rater 2',
    ]);
    expect(made.pairs[0]!.meanDifference.value).toBe(-2);
    expect(made.pairs[0]!.lowerLimit.value).toBe(-2);
    expect(made.alpha.interval!.method).toMatch(/delete-a-group jackknife, B = \d\d/);
  });

  it.skipIf(!hasOracles)(`has the ICC of the oracle${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'anxiety_icc');
    const made = of(input.ratings);
    expectClose(made.intraclass.value, expected.own.ICC21, tolerance);
    expectClose(made.oneWay.value, expected.own.ICC11, tolerance);
    expect(made.intraclassRaters.length).toBe(3);
  });

  it('is hidden where a personal dataset has 1 to 4 images of it', () => {
    const values = ['a', 'b'].flatMap((rater) =>
      [0, 1, 2].map((image) => ({ image, rater, label: 'size', value: `${image}` })),
    );
    const told = (personal: boolean) =>
      agreementReport(agreementInputOf({ images: 30, values, personal })).values[0]!;
    expect([told(false).alpha.value, told(true).alpha.status]).toEqual([1, 'SUPPRESSED']);
    expect(told(true).intraclass.status).toBe('SUPPRESSED');
  });

  it('leaves out what is no number, and says where nobody shares an image', () => {
    const values = [
      { image: 0, rater: 'a', label: 'size', value: 'large' },
      { image: 0, rater: 'b', label: 'size', value: '3' },
    ];
    const [made] = agreementReport(agreementInputOf({ images: 1, values })).values;
    expect(made).toMatchObject({ raterCount: 1, intraclassRaters: [], pairs: [] });
    expect(made!.alpha.reason).toBe('NO_OVERLAP');
    expect(made!.intraclass.reason).toBe('NO_OVERLAP');
  });
});
