import { describe, expect, it } from 'vitest';
import { groupBootstrap } from '../../src/statistics/group-bootstrap.ts';
import { seeded } from './oracle.ts';

/** Of one value a bucket. */
function weightedMedian(values: readonly number[]) {
  const order = values.map((_, bucket) => bucket).sort((a, b) => values[a]! - values[b]!);
  return (timesDrawn: readonly number[]) => {
    let left = values.length / 2;
    return values[
      order.find((bucket) => {
        left -= timesDrawn[bucket]!;
        return left < 0;
      })!
    ]!;
  };
}

describe('the group bootstrap', () => {
  it('draws as many buckets as there are, 1000 times', () => {
    const sizes: number[] = [];
    groupBootstrap(
      7,
      (timesDrawn) => {
        sizes.push(timesDrawn.reduce((a, b) => a + b, 0));
        return 1;
      },
      seeded(1),
    );
    expect(sizes).toEqual(new Array(1000).fill(7));
  });
  it('covers the median of the population 19 times of 20', () => {
    const random = seeded(3);
    let covered = 0;
    for (let round = 0; round < 200; round += 1) {
      const values = Array.from({ length: 50 }, () => random() ** 2);
      const { lower, upper } = groupBootstrap(50, weightedMedian(values), random)!;
      if (lower <= 0.25 && 0.25 <= upper) covered += 1;
    }
    expect(covered / 200).toBeGreaterThan(0.9);
    expect(covered / 200).toBeLessThan(0.99);
  });
  it('gives the same interval for the same stream', () => {
    const of = (seed: number) => groupBootstrap(9, weightedMedian([3, 1, 4, 1, 5, 9, 2, 6, 5]), seeded(seed));
    expect(of(4)).toEqual(of(4));
    expect(of(4)).toMatchObject({ level: 0.95, method: 'group bootstrap, 1000 rounds, B = 9' });
  });
  it('has none of a single bucket, nor where a round has no value', () => {
    expect(groupBootstrap(1, () => 1, seeded(1))).toBeNull();
    expect(groupBootstrap(5, () => null, seeded(1))).toBeNull();
    expect(groupBootstrap(5, ([first]) => (first === 0 ? Number.NaN : 1), seeded(1))).toBeNull();
  });
});
