import { groupedBy } from './run-report-figures.ts';
import type { RunScore } from './run-score.ts';

/** Runs of one model that were trained in the same place with the same seed, reported under several keys. */
export interface RunTwins {
  /** The runs that count, in the order given: of twins with one score the first, of twins with several scores one for each. */
  readonly counted: readonly RunScore[];
  /** Runs that do not count beside a twin with their score. */
  readonly repeated: number;
  /** Runs with a twin of another score. */
  readonly differing: number;
}

/**
 * Counts a run that repeats another bit for bit once: it adds nothing to what varied, and J runs would pass for more than they are. Scores by one metric on one
 * part. A seed, fold or repeat that is not told is the same as another that is not told, so that silence never makes an interval narrower.
 */
export function withoutTwins(scores: readonly RunScore[]): RunTwins {
  const twins = groupedBy(scores, ({ snapshot, model, split, trainedOn, fold, repeat, seed }) =>
    JSON.stringify([snapshot, model, split, trainedOn, fold, repeat, seed]),
  );
  const counted = new Set<RunScore>();
  let differing = 0;
  for (const held of twins.values()) {
    const byScore = new Map(held.toReversed().map((score) => [score.value, score]));
    for (const score of byScore.values()) counted.add(score);
    if (byScore.size > 1) differing += held.length;
  }
  return {
    counted: scores.filter((score) => counted.has(score)),
    repeated: scores.length - counted.size,
    differing,
  };
}
