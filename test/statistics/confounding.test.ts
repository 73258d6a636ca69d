import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../src/statistics/area-under-curve.ts';
import { associatedValues } from '../../src/statistics/associated-values.ts';
import { benjaminiHochberg } from '../../src/statistics/benjamini-hochberg.ts';
import { breslowDay } from '../../src/statistics/breslow-day.ts';
import { classRows } from '../../src/statistics/class-rows.ts';
import { classTable } from '../../src/statistics/class-table.ts';
import { cochranMantelHaenszel } from '../../src/statistics/cochran-mantel-haenszel.ts';
import type { CodedClasses } from '../../src/statistics/coded-classes.ts';
import type { CodedVariable, UnitStructure } from '../../src/statistics/coded-variable.ts';
import { confounding } from '../../src/statistics/confounding.ts';
import { confoundingFindings } from '../../src/statistics/confounding-findings.ts';
import { confoundingSearch } from '../../src/statistics/confounding-search.ts';
import { ecologicalCheck } from '../../src/statistics/ecological-check.ts';
import { factorConfounding } from '../../src/statistics/factor-confounding.ts';
import { goodmanKruskal } from '../../src/statistics/goodman-kruskal.ts';
import { inUnitOrder } from '../../src/statistics/in-unit-order.ts';
import { leaveOneOutMajority } from '../../src/statistics/leave-one-out-majority.ts';
import { mantelHaenszelOddsRatio } from '../../src/statistics/mantel-haenszel-odds-ratio.ts';
import { riskDifference } from '../../src/statistics/risk-difference.ts';
import { symmetricEigen } from '../../src/statistics/symmetric-eigen.ts';
import { tellingValues } from '../../src/statistics/telling-values.ts';
import { unitsPerClass } from '../../src/statistics/units-per-class.ts';
import { unitsPerLevel } from '../../src/statistics/units-per-level.ts';
import { alone, coded, columns, inUnits, oneClassEach } from './coded-images.ts';
import { expectHonest } from './expect-honest.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle, plainTable, seeded } from './oracle.ts';

const twoByTwo = (tables: number[][][]) => plainTable(tables.flat(2));
const stratified = (tables: number[][][]) => ({
  rows: tables[0]!.length,
  columns: tables[0]![0]!.length,
  ...plainTable(tables.flat(2)),
});

describe.skipIf(!hasOracles)(`confounding against published values and R${ORACLES_ABSENT}`, () => {
  it.each(['berkeley', 'migraine'])('the Mantel–Haenszel figures of 2 × 2 × K: %s', (id) => {
    const { input, expected, tolerance } = oracle('03_association', id);
    const cmh = cochranMantelHaenszel(stratified(input.tables));
    expectClose(cmh.chiSquare.value, expected.cmh, tolerance);
    expectClose(cmh.p, expected.p, tolerance);
    expect(cmh.degreesOfFreedom).toBe(1);
    const ratio = mantelHaenszelOddsRatio(twoByTwo(input.tables));
    expectClose(ratio.value, expected.mh_or, tolerance);
    expectClose(ratio.interval?.lower, expected.ci[0], tolerance);
    expectClose(ratio.interval?.upper, expected.ci[1], tolerance);
    const homogeneity = breslowDay(twoByTwo(input.tables));
    expectClose(homogeneity.chiSquare.value, expected.breslow_day.X2_tarone, tolerance);
    expectClose(homogeneity.p, expected.breslow_day.p_tarone, tolerance);
    expect(homogeneity.degreesOfFreedom).toBe(expected.breslow_day.df);
    if (expected.crude_or === undefined) return;
    const crude = input.tables.flat(1).reduce(
      (sum: number[], row: number[], index: number) => {
        const at = index % 2 === 0 ? 0 : 2;
        return sum.map((count, cell) => count + (cell >= at && cell < at + 2 ? row[cell - at]! : 0));
      },
      [0, 0, 0, 0],
    );
    expectClose(mantelHaenszelOddsRatio(plainTable(crude)).value, expected.crude_or, tolerance);
  });
  it('the generalized test of 4 × 4 × 2', () => {
    const { input, expected, tolerance } = oracle('03_association', 'job_satisfaction');
    const { chiSquare, degreesOfFreedom, p } = cochranMantelHaenszel(stratified(input.tables));
    expectClose(chiSquare.value, expected.M2, tolerance);
    expectClose(p, expected.p, tolerance);
    expect(degreesOfFreedom).toBe(expected.df);
  });
  it('the kidney stones, crude, by stratum and standardized', () => {
    const { input, expected, tolerance } = oracle('03_association', 'kidney_stones');
    const { crude, standardized, coverage } = riskDifference(input.tables.flat(2));
    expectClose(crude.value, expected.crude_rd, tolerance);
    expectClose(standardized.value, expected.standardised_rd, tolerance);
    input.tables.forEach((table: number[][], stratum: number) => {
      expectClose(riskDifference(table.flat()).crude.value, expected.stratum_rd[stratum], tolerance);
    });
    expect(crude.value! * standardized.value! < 0).toBe(expected.reversal);
    expect(coverage.value).toBe(1);
    const ratio = mantelHaenszelOddsRatio(twoByTwo(input.tables));
    expectClose(ratio.value, expected.mh_or[0], tolerance);
    expectClose(ratio.interval?.lower, expected.mh_or[1], tolerance);
    expectClose(ratio.interval?.upper, expected.mh_or[2], tolerance);
  });
});

/** Charig et al. 1986: treatments A and B by success, small stones then large. */
const KIDNEY_STONES = [81, 6, 234, 36, 192, 71, 55, 25];
const repeated = (cells: readonly number[], buckets: number) =>
  bucketed(
    Array.from({ length: buckets }, () => [...cells]),
    buckets,
  );
/** Each bucket the same but for one image more in one cell, so that the jackknife has something to see. */
const varied = (cells: readonly number[], buckets = 40) =>
  bucketed(
    Array.from({ length: buckets }, (_, b) =>
      cells.map((count, cell) => count + (b % cells.length === cell ? 1 : 0)),
    ),
    buckets,
  );

describe('confounding', () => {
  it('is a REVERSAL where the signs differ and both intervals exclude 0', () => {
    const { verdict, crude, standardized } = confounding(varied(KIDNEY_STONES));
    expect(crude.interval!.upper).toBeLessThan(0);
    expect(standardized.interval!.lower).toBeGreaterThan(0);
    expect(verdict).toBe('REVERSAL');
  });
  it('is no REVERSAL where one interval holds 0, or cannot be had', () => {
    const lean = (bucket: number) =>
      KIDNEY_STONES.map((count, cell) =>
        (bucket % 2 === 0) === [0, 3].includes(cell % 4) ? count * 5 : count,
      );
    const noisy = bucketed([...Array(20).keys()].map(lean), 20);
    expect(confounding(noisy).verdict).toBeNull();
    expect(confounding(repeated(KIDNEY_STONES, 9)).verdict).toBeNull();
  });
  it('is no REVERSAL below .02', () => {
    const { crude, standardized, verdict } = confounding(
      varied([505, 495, 5000, 5000, 5000, 5000, 498, 502]),
    );
    expect(Math.abs(standardized.value!)).toBeLessThan(0.02);
    expect(Math.abs(crude.value!)).toBeLessThan(0.02);
    expect(verdict).toBeNull();
  });
  it('is EXPLAINED where a clear difference is gone within the strata', () => {
    expect(confounding(varied([80, 20, 8, 2, 2, 8, 20, 80])).verdict).toBe('EXPLAINED');
  });
  it('is MASKED where a difference appears only within the strata', () => {
    expect(confounding(varied([180, 120, 380, 570, 210, 490, 5, 45])).verdict).toBe('MASKED');
  });
  it('is not judged where the strata hardly hold both groups', () => {
    const { standardized, coverage, verdict } = confounding(
      repeated([30, 30, 0, 0, 0, 0, 40, 20, 5, 5, 5, 5], 20),
    );
    expect(standardized).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OVERLAP' });
    expect(coverage.value).toBeCloseTo(20 / 140, 12);
    expect(verdict).toBeNull();
  });
  it('of one group alone is NOT_APPLICABLE, of no image EMPTY', () => {
    expect(riskDifference([3, 4, 0, 0])).toMatchObject({
      crude: { status: 'NOT_APPLICABLE', reason: 'SINGLE_LEVEL' },
      standardized: { status: 'NOT_APPLICABLE', reason: 'SINGLE_LEVEL' },
    });
    expect(confounding(plainTable([0, 0, 0, 0])).crude).toMatchObject({ value: null, status: 'EMPTY' });
  });
  it('changes sign with the value and with the class', () => {
    const cells = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(cells, (counts) => {
        const base = riskDifference(counts);
        const swap = (order: readonly number[]) =>
          counts.map((_, cell) => counts[cell - (cell % 4) + order[cell % 4]!]!);
        for (const order of [
          [2, 3, 0, 1],
          [1, 0, 3, 2],
        ]) {
          expect(riskDifference(swap(order)).crude.value).toBeCloseTo(-base.crude.value!, 12);
          expect(riskDifference(swap(order)).standardized.value).toBeCloseTo(-base.standardized.value!, 12);
        }
      }),
    );
  });
});

describe('tests over strata', () => {
  const independent = (sizes: readonly number[]) =>
    sizes.flatMap((size, stratum) => [size, 2 * size, (stratum + 2) * size, 2 * (stratum + 2) * size]);
  it('find nothing where value and class are independent in every stratum', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 5 }), (sizes) => {
        const table = plainTable(independent(sizes));
        expect(cochranMantelHaenszel({ rows: 2, columns: 2, ...table }).chiSquare.value).toBeCloseTo(0, 9);
        expect(mantelHaenszelOddsRatio(table).value).toBeCloseTo(1, 12);
        expect(breslowDay(table).chiSquare.value).toBeCloseTo(0, 9);
      }),
    );
  });
  it('do not change when the strata are reordered or rows swap', () => {
    const cells = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(cells, (counts) => {
        const reordered = [...counts.slice(8), ...counts.slice(0, 8)];
        const swapped = counts.map((_, cell) => counts[cell ^ 2]!);
        const cmh = (cells: number[]) => cochranMantelHaenszel({ rows: 2, columns: 2, ...plainTable(cells) });
        const base = breslowDay(plainTable(counts)).chiSquare.value!;
        for (const other of [reordered, swapped]) {
          const close = (actual: number, expected: number) =>
            expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-8 * Math.max(1, expected));
          close(cmh(other).chiSquare.value!, cmh(counts).chiSquare.value!);
          close(breslowDay(plainTable(other)).chiSquare.value!, base);
        }
      }),
    );
  });
  it('are deflated by the design effect where images cluster in units, and have no p where it cannot be had', () => {
    const random = seeded(11);
    const buckets = Array.from({ length: 50 }, () => {
      const lean = [0.2, 0.8].map((share) => (random() < 0.5 ? share : 1 - share));
      return [0, 1].flatMap((stratum) => {
        const hits = Math.round(20 * lean[stratum]!);
        return random() < 0.5 ? [hits, 20 - hits, 0, 0] : [0, 0, hits, 20 - hits];
      });
    });
    const table = bucketed(buckets, 50);
    for (const test of [breslowDay(table), cochranMantelHaenszel({ rows: 2, columns: 2, ...table })]) {
      expect(test.designEffect!).toBeGreaterThan(3);
      expect(test.p!).toBeGreaterThan(0.001);
    }
    expect(breslowDay({ ...table, unitCount: 9 })).toMatchObject({ designEffect: null, p: null });
    expect(mantelHaenszelOddsRatio(table).interval!.method).toMatch(/jackknife/);
  });
  it('need no deflation of independent images', () => {
    const random = seeded(3);
    const draw = () =>
      Array.from({ length: 8 }, () => 30 + Math.floor(12 * (random() + random() + random() - 1.5)));
    const table = { ...bucketed(Array.from({ length: 50 }, draw), 10_000) };
    expect(breslowDay(table).designEffect!).toBeLessThan(1.6);
  });
  it('have no odds ratio without an informative stratum, and no homogeneity with one', () => {
    expect(mantelHaenszelOddsRatio(plainTable([5, 0, 3, 0, 0, 4, 0, 4]))).toMatchObject({
      value: null,
      status: 'UNDEFINED',
      reason: 'NO_INFORMATIVE_STRATUM',
    });
    expect(breslowDay(plainTable([5, 3, 3, 6, 0, 0, 2, 2])).chiSquare).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'FEWER_THAN_2_INFORMATIVE_STRATA',
    });
    expect(cochranMantelHaenszel({ rows: 2, columns: 2, ...plainTable([5, 0, 3, 0]) })).toMatchObject({
      chiSquare: { status: 'NOT_APPLICABLE', reason: 'SINGLE_LEVEL' },
      p: null,
    });
  });
  it('count the directions that vary: empty rows add no degree of freedom', () => {
    const table = [4, 6, 0, 0, 7, 3, 2, 9, 0, 0, 5, 5];
    const padded = cochranMantelHaenszel({ rows: 3, columns: 2, ...plainTable(table) });
    const full = cochranMantelHaenszel({
      rows: 2,
      columns: 2,
      ...plainTable(table.filter((_, cell) => ![2, 3, 8, 9].includes(cell))),
    });
    expect(padded.degreesOfFreedom).toBe(1);
    expect(padded.chiSquare.value).toBeCloseTo(full.chiSquare.value!, 9);
  });
  it('rest on eigenvectors that rebuild the matrix', () => {
    const matrix = [
      [4, 1, -2],
      [1, 3, 0.5],
      [-2, 0.5, 1],
    ];
    const { values, vectors } = symmetricEigen(matrix);
    matrix.forEach((row, i) => {
      row.forEach((entry, j) => {
        const rebuilt = values.reduce((sum, value, e) => sum + value * vectors[e]![i]! * vectors[e]![j]!, 0);
        expect(rebuilt).toBeCloseTo(entry, 12);
      });
    });
  });
});

const cumulated = (counts: readonly number[]) => {
  let total = 0;
  return counts.map((count) => {
    total += count;
    return total;
  });
};

/** Ten images a unit. The site decides both camera and class; camera and class are independent within a site. */
function sites(units: number, reversed: boolean) {
  const random = seeded(21);
  const unitOf = Array.from({ length: units * 10 }, (_, image) => Math.floor(image / 10));
  const site = unitOf.map((unit) => unit % 2);
  const camera = site.map((place) => (random() < 0.8 ? place : 1 - place));
  const label = site.map((place, image) => {
    const lean = reversed ? (camera[image] === 1 ? -0.05 : 0.05) : 0;
    return random() < (place === 1 ? 0.75 : 0.25) + lean ? 1 : 0;
  });
  const noise = unitOf.map(() => Math.floor(random() * 3));
  return { factors: [coded(site), coded(camera), coded(noise)], label: coded(label), units: inUnits(unitOf) };
}

function searchedIn(factors: readonly CodedVariable[], classes: CodedClasses, units: UnitStructure) {
  const counted = factors.map((factor) => ({
    counts: classTable(classRows(factor, classes, units), null, classes, units),
    units: unitsPerLevel(factor, units),
  }));
  const perClass = unitsPerClass(classes, units);
  const associated = associatedValues(counted, perClass, classes.codes.length === perClass.imageCount);
  return { associated, ...confoundingSearch(factors, associated, classes, units) };
}

function searched(factors: readonly CodedVariable[], label: CodedVariable, images: UnitStructure) {
  const { units, ordered } = inUnitOrder(images);
  const search = searchedIn(factors.map(ordered), oneClassEach(ordered(label)), units);
  const q = benjaminiHochberg(search.triples.map(({ heterogeneity }) => heterogeneity.p));
  return { ...search, findings: confoundingFindings(search.triples, q) };
}

describe('the search for confounding', () => {
  it('finds that the site explains what the camera seemed to do', () => {
    const { factors, label, units } = sites(400, false);
    const { findings, associated, triples, tooLarge } = searched(factors, label, units);
    expect(findings[0]).toMatchObject({ factor: 1, value: 1, label: 1, stratifier: 0, verdict: 'EXPLAINED' });
    expect([associated.length, triples.length]).toEqual([3, 6]);
    expect(tooLarge).toEqual([]);
  });
  it('puts reversals first, with their intervals', () => {
    const { factors, label, units } = sites(400, true);
    const [first] = searched(factors, label, units).findings;
    expect(first).toMatchObject({ factor: 1, stratifier: 0, verdict: 'REVERSAL' });
    expect(first!.crude.interval!.lower).toBeGreaterThan(0);
    expect(first!.standardized.interval!.upper).toBeLessThan(0);
  });
  it('gives the figures of the table counted by hand', () => {
    const { factors, label, units } = sites(400, true);
    const [first] = searched(factors, label, units).findings;
    const cells = new Array<number>(8).fill(0);
    label.codes.forEach((code, image) => {
      const [site, camera] = [factors[0]!.codes[image]!, factors[1]!.codes[image]!];
      cells[site * 4 + (1 - camera) * 2 + (1 - code)]! += 1;
    });
    expect(first).toMatchObject({ factor: 1, stratifier: 0 });
    expect(first!.crude.value).toBeCloseTo(riskDifference(cells).crude.value!, 12);
    expect(first!.standardized.value).toBeCloseTo(riskDifference(cells).standardized.value!, 12);
    expect(first!.crude).toMatchObject({ imageCount: 4000, unitCount: 400 });
  });
  it('gives the ties of the factors as counted pair by pair', () => {
    const { factors, label, units } = sites(400, false);
    const { ties } = searched(factors, label, units);
    const alone = factorConfounding(factors, units);
    for (const tie of ties)
      expect(alone.find(({ first, second }) => first === tie.first && second === tie.second)).toEqual(tie);
    expect(ties[0]!.dominating!.row).toBe(ties[0]!.dominating!.column);
  });
  it('takes each class of an image that shows several as shown or not', () => {
    const { factors, label, units } = sites(400, true);
    const shown = [...label.codes].map((code) => (code === 1 ? [0, 1] : [0]));
    const classes = {
      offsets: Int32Array.from([0, ...cumulated(shown.map(({ length }) => length))]),
      codes: Int16Array.from(shown.flat()),
      levels: 2,
    };
    const several = searchedIn(factors, classes, units).triples.filter(({ label }) => label === 1);
    const single = searchedIn(factors, oneClassEach(label), units).triples;
    expect(several).toEqual(single);
  });
  it('finds nothing among independent factors, nor in no image', () => {
    const { factors, label, units } = sites(400, false);
    const noise = [factors[2]!, coded([...factors[2]!.codes].reverse())];
    expect(searched(noise, label, units).findings).toEqual([]);
    expect(searched([coded([], 2), coded([], 2)], coded([], 2), alone(0)).findings).toEqual([]);
  });
  it('passes over pairs of factors whose table would be too large, and says which', () => {
    const { factors, label, units } = sites(400, false);
    const wide = { codes: factors[2]!.codes, levels: 30_000 };
    expect(searched([factors[1]!, wide], label, units)).toMatchObject({ triples: [], tooLarge: [[0, 1]] });
  });
  it('does not change with the order of the images, whatever the columns', () => {
    fc.assert(
      fc.property(columns, ({ first, second, label, units }) => {
        const back = (codes: Int16Array) => codes.slice().reverse();
        const base = searched([first, second], label, units);
        const other = searched(
          [
            { codes: back(first.codes), levels: 4 },
            { codes: back(second.codes), levels: 3 },
          ],
          { codes: back(label.codes), levels: 3 },
          { ...units, unitOf: units.unitOf.slice().reverse() },
        );
        expect(other).toEqual(base);
      }),
    );
  });
});

describe('confounded factors', () => {
  it('are the pairs by falling V', () => {
    const { factors, units } = sites(200, false);
    const pairs = factorConfounding(factors, units);
    expect(pairs.map(({ first, second }) => [first, second])[0]).toEqual([0, 1]);
    expect(pairs).toHaveLength(3);
    expect(pairs[0]!.association.interval!.lower).toBeGreaterThan(0.5);
    expect(pairs[2]!.association.interval!.upper).toBeLessThan(0.1);
  });
  it('are NOT_APPLICABLE where one of them has one level, or their table would be too large', () => {
    const { factors, units } = sites(20, false);
    const constant = { codes: new Int16Array(200), levels: 1 };
    expect(factorConfounding([factors[0]!, constant], units)[0]!.association).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_LEVEL',
    });
    const wide = { codes: factors[0]!.codes, levels: 30_000 };
    expect(factorConfounding([wide, { ...wide }], units)[0]!.association.reason).toBe('TOO_MANY_LEVELS');
  });
});

describe('the ecological check', () => {
  const random = seeded(17);
  const images = 2000;
  const unitOf = Array.from({ length: images }, (_, image) => Math.floor(image / 10));
  const groups = coded(unitOf.map((unit) => unit % 8));
  const noise = () => Float64Array.from({ length: images }, () => random() - 0.5);
  const [x, own] = [noise(), noise()];
  it('tells that groups lean the other way than the images in them', () => {
    const shifted = x.map((value, image) => value + groups.codes[image]!);
    const y = x.map((value, image) => -value + 0.2 * own[image]! + groups.codes[image]!);
    const { between, within, difference, isEcological } = ecologicalCheck(
      shifted,
      y,
      groups,
      inUnits(unitOf),
    );
    expect(between.value!).toBeGreaterThan(0.99);
    expect(within.value!).toBeLessThan(-0.95);
    expect(difference.interval!.lower).toBeGreaterThan(1.9);
    expect(isEcological).toBe(true);
  });
  it('says nothing where groups and images agree', () => {
    const shifted = x.map((value, image) => value + groups.codes[image]!);
    const y = shifted.map((value, image) => value + 0.1 * own[image]!);
    expect(ecologicalCheck(shifted, y, groups, inUnits(unitOf)).isEcological).toBe(false);
  });
  it('adds up: the total correlation lies in what is between and what is within', () => {
    const shifted = x.map((value, image) => value + 0.1 * groups.codes[image]!);
    const y = x.map((value, image) => 0.5 * value + own[image]! - 0.05 * groups.codes[image]!);
    const { between, within } = ecologicalCheck(shifted, y, groups, inUnits(unitOf));
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const product = (a: Float64Array, b: Float64Array, group: number | null) => {
      const own = [...a.keys()].filter((image) => group === null || groups.codes[image] === group);
      const [ma, mb] = [mean(own.map((i) => a[i]!)), mean(own.map((i) => b[i]!))];
      return own.reduce((total, i) => total + (a[i]! - ma) * (b[i]! - mb), 0);
    };
    const inside = (a: Float64Array, b: Float64Array) =>
      [0, 1, 2, 3, 4, 5, 6, 7].reduce((total, group) => total + product(a, b, group), 0);
    const outside = (a: Float64Array, b: Float64Array) => product(a, b, null) - inside(a, b);
    const r = (of: typeof inside) => of(shifted, y) / Math.sqrt(of(shifted, shifted) * of(y, y));
    expect(within.value).toBeCloseTo(r(inside), 9);
    expect(between.value).toBeCloseTo(r(outside), 9);
  });
  it('leaves out what is not known', () => {
    const y = x.map((value, image) => value + own[image]!);
    const gaps = y.map((value, image) => (image % 3 === 0 ? Number.NaN : value));
    const kept = [...y.keys()].filter((image) => image % 3 !== 0);
    const units = inUnits(unitOf);
    const some = ecologicalCheck(
      Float64Array.from(kept, (image) => x[image]!),
      Float64Array.from(kept, (image) => y[image]!),
      coded(kept.map((image) => groups.codes[image]!)),
      { ...units, unitOf: Int32Array.from(kept, (image) => unitOf[image]!) },
    );
    const all = ecologicalCheck(x, gaps, groups, units);
    expect(all.within.value).toBeCloseTo(some.within.value!, 12);
    expect(all.within.imageCount).toBe(kept.length);
  });
  it('of two groups is NOT_APPLICABLE, of a constant UNDEFINED, of no image EMPTY', () => {
    const two = coded(unitOf.map((unit) => unit % 2));
    expect(ecologicalCheck(x, own, two, inUnits(unitOf)).between).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'FEWER_THAN_3_GROUPS',
    });
    const constant = ecologicalCheck(x, new Float64Array(images).fill(0.1), groups, inUnits(unitOf));
    expect(constant.within).toMatchObject({ status: 'UNDEFINED', reason: 'CONSTANT_VALUE' });
    expect(constant.isEcological).toBe(false);
    const none = new Float64Array(images).fill(Number.NaN);
    expect(ecologicalCheck(none, x, groups, inUnits(unitOf)).difference).toMatchObject({ status: 'EMPTY' });
  });
});

describe('whatever the table, no NaN and no Infinity leaves', () => {
  const count = fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.nat(9) },
    { weight: 1, arbitrary: fc.constantFrom(1e-300, 0.5, 1e6, 1e15, 1e200) },
  );
  const table = fc
    .tuple(
      fc.array(fc.array(count, { minLength: 12, maxLength: 12 }), { minLength: 1, maxLength: 30 }),
      fc.nat(80),
      fc.boolean(),
    )
    .map(([buckets, units, everyImageAUnit]) => {
      const cells = bucketed(buckets, units);
      return everyImageAUnit ? { ...cells, unitCount: cells.imageCount } : cells;
    });
  it('confounding and the tests over strata', () => {
    fc.assert(
      fc.property(table, (cells) => {
        expectHonest(confounding(cells));
        expectHonest(mantelHaenszelOddsRatio(cells));
        expectHonest(cochranMantelHaenszel({ rows: 2, columns: 2, ...cells }));
        expectHonest(cochranMantelHaenszel({ rows: 2, columns: 3, ...cells }));
      }),
      { numRuns: 500 },
    );
  });
  it('guesses of the label from a table', () => {
    fc.assert(
      fc.property(table, ({ total }) => {
        expectHonest([goodmanKruskal(total, 4), leaveOneOutMajority(total, 4)]);
        expectHonest(areaUnderCurve([{ positives: total.slice(6), negatives: total.slice(0, 6) }]));
      }),
    );
  });
  it('the telling values of a table', () => {
    fc.assert(
      fc.property(table, (cells) => {
        expectHonest(tellingValues([{ rows: 2, columns: 6, ...cells }]));
      }),
    );
  });
  it('the ecological check', () => {
    const value = fc.oneof(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.constantFrom(0, 1, Number.NaN),
    );
    const image = fc.record({ x: value, y: value, group: fc.integer({ min: -1, max: 4 }), unit: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(image, { maxLength: 40 }), (images) => {
        const measure = (of: 'x' | 'y') => Float64Array.from(images, (one) => one[of]);
        const groups = coded(
          images.map(({ group }) => group),
          5,
        );
        expectHonest(
          ecologicalCheck(measure('x'), measure('y'), groups, inUnits(images.map(({ unit }) => unit))),
        );
      }),
    );
  });
});
