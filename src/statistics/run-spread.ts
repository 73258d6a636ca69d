import { type Estimate, estimate, type Interval } from './estimate.ts';
import { studentTQuantile } from './student-t-quantile.ts';
import { sum } from './sum.ts';

/** One score of one run; fold, repeat and seed as the run says, null where it says nothing. */
export interface RunScore {
  readonly fold: string | null;
  readonly repeat: number | null;
  readonly seed: string | null;
  readonly value: number;
}

/** What differed between the runs of a model: their seeds, the parts they were trained on, both, or nothing that they say. */
export type Varied = 'NOTHING' | 'SEED' | 'FOLD' | 'BOTH';

export interface RunSpread {
  readonly runs: number;
  readonly varied: Varied;
  /** Its `unitCount` is the number of runs. */
  readonly mean: Estimate;
  /** With n − 1; no interval: that of the mean is the one to be read. */
  readonly standardDeviation: Estimate;
  readonly smallest: number;
  readonly largest: number;
  /** Several runs, and all scores equal: the seed was perhaps not used. */
  readonly isDeterministic: boolean;
}

/** Fewer runs than this carry no colour. */
export const FEWEST_RUNS = 5;

/**
 * Mean and standard deviation of the scores of one model, and what varied between its runs: the deviation over seeds is the algorithm's, over folds
 * that of data and algorithm together. `testShare` is n_test/n_train; over folds the mean's standard error is
 * sd·√(1/J + n_test/n_train), as folds share their training images (Nadeau & Bengio 2003, Machine Learning 52:239), approximate, for no unbiased
 * estimate from one cross-validation exists (Bengio & Grandvalet 2004, JMLR 5:1089). Over seeds alone it is sd/√J and knows nothing of the luck of the
 * test images. One run: no deviation, INSUFFICIENT; fewer than 5: INSUFFICIENT, with value; all scores equal: DEGENERATE, for an interval without width
 * would claim to be sure.
 */
export function runSpread(scores: readonly RunScore[], testShare: number | null): RunSpread {
  const values = scores.map(({ value }) => value);
  const runs = values.length;
  const varied = whatVaried(scores);
  const mean = sum(values) / runs;
  const deviation = runs < 2 ? null : standardDeviation(values);
  const basis = { imageCount: runs, unitCount: runs };
  const isOverFolds = varied === 'FOLD' || varied === 'BOTH';
  const few = runs < FEWEST_RUNS ? ({ status: 'INSUFFICIENT', reason: 'FEWER_THAN_5_RUNS' } as const) : {};
  const unsized =
    isOverFolds && testShare === null ? ({ status: 'INSUFFICIENT', reason: 'SIZES_UNKNOWN' } as const) : {};
  const same = deviation === 0 ? ({ status: 'DEGENERATE', reason: 'IDENTICAL_SCORES' } as const) : {};
  return {
    runs,
    varied,
    mean: estimate({
      ...basis,
      ...few,
      ...unsized,
      ...same,
      value: mean,
      interval: deviation ? meanInterval(mean, deviation, runs, isOverFolds, testShare) : null,
      method: 'mean over runs',
    }),
    standardDeviation: estimate({
      ...basis,
      ...few,
      ...same,
      ...(deviation === null ? { status: 'INSUFFICIENT' as const, reason: 'ONE_RUN' } : {}),
      value: deviation,
      method: `standard deviation over runs, n − 1; varied: ${varied}`,
    }),
    smallest: Math.min(...values),
    largest: Math.max(...values),
    isDeterministic: deviation === 0,
  };
}

/** √(1/J + n_test/n_train): what the standard deviation is multiplied by for the error of a mean over folds. */
export function resamplingFactor(runs: number, testShare: number): number {
  return Math.sqrt(1 / runs + testShare);
}

/** With n − 1; a sum of squares below 1e-24 of Σx² is rounding. */
export function standardDeviation(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  const squares = sum(values.map((value) => (value - mean) ** 2));
  const rounding = 1e-24 * sum(values.map((value) => value * value));
  return squares <= rounding ? 0 : Math.sqrt(squares / (values.length - 1));
}

export function whatVaried(scores: readonly Omit<RunScore, 'value'>[]): Varied {
  const seeds = new Set(scores.map(({ seed }) => seed)).size > 1;
  const folds = new Set(scores.map(({ fold, repeat }) => JSON.stringify([fold, repeat]))).size > 1;
  if (seeds && folds) return 'BOTH';
  return seeds ? 'SEED' : folds ? 'FOLD' : 'NOTHING';
}

function meanInterval(
  mean: number,
  deviation: number,
  runs: number,
  isOverFolds: boolean,
  testShare: number | null,
): Interval | null {
  if (isOverFolds && testShare === null) return null;
  const factor = isOverFolds ? resamplingFactor(runs, testShare!) : 1 / Math.sqrt(runs);
  const half = studentTQuantile(0.975, runs - 1) * deviation * factor;
  const method = isOverFolds
    ? 'Student’s t with the corrected resampled error (Nadeau & Bengio 2003), approximate'
    : 'Student’s t over runs; the luck of the test images is not in it';
  return { lower: mean - half, upper: mean + half, level: 0.95, method };
}
