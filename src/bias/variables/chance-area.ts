import { FOLDS } from '../../statistics/naive-bayes-folds.ts';

/**
 * What the area under the curve of a cross-validated probe is held against. Its folds learn from each other, which the
 * jackknife, that does not learn again, cannot see: at .5 its error is √(1 + J/(J−1)) times as large in J folds.
 * Nadeau & Bengio 2003, Machine Learning 52:239; measured in docs/simulation.md.
 */
export const CHANCE_AREA = { nothing: 0.5, errorInflation: Math.sqrt(1 + FOLDS / (FOLDS - 1)) } as const;
