import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { annotatorAccuracy } from '../../src/statistics/annotator-accuracy.ts';
import { annotatorInformation } from '../../src/statistics/annotator-information.ts';
import type { ClassRatings } from '../../src/statistics/class-ratings.ts';
import { dawidSkene } from '../../src/statistics/dawid-skene.ts';
import { dawidSkeneByComponent } from '../../src/statistics/dawid-skene-by-component.ts';
import { dawidSkenePreconditions } from '../../src/statistics/dawid-skene-preconditions.ts';
import { labelSwitchRisks } from '../../src/statistics/label-switch-risks.ts';
import { isShared, shared } from '../support/shared.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

type Said = readonly [item: number, annotator: number, label: number];

/** The columns of ratings given one by one; sizes are those of the largest codes unless told. */
function ratingsOf(said: readonly Said[], sizes: Partial<ClassRatings> = {}): ClassRatings {
  const column = (at: 0 | 1 | 2) => Int32Array.from(said, (rating) => rating[at]);
  const [itemOf, annotatorOf, labelOf] = [column(0), column(1), column(2)];
  const levels = (codes: Int32Array) => codes.reduce((most, code) => Math.max(most, code + 1), 0);
  return {
    items: levels(itemOf),
    annotators: levels(annotatorOf),
    classes: levels(labelOf),
    itemOf,
    annotatorOf,
    labelOf,
    ...sizes,
  };
}

const matrix = (flat: Float64Array, width: number) =>
  Array.from({ length: flat.length / width }, (_, row) =>
    Array.from(flat.subarray(row * width, (row + 1) * width)),
  );

describe.skipIf(!hasOracles)(`Dawid–Skene's own patients${ORACLES_ABSENT}`, () => {
  const { input, expected, tolerance } = hasOracles
    ? oracle('06_agreement', 'dawid_skene_1979')
    : { input: { item: [] }, expected: {}, tolerance: 0 };
  const ratings = ratingsOf(
    input.item.map((item: number, at: number): Said => [item - 1, input.rater[at] - 1, input.rating[at] - 1]),
  );
  const expectAll = (actual: readonly number[], wanted: readonly number[]) => {
    expect(actual).toHaveLength(wanted.length);
    actual.forEach((value, at) => {
      expectClose(value, wanted[at]!, tolerance);
    });
  };

  it('gives the published maximum likelihood without a prior', () => {
    const fit = dawidSkene(ratings, { prior: 0, tolerance: 1e-13 });
    const { mle } = expected;
    expect(fit.status).toBe('CONVERGED');
    expectAll([...fit.classPrior], mle.prior);
    expectAll([...fit.confusion], mle.confusion.flat(2));
    expectAll([...fit.softLabels], mle.posterior.flat());
    expectClose(fit.logLikelihood, mle.loglik, tolerance);
    mle.loglik_trace.forEach((value: number, at: number) => {
      expectClose(fit.penalisedLogLikelihoods[at], value, tolerance);
    });
  });
  it("gives the posterior mode with Perks' prior, which is the usual one", () => {
    const fit = dawidSkene(ratings, { tolerance: 1e-13 });
    const wanted = expected.smoothed_perks_1_over_K;
    expectAll([...fit.classPrior], wanted.prior);
    expectAll([...fit.confusion], wanted.confusion.flat(2));
    expectAll([...fit.softLabels], wanted.posterior.flat());
    expectClose(fit.logLikelihood, wanted.loglik, tolerance);
  });
  it('gives the posterior mode with one observation more in every cell', () => {
    const fit = dawidSkene(ratings, { prior: 1, tolerance: 1e-13, mostIterations: 1000 });
    expectAll([...fit.classPrior], expected.smoothed_1_1.prior);
  });
  it('holds its preconditions', () => {
    const { faults, components } = dawidSkenePreconditions(ratings);
    expect(faults).toEqual([]);
    expect(components).toMatchObject([{ items: 45, annotators: 5, meanAnnotators: 5, faults: [] }]);
  });
});

const hasClassics = isShared('data', 'rater_classics');
it.skipIf(!hasClassics)('finds .40 .42 .11 .07 in the file of the anaesthetists', () => {
  const lines = readFileSync(shared('data', 'rater_classics', 'anesthesia_dawid_skene_1979.csv'), 'utf8');
  const said = lines
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line): Said => {
      const [item, rater, , rating] = line.split(',').map(Number);
      return [item! - 1, rater! - 1, rating! - 1];
    });
  const { classPrior } = dawidSkene(ratingsOf(said), { prior: 0 });
  expect(Array.from(classPrior, (share) => share.toFixed(2))).toEqual(['0.40', '0.42', '0.11', '0.07']);
});

const hasBluebirds = isShared('data', 'bluebirds_crowd');
it.skipIf(!hasBluebirds)('errs on 11 of 108 bluebirds, where the majority errs on 26', () => {
  const read = (name: string) => parse(readFileSync(shared('data', 'bluebirds_crowd', name), 'utf8'));
  const truth: Record<string, boolean> = read('gt.yaml');
  const labels: Record<string, Record<string, boolean>> = read('labels.yaml');
  const images = Object.keys(truth).sort();
  const workers = Object.keys(labels).sort();
  const ratings = ratingsOf(
    workers.flatMap((worker, annotator) =>
      images.map((image, item): Said => [item, annotator, labels[worker]![image] ? 1 : 0]),
    ),
  );
  const wrong = (shareOfTrue: (item: number) => number) =>
    images.filter((image, item) => shareOfTrue(item) > 0.5 !== truth[image]).length;
  const votes = new Float64Array(images.length);
  ratings.itemOf.forEach((item, at) => {
    votes[item]! += ratings.labelOf[at]! / workers.length;
  });
  for (const prior of [0, undefined]) {
    const fit = dawidSkene(ratings, prior === undefined ? {} : { prior });
    expect(wrong((item) => fit.softLabels[item * 2 + 1]!)).toBe(11);
  }
  expect(wrong((item) => votes[item]!)).toBe(26);
  const { confusion } = dawidSkene(ratings);
  const inverted = workers.indexOf('1737') * 4;
  expect((confusion[inverted]! + confusion[inverted + 3]!) / 2).toBeLessThan(0.5);
  expect(labelSwitchRisks(dawidSkene(ratings))).toContainEqual(
    expect.objectContaining({ kind: 'ANNOTATOR_BELOW_CHANCE', annotator: workers.indexOf('1737') }),
  );
});

const anyRatings = fc
  .record({
    items: fc.integer({ min: 1, max: 8 }),
    annotators: fc.integer({ min: 1, max: 5 }),
    classes: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ items, annotators, classes }) =>
    fc
      .array(fc.tuple(fc.nat(items - 1), fc.nat(annotators - 1), fc.nat(classes - 1)), { maxLength: 40 })
      .map((said) => ({ said, sizes: { items, annotators, classes } })),
  );

describe('Dawid–Skene', () => {
  it('gives shares, and a likelihood that never falls, for whatever was said and whatever the prior', () => {
    fc.assert(
      fc.property(anyRatings, fc.constantFrom(0, 0.1, 1), ({ said, sizes }, prior) => {
        const fit = dawidSkene(ratingsOf(said, sizes), { prior });
        const rows = [
          fit.classPrior,
          ...[fit.softLabels, fit.confusion].flatMap((flat) => matrix(flat, sizes.classes)),
        ];
        for (const row of rows) {
          const values = Array.from(row as ArrayLike<number>);
          expect(values.every((value) => value >= 0 && value <= 1 + 1e-12)).toBe(true);
          expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        }
        fit.penalisedLogLikelihoods.slice(1).forEach((value, at) => {
          expect(value).toBeGreaterThanOrEqual(fit.penalisedLogLikelihoods[at]! - 1e-9);
        });
      }),
    );
  });
  it('gives the same bytes in whatever order the ratings come', () => {
    const shuffled = anyRatings.chain(({ said, sizes }) =>
      fc.shuffledSubarray(said, { minLength: said.length }).map((other) => ({ said, other, sizes })),
    );
    fc.assert(
      fc.property(shuffled, ({ said, other, sizes }) => {
        expect(dawidSkene(ratingsOf(other, sizes))).toEqual(dawidSkene(ratingsOf(said, sizes)));
      }),
    );
  });
  it('takes a vote of two for a thing said twice', () => {
    const said: Said[] = [
      [0, 0, 0],
      [0, 1, 0],
      [0, 2, 1],
      [1, 0, 1],
      [1, 1, 1],
      [1, 2, 1],
      [2, 0, 0],
      [2, 2, 0],
    ];
    const counted = { ...ratingsOf(said), votes: said.map(([item]) => (item === 0 ? 2 : 1)) };
    const repeated = ratingsOf([...said, ...said.filter(([item]) => item === 0)]);
    expect(dawidSkene(counted)).toEqual(dawidSkene(repeated));
  });
  it('is asked to stop, and stops', () => {
    const said: Said[] = Array.from({ length: 60 }, (_, at) => [at % 12, at % 5, (at * at) % 3]);
    const told: number[] = [];
    const fit = dawidSkene(ratingsOf(said), {
      tolerance: 0,
      progress: (iteration) => {
        told.push(iteration);
        return iteration < 4;
      },
    });
    expect(fit).toMatchObject({ status: 'CANCELLED', iterations: 4 });
    expect(told).toEqual([1, 2, 3, 4]);
  });
  it('says so where it did not converge, and keeps what it has', () => {
    const said: Said[] = Array.from({ length: 60 }, (_, at) => [at % 12, at % 5, (at * at) % 3]);
    expect(dawidSkene(ratingsOf(said), { mostIterations: 1 })).toMatchObject({
      status: 'NOT_CONVERGED',
      iterations: 1,
    });
  });
  it('answers without any rating, and refuses codes out of range', () => {
    expect(dawidSkene(ratingsOf([], { items: 2, annotators: 1, classes: 2 })).softLabels).toEqual(
      Float64Array.of(0.5, 0.5, 0.5, 0.5),
    );
    expect(() => dawidSkene(ratingsOf([[0, 0, 3]], { classes: 2 }))).toThrow('rating 0 has class 3 of 2');
  });
});

describe('what Dawid–Skene rests on', () => {
  const pair = (items: readonly number[], annotators: readonly number[]): Said[] =>
    items.flatMap((item) => annotators.map((annotator): Said => [item, annotator, item % 2]));

  it('is refused for two annotators, for items seen once, and for a class that one alone used', () => {
    expect(dawidSkenePreconditions(ratingsOf(pair([0, 1, 2], [0, 1]))).faults).toEqual([
      'FEWER_THAN_3_ANNOTATORS',
    ]);
    const once = ratingsOf([
      [0, 0, 0],
      [0, 1, 0],
      [0, 2, 0],
      [1, 0, 0],
      [2, 0, 0],
      [3, 1, 0],
    ]);
    expect(dawidSkenePreconditions(once).faults).toEqual(['FEWER_THAN_2_RATINGS_AN_ITEM']);
    const alone = dawidSkenePreconditions(ratingsOf([...pair([0, 1, 2], [0, 1, 2]), [0, 0, 2]]));
    expect(alone.faults).toEqual(['CLASS_OF_ONE_ANNOTATOR']);
    expect(alone.components[0]!.classesOfOne).toEqual([2]);
  });
  it('does not take a person who looks twice for two', () => {
    const twice = [0, 1, 2].flatMap((item): Said[] => [
      [item, item, 0],
      [item, item, 0],
    ]);
    const { faults, components } = dawidSkenePreconditions(ratingsOf(twice));
    expect(faults).toEqual(['FEWER_THAN_2_RATINGS_AN_ITEM', 'NOT_CONNECTED']);
    expect(components).toHaveLength(3);
  });
  it('is judged and fitted part by part where the parts share no annotator', () => {
    const parts = ratingsOf([...pair([0, 1, 2, 3], [0, 1, 2]), ...pair([4, 5], [3, 4])]);
    const { preconditions, components } = dawidSkeneByComponent(parts);
    expect(preconditions.faults).toEqual(['NOT_CONNECTED']);
    expect([...preconditions.componentOf]).toEqual([0, 0, 0, 0, 1, 1]);
    const [fitted, refused] = components;
    expect(fitted).toMatchObject({ faults: [], fit: { status: 'CONVERGED' }, risks: [] });
    expect(fitted!.fit).toEqual(dawidSkene(ratingsOf(pair([0, 1, 2, 3], [0, 1, 2]))));
    expect(refused).toMatchObject({ fit: null, faults: ['FEWER_THAN_3_ANNOTATORS'] });
    expect([...refused!.items]).toEqual([4, 5]);
  });
});

describe('an annotator under Dawid–Skene', () => {
  const prior = [0.5, 0.5];
  it('is accurate and informative who is always right', () => {
    expect(annotatorAccuracy(prior, [1, 0, 0, 1]).value).toBe(1);
    expect(annotatorInformation(prior, [1, 0, 0, 1]).value).toBeCloseTo(1, 12);
  });
  it('is informative without being accurate who is always wrong', () => {
    expect(annotatorAccuracy(prior, [0, 1, 1, 0]).value).toBe(0);
    expect(annotatorInformation(prior, [0, 1, 1, 0]).value).toBeCloseTo(1, 12);
  });
  it('tells nothing who always says the same', () => {
    expect(annotatorInformation([0.7, 0.3], [1, 0, 1, 0]).value).toBe(0);
    expect(annotatorInformation([1, 0], [1, 0, 0, 1])).toMatchObject({
      status: 'UNDEFINED',
      reason: 'NO_VARIATION',
    });
  });
});
