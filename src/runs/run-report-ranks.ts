import { compareText } from '../kernel/compare-text.ts';
import { FEWEST_DATASETS, type Friedman, friedman } from '../statistics/friedman.ts';
import { meanOf } from './run-report-figures.ts';
import type { RunScore } from './run-score.ts';

/** Fewer models than this are compared pair by pair. */
const FEWEST_MODELS = 3;

export interface ModelRanks extends Friedman {
  readonly modelNames: readonly string[];
  /** Datasets on which some of the models have not run. */
  readonly leftOut: number;
}

export type RanksReason = 'FEWER_THAN_3_MODELS' | 'FEWER_THAN_5_DATASETS' | 'SEVERAL_SNAPSHOTS_OF_A_DATASET';

/**
 * Ranks of the models' means over datasets; null, with the reason, where there are too few. Folds and versions of one dataset are no datasets, and which of two
 * versions should stand for it is not guessed.
 */
export function modelRanks(
  groups: readonly (readonly RunScore[])[],
  isGreaterBetter: boolean,
  datasetOf: (snapshot: string) => string,
): { readonly ranks: ModelRanks | null; readonly reason: RanksReason | null } {
  const none = (reason: RanksReason) => ({ ranks: null, reason });
  const names = [...new Set(groups.map(([run]) => run!.model))].sort(compareText);
  if (names.length < FEWEST_MODELS) return none('FEWER_THAN_3_MODELS');
  const means = new Map<string, Map<string, number>>();
  for (const runs of groups) {
    const { snapshot, model } = runs[0]!;
    const mean = meanOf(runs.map(({ value }) => value));
    const row = means.get(snapshot) ?? new Map<string, number>();
    means.set(snapshot, row.set(model, isGreaterBetter ? mean : -mean));
  }
  const whole = [...means].filter(([, row]) => names.every((name) => row.has(name)));
  const datasets = new Set(whole.map(([snapshot]) => datasetOf(snapshot)));
  if (datasets.size < FEWEST_DATASETS) return none('FEWER_THAN_5_DATASETS');
  if (datasets.size < whole.length) return none('SEVERAL_SNAPSHOTS_OF_A_DATASET');
  const all = new Set([...means.keys()].map(datasetOf));
  const scores = whole.map(([, row]) => names.map((name) => row.get(name)!));
  return {
    ranks: { ...friedman(scores), modelNames: names, leftOut: all.size - datasets.size },
    reason: null,
  };
}
