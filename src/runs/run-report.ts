import { compareText } from '../kernel/compare-text.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { type RunCard, runCard } from './run-report-card.ts';
import { groupedBy } from './run-report-figures.ts';
import { type ModelRuns, modelRuns } from './run-report-models.ts';
import { type ModelPair, modelPairs, type RunClaim } from './run-report-pairs.ts';
import { type ModelRanks, modelRanks, type RanksReason } from './run-report-ranks.ts';
import type { RunScore } from './run-score.ts';
import { withoutTwins } from './run-twins.ts';

export interface RunReportRequest {
  readonly metric: string;
  readonly part: string;
  readonly isGreaterBetter: boolean;
  readonly claims: readonly RunClaim[];
}

export interface RunReport extends Pick<RunReportRequest, 'metric' | 'part' | 'isGreaterBetter'> {
  readonly snapshots: readonly string[];
  readonly card: RunCard;
  readonly models: readonly ModelRuns[];
  /** On each snapshot by itself. */
  readonly pairs: readonly ModelPair[];
  /** Several models over at least five datasets; null, with the reason, otherwise. */
  readonly ranks: ModelRanks | null;
  readonly ranksReason: RanksReason | null;
}

/** Where a snapshot's images of correctness are known: share right, with an interval over units. */
export type TestSampling = (model: string, snapshot: string) => Estimate | null;

/**
 * What can be said of runs by one metric on one part: each model's spread and what varied, seed against fold, every pair with the corrected comparison, and
 * what could have been found (statistics.md §7). `datasetOf` a snapshot says which may be ranked over: folds and versions of one dataset are no datasets.
 * @throws DomainError NOT_FOUND where there is no such score, BAD_INPUT where a claim cannot be judged
 */
export function runReport(
  scores: readonly RunScore[],
  request: RunReportRequest,
  datasetOf: (snapshot: string) => string,
  testSampling: TestSampling,
): RunReport {
  const { metric, part, isGreaterBetter, claims } = request;
  const wanted = scores.filter((score) => score.metric === metric && score.part === part);
  if (wanted.length === 0)
    throw new DomainError('NOT_FOUND', `metric: no run reports ${metric} on ${part}; ${thereIs(scores)}.`);
  const twins = withoutTwins(wanted);
  const groups = [
    ...groupedBy(twins.counted, ({ snapshot, model }) => JSON.stringify([snapshot, model])).values(),
  ].sort(([a], [b]) => compareText(a!.snapshot, b!.snapshot) || compareText(a!.model, b!.model));
  const models = groups.map((runs) =>
    modelRuns(runs, metric, testSampling(runs[0]!.model, runs[0]!.snapshot)),
  );
  const pairs = modelPairs(groups, isGreaterBetter, claims, metric);
  const { ranks, reason } = modelRanks(groups, isGreaterBetter, datasetOf);
  return {
    metric,
    part,
    isGreaterBetter,
    snapshots: [...new Set(wanted.map(({ snapshot }) => snapshot))].sort(compareText),
    card: runCard(models, pairs, twins, metric),
    models,
    pairs,
    ranks,
    ranksReason: reason,
  };
}

function thereIs(scores: readonly RunScore[]): string {
  const there = [...new Set(scores.map((score) => `${score.metric} on ${score.part}`))].sort(compareText);
  return `there is ${there.slice(0, 20).join(', ') || 'no run'}`;
}
