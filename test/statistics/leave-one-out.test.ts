import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodedVariable, UnitStructure } from '../../src/statistics/coded-variable.ts';
import { goodmanKruskal } from '../../src/statistics/goodman-kruskal.ts';
import { greedyStrata } from '../../src/statistics/greedy-strata.ts';
import { leaveOneOutMajority } from '../../src/statistics/leave-one-out-majority.ts';
import { leaveOneUnitOut } from '../../src/statistics/leave-one-unit-out.ts';
import { leaveOneUnitOutPresence } from '../../src/statistics/leave-one-unit-out-presence.ts';
import { alone, coded, columns, imagesOf, inUnits } from './coded-images.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

const transposed = (table: number[][]) => table[0]!.map((_, column) => table.map((row) => row[column]!));

describe.skipIf(!hasOracles)(`guessing the label against published values${ORACLES_ABSENT}`, () => {
  it.each(['arthritis', 'goodman_kruskal_1954'])('λ and τ both ways: %s', (id) => {
    const { input, expected, tolerance } = oracle('03_association', id);
    const rows = goodmanKruskal(input.table.flat(), input.table[0].length);
    expectClose(rows.lambda.value, expected.lambda_row_given_col, tolerance);
    expectClose(rows.tau.value, expected.tau_row_given_col, tolerance);
    const other = goodmanKruskal(transposed(input.table).flat(), input.table.length);
    expectClose(other.lambda.value, expected.lambda_col_given_row, tolerance);
    expectClose(other.tau.value, expected.tau_col_given_row, tolerance);
  });
  it('the leave-one-out figures of one table, in closed form and image by image', () => {
    const { input, expected, tolerance } = oracle('03_association', 'leak_loo');
    const cells = transposed(input.table).flat();
    const closed = leaveOneOutMajority(cells, input.table.length);
    const { rows, columns: label } = imagesOf(input.table);
    const images = leaveOneUnitOut(coded(rows), coded(label), alone(rows.length));
    for (const figures of [closed, images]) {
      expectClose(figures.accuracy.value, expected.majority.loo, tolerance);
      expectClose(figures.lambda.value, expected.majority.lambda_loo, tolerance);
      expectClose(figures.tau.value, expected.tau.tau_loo, tolerance);
    }
    expectClose(images.baseline.value, expected.majority.baseline, tolerance);
    const inSample = goodmanKruskal(cells, input.table.length);
    expectClose(inSample.lambda.value, expected.in_sample.lambda_, tolerance);
    expectClose(inSample.tau.value, expected.in_sample.tau, tolerance);
  });
});

/** Appendix B3, word by word: the unit's own images taken off, then a unique maximum or the global majority. */
function byHand(strata: CodedVariable, label: CodedVariable, { unitOf }: UnitStructure) {
  const known = [...label.codes.keys()].filter((i) => label.codes[i]! >= 0 && strata.codes[i]! >= 0);
  const counts = (images: number[]) =>
    Array.from({ length: label.levels }, (_, code) => images.filter((i) => label.codes[i] === code).length);
  const all = counts(known);
  const majority = all.indexOf(Math.max(...all));
  let [hits, shares, bases] = [0, 0, 0];
  for (const image of known) {
    const others = known.filter((i) => unitOf[i] !== unitOf[image]);
    const rest = others.filter((i) => strata.codes[i] === strata.codes[image]);
    const votes = counts(rest);
    const most = Math.max(...votes);
    const winners = votes.flatMap((count, code) => (count === most ? [code] : []));
    const guess = rest.length === 0 ? majority : winners.length === 1 ? winners[0] : -1;
    if (guess === label.codes[image]) hits += 1;
    const shareOf = (images: number[]) =>
      images.filter((i) => label.codes[i] === label.codes[image]).length / images.length;
    shares += shareOf(rest.length === 0 ? others : rest);
    bases += shareOf(others);
  }
  const n = known.length;
  return {
    accuracy: hits / n,
    lambda: (hits - Math.max(...all)) / (n - Math.max(...all)),
    tau: (shares - bases) / (n - bases),
  };
}

describe('leave-one-unit-out guesses', () => {
  it('are those of the definition, whatever the units, strata and what is not known', () => {
    fc.assert(
      fc.property(columns, ({ first, label, units }) => {
        const figures = leaveOneUnitOut(first, label, units);
        fc.pre(figures.lambda.value !== null);
        const expected = byHand(first, label, units);
        expect(figures.accuracy.value).toBeCloseTo(expected.accuracy, 12);
        expect(figures.lambda.value).toBeCloseTo(expected.lambda, 12);
        expect(figures.tau.value).toBeCloseTo(expected.tau, 9);
      }),
    );
  });
  it('are those of the closed form where every image is its own unit', () => {
    fc.assert(
      fc.property(columns, ({ first, label, images }) => {
        const figures = leaveOneUnitOut(first, label, alone(images.length));
        fc.pre(figures.lambda.value !== null);
        const cells = new Array<number>(12).fill(0);
        for (const image of images)
          if (image.label >= 0 && image.first >= 0) cells[image.label * 4 + image.first]! += 1;
        const closed = leaveOneOutMajority(cells, 4);
        expect(figures.lambda.value).toBeCloseTo(closed.lambda.value!, 12);
        expect(figures.tau.value).toBeCloseTo(closed.tau.value!, 9);
      }),
    );
  });
  it('tell nothing of units that each have a value of their own, where in-sample λ is 1', () => {
    const unitOf = Array.from({ length: 120 }, (_, image) => Math.floor(image / 4));
    const label = coded(unitOf.map((unit) => unit % 2));
    const figures = leaveOneUnitOut(coded(unitOf), label, inUnits(unitOf));
    expect(figures.lambda.value).toBe(0);
    expect(figures.tau.value).toBeCloseTo(0, 12);
    const { rows, columns } = { rows: label.codes, columns: unitOf };
    const cells = new Array<number>(60).fill(0);
    rows.forEach((row, image) => {
      cells[row * 30 + columns[image]!]! += 1;
    });
    expect(goodmanKruskal(cells, 30).lambda.value).toBe(1);
  });
  it('have an interval around them, and its standard error is that of guessing anew without each bucket', () => {
    const random = seeded(7);
    const unitOf = Array.from({ length: 3000 }, (_, image) => Math.floor(image / 10));
    const labelOfUnit = Array.from({ length: 300 }, () => Math.floor(random() * 3));
    const label = coded(
      unitOf.map((unit) => (random() < 0.9 ? labelOfUnit[unit]! : Math.floor(random() * 3))),
    );
    const strata = coded(
      [...label.codes].map((code) => (random() < 0.5 ? code : Math.floor(random() * 4))),
      4,
    );
    const units = inUnits(unitOf);
    const { lambda, tau } = leaveOneUnitOut(strata, label, units);
    const replicates = Array.from({ length: 50 }, (_, bucket) => {
      const kept = unitOf.flatMap((unit, image) => (unit % 50 === bucket ? [] : [image]));
      const codes = (variable: CodedVariable) =>
        coded(
          kept.map((image) => variable.codes[image]!),
          variable.levels,
        );
      const figures = leaveOneUnitOut(
        codes(strata),
        codes(label),
        inUnits(kept.map((image) => unitOf[image]!)),
      );
      return [figures.lambda.value!, figures.tau.value!];
    });
    [lambda, tau].forEach((figure, place) => {
      const values = replicates.map((values) => values[place]!);
      const mean = values.reduce((a, b) => a + b, 0) / 50;
      const error = Math.sqrt((49 / 50) * values.reduce((total, value) => total + (value - mean) ** 2, 0));
      const reach = figure.value! - figure.interval!.lower;
      expect(reach / (2.0096 * error)).toBeGreaterThan(0.95);
      expect(reach / (2.0096 * error)).toBeLessThan(1.05);
      expect(figure.interval!.upper).toBeGreaterThan(figure.value!);
    });
  });
  it('do not change when levels are renamed or images reordered', () => {
    fc.assert(
      fc.property(columns, ({ first, label, units, images }) => {
        const reversed = <T extends Int16Array | Int32Array>(values: T) => values.slice().reverse() as T;
        const renamed = { codes: first.codes.map((code) => (code < 0 ? -1 : 3 - code)), levels: 4 };
        const base = leaveOneUnitOut(first, label, units);
        const other = leaveOneUnitOut(
          { codes: reversed(renamed.codes), levels: 4 },
          { codes: reversed(label.codes), levels: 3 },
          { ...units, unitOf: reversed(units.unitOf) },
        );
        expect(images).not.toHaveLength(0);
        expect(other.lambda.value).toBe(base.lambda.value);
        expect(other.tau.value ?? 0).toBeCloseTo(base.tau.value ?? 0, 9);
        expect(other.lambda.interval?.lower ?? 0).toBeCloseTo(base.lambda.interval?.lower ?? 0, 9);
      }),
    );
  });
  it('of no image are EMPTY, of one class, stratum or unit NOT_APPLICABLE, of few units without interval', () => {
    expect(leaveOneUnitOut(coded([], 2), coded([], 2), alone(0)).lambda).toMatchObject({
      status: 'EMPTY',
      reason: 'NO_IMAGE',
    });
    const single = { value: null, status: 'NOT_APPLICABLE', reason: 'SINGLE_LEVEL' };
    expect(leaveOneUnitOut(coded([0, 1]), coded([0, 0]), alone(2)).tau).toMatchObject(single);
    expect(leaveOneUnitOut(coded([0, 0]), coded([0, 1]), alone(2)).lambda).toMatchObject(single);
    expect(leaveOneUnitOut(coded([0, 1]), coded([0, 1]), inUnits([0, 0])).lambda).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_UNIT',
    });
    expect(leaveOneUnitOut(coded([0, 0, 1, 1]), coded([0, 0, 1, 1]), alone(4)).lambda).toMatchObject({
      value: 1,
      status: 'INSUFFICIENT',
      interval: null,
    });
    expect(goodmanKruskal([3, 4], 2).lambda).toMatchObject(single);
    expect(goodmanKruskal([0, 0, 0, 0], 2).tau).toMatchObject({ status: 'EMPTY' });
    expect(leaveOneOutMajority([3, 4], 2).lambda).toMatchObject(single);
    expect(leaveOneOutMajority([0, 0, 0, 0], 2).tau).toMatchObject({ status: 'EMPTY' });
  });
});

describe('leave-one-unit-out guesses of classes of which an image may show several', () => {
  it('are those of every class against its absence, one by one', () => {
    const image = fc.record({
      unit: fc.nat(14),
      shown: fc.subarray([0, 1, 2]),
      stratum: fc.integer({ min: -1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(image, { minLength: 1, maxLength: 60 }), (given) => {
        const images = given.toSorted((a, b) => a.unit - b.unit);
        const units = inUnits(images.map(({ unit }) => unit));
        const offsets = new Int32Array(images.length + 1);
        images.forEach(({ shown }, place) => {
          offsets[place + 1] = offsets[place]! + shown.length;
        });
        const classes = { offsets, codes: Int16Array.from(images.flatMap(({ shown }) => shown)), levels: 3 };
        const strata = coded(
          images.map(({ stratum }) => stratum),
          4,
        );
        const together = leaveOneUnitOutPresence(strata, classes, units);
        together.forEach((figures, code) => {
          const presence = images.map(({ shown }) =>
            shown.length === 0 ? -1 : Number(shown.includes(code)),
          );
          const alone = leaveOneUnitOut(strata, coded(presence, 2), units);
          for (const name of ['accuracy', 'baseline', 'lambda', 'tau'] as const) {
            const [own, expected] = [figures[name], alone[name]];
            expect([own.status, own.reason, own.imageCount, own.unitCount]).toEqual([
              expected.status,
              expected.reason,
              expected.imageCount,
              expected.unitCount,
            ]);
            expect(own.value ?? 0).toBeCloseTo(expected.value ?? 0, 9);
            expect(own.interval?.lower ?? 0).toBeCloseTo(expected.interval?.lower ?? 0, 9);
            expect(own.interval?.upper ?? 0).toBeCloseTo(expected.interval?.upper ?? 0, 9);
          }
        });
      }),
    );
  });
});

describe('greedy strata', () => {
  const images = Array.from({ length: 400 }, (_, image) => image);
  const bit = (place: number) => coded(images.map((image) => (image >> place) & 1));
  it('take the attributes that together tell the label, best first, and no other', () => {
    const quarter = coded(images.map((image) => image & 3));
    const label = coded([...quarter.codes].map((code, image) => [0, 1, 2 + ((image >> 2) & 1), 0][code]!));
    const { attributes, strata } = greedyStrata([bit(4), bit(2), quarter, bit(3)], label, alone(400));
    expect(attributes).toEqual([2, 1]);
    expect(strata.levels).toBe(8);
    expect(leaveOneUnitOut(strata, label, alone(400)).lambda.value).toBe(1);
  });
  it('are three attributes at most', () => {
    const label = coded(
      images.map((image) => [0, 1, 2, 3].reduce((total, place) => total + ((image >> place) & 1), 0)),
    );
    expect(greedyStrata([0, 1, 2, 3].map(bit), label, alone(400)).attributes.length).toBeLessThanOrEqual(3);
  });
  it('are none where no attribute tells anything of other units', () => {
    const label = coded(images.map((image) => (image >> 4) & 1));
    const identifier = coded(images.map((image) => Math.floor(image / 10)));
    const units = inUnits(images.map((image) => Math.floor(image / 10)));
    const { attributes, strata } = greedyStrata([identifier, bit(0)], label, units);
    expect(attributes).toEqual([]);
    expect(strata.levels).toBe(1);
  });
  it('do not try combinations of more strata than half the units', () => {
    const label = coded(images.map((image) => image % 2));
    expect(greedyStrata([coded(images)], label, alone(400)).attributes).toEqual([]);
  });
  it('count not known as a level, for it may give the label away', () => {
    const label = bit(0);
    const known = { codes: label.codes.map((code) => (code === 0 ? -1 : 0)), levels: 1 };
    expect(greedyStrata([known], label, alone(400)).attributes).toEqual([0]);
  });
});
