import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invertPositiveDefinite } from '../../src/statistics/invert-positive-definite.ts';

const times = (a: number[][], b: number[][]) =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((total, value, k) => total + value * b[k]![j]!, 0)));

describe('the inverse of a positive definite matrix', () => {
  it('is that of the textbook', () => {
    expect(
      invertPositiveDefinite([
        [4, 2],
        [2, 2],
      ]),
    ).toEqual([
      [0.5, -0.5],
      [-0.5, 1],
    ]);
    expect(invertPositiveDefinite([])).toEqual([]);
  });
  it('times the matrix is the identity', () => {
    const rows = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 }), {
      minLength: 5,
      maxLength: 5,
    });
    fc.assert(
      fc.property(rows, (a) => {
        const definite = times(
          a,
          a[0]!.map((_, j) => a.map((row) => row[j]!)),
        ).map((row, i) => row.map((value, j) => value + (i === j ? 1 : 0)));
        const inverse = invertPositiveDefinite(definite)!;
        times(definite, inverse).forEach((row, i) => {
          row.forEach((value, j) => {
            expect(value).toBeCloseTo(i === j ? 1 : 0, 8);
          });
        });
      }),
    );
  });
  it('does not exist where a row depends on another, where a diagonal is negative, or past the largest number', () => {
    const dependent = [
      [1 / 3, 0.1],
      [0.1, 0.03],
    ];
    expect(invertPositiveDefinite(dependent)).toBeNull();
    expect(invertPositiveDefinite([[-1]])).toBeNull();
    expect(invertPositiveDefinite([[0]])).toBeNull();
    expect(invertPositiveDefinite([[Number.NaN]])).toBeNull();
    expect(invertPositiveDefinite([[1e-320]])).toBeNull();
  });
});
