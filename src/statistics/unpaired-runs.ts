import { type Estimate, estimate } from './estimate.ts';
import { standardDeviation } from './run-spread.ts';
import { studentTQuantile } from './student-t-quantile.ts';
import { studentTUpperTail } from './student-t-upper-tail.ts';
import { sum } from './sum.ts';

/** Mean of a less mean of b where runs have no partner: Welch's t on the means (Welch 1947, Biometrika 34:28). A side of one run: INSUFFICIENT; two constants that differ: DEGENERATE, the same constant: p = 1. */
export function unpairedRuns(a: readonly number[], b: readonly number[]): Estimate {
  const [meanA, meanB] = [sum(a) / a.length, sum(b) / b.length];
  const runs = a.length + b.length;
  const basis = { imageCount: runs, unitCount: runs, method: 'difference of means of unpaired runs' };
  const value = meanA - meanB;
  if (Math.min(a.length, b.length) < 2)
    return estimate({ ...basis, value, status: 'INSUFFICIENT', reason: 'ONE_RUN' });
  const [errorA, errorB] = [standardDeviation(a) ** 2 / a.length, standardDeviation(b) ** 2 / b.length];
  const error = Math.sqrt(errorA + errorB);
  if (error === 0)
    return value === 0
      ? estimate({ ...basis, value, reason: 'IDENTICAL_SCORES', p: 1 })
      : estimate({ ...basis, value, status: 'DEGENERATE', reason: 'IDENTICAL_SCORES' });
  const degreesOfFreedom =
    (errorA + errorB) ** 2 / (errorA ** 2 / (a.length - 1) + errorB ** 2 / (b.length - 1));
  const half = studentTQuantile(0.975, degreesOfFreedom) * error;
  return estimate({
    ...basis,
    value,
    interval: { lower: value - half, upper: value + half, level: 0.95, method: 'Welch’s t, unpaired' },
    p: Math.min(1, 2 * studentTUpperTail(Math.abs(value) / error, degreesOfFreedom)),
  });
}
