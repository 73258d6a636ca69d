import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cramersV } from '../../src/statistics/cramers-v.ts';
import { figure } from '../../src/statistics/figure.ts';
import { goodnessOfFit } from '../../src/statistics/goodness-of-fit.ts';
import { independenceTest } from '../../src/statistics/independence-test.ts';
import { type BucketedTable, jackknife } from '../../src/statistics/jackknife.ts';
import { jackknifeEstimate } from '../../src/statistics/jackknife-estimate.ts';
import { jackknifeInterval, SHARE } from '../../src/statistics/jackknife-interval.ts';
import { jensenShannonDivergence } from '../../src/statistics/jensen-shannon-divergence.ts';
import { representationRatio } from '../../src/statistics/representation-ratio.ts';
import { totalVariation } from '../../src/statistics/total-variation.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

/** The 490 clustered images of the oracle: 60 units, bucket = unit mod 50, cells = stratum × label. */
function clustered() {
  const { input, ...rest } = oracle('00_common', 'jk50_clustered');
  const strata: string[] = [...new Set<string>(input.stratum)].sort();
  const labels: string[] = [...new Set<string>(input.label)].sort();
  const cells = (name: number, size: number, cellOf: (image: number) => number) => {
    const buckets = Array.from({ length: name }, () => new Array<number>(size).fill(0));
    input.cluster.forEach((cluster: number, image: number) => {
      buckets[cluster % 50]![cellOf(image)]! += 1;
    });
    return bucketed(buckets, new Set(input.cluster).size);
  };
  const stratum = (image: number) => strata.indexOf(input.stratum[image]);
  return {
    ...rest,
    target: input.target as number[],
    strata: cells(50, strata.length, stratum),
    table: {
      rows: strata.length,
      columns: labels.length,
      ...cells(
        50,
        strata.length * labels.length,
        (image) => stratum(image) * labels.length + labels.indexOf(input.label[image]),
      ),
    },
  };
}

describe.skipIf(!hasOracles)(`the jackknife on clustered images${ORACLES_ABSENT}`, () => {
  const check = (
    name: string,
    table: BucketedTable,
    statistic: (cells: readonly number[]) => number | null,
  ) => {
    const { expected, tolerance } = clustered();
    const [jackknifed] = jackknife(table, (cells) => [statistic(cells)]);
    const interval = jackknifeInterval(jackknifed!);
    expectClose(jackknifed!.value, expected[name].estimate, tolerance);
    expectClose(jackknifed!.standardError, expected[name].se, tolerance);
    expectClose(interval?.lower, expected[name].lo, tolerance);
    expectClose(interval?.upper, expected[name].hi, tolerance);
  };
  it('gives the reference interval of a share, TV, JSD and representation ratio', () => {
    const { strata, target } = clustered();
    const share = (cells: readonly number[], level: number) =>
      cells[level]! / cells.reduce((a, b) => a + b, 0);
    check('p_A', strata, (cells) => share(cells, 0));
    check('TV', strata, (cells) => totalVariation(cells, target).value);
    check('JSD_bits', strata, (cells) => jensenShannonDivergence(cells, target).value);
    check('rep_ratio_C', strata, (cells) => share(cells, 2) / target[2]!);
  });
  it('gives V the corrected lower and the plain upper limit', () => {
    const { table, expected, tolerance } = clustered();
    const { corrected, plain } = cramersV(table);
    expectClose(corrected.value, expected.V_bc.estimate, tolerance);
    expectClose(plain.value, expected.V.estimate, tolerance);
    expectClose(corrected.interval?.lower, expected.V_bc.lo, tolerance);
    expectClose(corrected.interval?.upper, expected.V.hi, tolerance);
  });
  it('gives the representation ratio the interval of its share', () => {
    const { strata, target, expected, tolerance } = clustered();
    const images = strata.buckets.map((bucket) => [bucket[2]!, bucket.reduce((a, b) => a + b, 0)]);
    const ratio = representationRatio(
      { ...strata, total: [strata.total[2]!, 490], buckets: images },
      target[2]!,
    );
    expectClose(ratio.interval?.lower, expected.rep_ratio_C.lo, tolerance);
    expectClose(ratio.interval?.upper, expected.rep_ratio_C.hi, tolerance);
  });
  it('deflates chi-square for fit and for independence as Rao and Scott do', () => {
    const { strata, table, target } = clustered();
    const { expected, tolerance } = oracle('00_common', 'rao_scott_jackknife');
    const fit = goodnessOfFit(strata, target, seeded(1));
    const independence = independenceTest(table, seeded(1));
    for (const [test, want] of [
      [fit, expected.gof],
      [independence, expected.independence],
    ] as const) {
      expectClose(test.designEffect, want.delta_bar, tolerance);
      expectClose(test.chiSquare! / test.designEffect!, want.X2, tolerance);
      expect(test.degreesOfFreedom).toBe(want.df);
      expectClose(test.p, want.p, tolerance);
    }
    const unadjusted = oracle('00_common', 'rao_scott_independence');
    expectClose(independence.chiSquare, unadjusted.expected.X2_unadjusted, unadjusted.tolerance);
  });
  it('comes to the verdicts of R’s survey package, which linearises in place of leaving out', () => {
    const { strata, table, target } = clustered();
    const fit = goodnessOfFit(strata, target, seeded(1));
    const linearised = oracle('00_common', 'rao_scott_gof');
    expectClose(fit.chiSquare, linearised.expected.X2_unadjusted, linearised.tolerance);
    linearised.expected.share.forEach((share: number, level: number) => {
      expectClose(strata.total[level]! / strata.imageCount, share, linearised.tolerance);
    });
    expect(Math.abs(fit.designEffect! / linearised.expected.delta_bar - 1)).toBeLessThan(0.1);
    expect(Math.abs(fit.p! - linearised.expected.p_first_order)).toBeLessThan(0.05);
    const secondOrder = oracle('00_common', 'rao_scott_independence').expected.p;
    expect([independenceTest(table, seeded(1)).p! < 0.05, secondOrder < 0.05]).toEqual([true, true]);
  });
});

describe('the jackknife', () => {
  const share = ([hits, all]: readonly number[]) => figure(hits! / all!);
  const options = { method: 'share', range: SHARE };
  const buckets = (n: number) => Array.from({ length: n }, (_, b) => [b % 3, 4]);
  it('gives no interval below 10 units, and the value all the same', () => {
    const few = jackknifeEstimate(bucketed(buckets(9), 9), share, options);
    expect(few).toMatchObject({
      status: 'INSUFFICIENT',
      reason: 'FEWER_THAN_10_UNITS',
      interval: null,
      value: 0.25,
    });
    expect(jackknifeEstimate(bucketed(buckets(10), 10), share, options).interval).not.toBeNull();
  });
  it('drops buckets without units from B', () => {
    const some = jackknife(bucketed(buckets(12), 12), (cells) => [share(cells).value]);
    const more = jackknife(bucketed([...buckets(12), [0, 0], [0, 0]], 12), (cells) => [share(cells).value]);
    expect(more).toEqual(some);
    expect(some[0]!.degreesOfFreedom).toBe(11);
  });
  it('does not depend on the order of the buckets', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(buckets(20), { minLength: 20, maxLength: 20 }), (shuffled) => {
        const [one] = jackknife(bucketed(buckets(20), 20), (cells) => [share(cells).value]);
        const [other] = jackknife(bucketed(shuffled, 20), (cells) => [share(cells).value]);
        expect(other!.standardError).toBeCloseTo(one!.standardError!, 12);
      }),
    );
  });
  it('leaves the value alone when buckets are split further', () => {
    const coarse = bucketed(buckets(12), 24);
    const fine = bucketed(
      buckets(12).flatMap(([hits, all]) => [
        [hits!, all! - 2],
        [0, 2],
      ]),
      24,
    );
    expect(jackknifeEstimate(fine, share, options).value).toBe(
      jackknifeEstimate(coarse, share, options).value,
    );
  });
  it('clamps an interval to the range of its statistic', () => {
    const { interval } = jackknifeEstimate(bucketed([...Array(11).fill([0, 4]), [1, 4]], 12), share, options);
    expect(interval?.lower).toBe(0);
  });
  it('gives no interval where a level stands in one bucket alone', () => {
    const alone = bucketed([[4, 4], ...Array(11).fill([8, 0])], 12);
    const both = (cells: readonly number[]) =>
      cells[1] === 0
        ? { value: null, status: 'UNDEFINED' as const, reason: 'GONE' }
        : figure(cells[0]! / cells[1]!);
    expect(jackknifeEstimate(alone, both, options)).toMatchObject({
      status: 'INSUFFICIENT',
      reason: 'UNDEFINED_WITHOUT_ONE_BUCKET',
    });
  });
  it('takes the sum of two shards of images for the whole', () => {
    const image = fc.record({ bucket: fc.nat(19), cell: fc.nat(5) });
    const count = (images: readonly { bucket: number; cell: number }[]) => {
      const buckets = Array.from({ length: 20 }, () => new Array<number>(6).fill(0));
      for (const { bucket, cell } of images) buckets[bucket]![cell]! += 1;
      return buckets;
    };
    fc.assert(
      fc.property(fc.array(image, { minLength: 40, maxLength: 200 }), fc.nat(40), (images, cut) => {
        const [one, other] = [count(images.slice(0, cut)), count(images.slice(cut))];
        const merged = one.map((bucket, b) => bucket.map((n, cell) => n + other[b]![cell]!));
        const shape = { rows: 2, columns: 3 };
        const whole = cramersV({ ...shape, ...bucketed(count(images), 20) });
        expect(cramersV({ ...shape, ...bucketed(merged, 20) })).toEqual(whole);
      }),
    );
  });
});
