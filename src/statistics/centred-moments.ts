/** Of `count` values: their mean, and the sum of squares about it. */
export interface CentredMoments {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

/** Mean and squares of the finite values, in one pass that keeps their digits; none: NaN. Welford 1962, Technometrics 4:419. */
export function centredMoments(values: Float64Array): CentredMoments {
  let [count, mean, squares] = [0, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count += 1;
    const step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }
  return count === 0 ? { count, mean: Number.NaN, squares: Number.NaN } : { count, mean, squares };
}
