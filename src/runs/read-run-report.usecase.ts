import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { parseSnapshotHeader } from '../snapshots/snapshot-header.ts';
import { knownSnapshot } from '../snapshots/snapshots.store.ts';
import { isGreaterBetter } from './metric-direction.ts';
import { listOutcomes, listRunScores } from './run-report.store.ts';
import { type RunReport, runReport } from './run-report.ts';
import type { RunClaim } from './run-report-pairs.ts';
import { withSizes } from './run-sizes.ts';
import { withoutTwins } from './run-twins.ts';
import { testSampling } from './test-sampling.ts';

const MOST_SCORES = 50_000;
const MOST_SNAPSHOTS = 100;

export interface RunReportWish {
  readonly snapshots: readonly string[];
  readonly metric: string;
  readonly part: string;
  /** Null: as the metric's name says. */
  readonly isGreaterBetter: boolean | null;
  readonly models: readonly string[] | null;
  readonly claims: readonly RunClaim[];
}

/** What can be said of the runs that were reported on some snapshots, by one metric on one part. */
export async function readRunReport(context: Context, wish: RunReportWish): Promise<RunReport> {
  const { metric, part, models, claims } = wish;
  if (wish.snapshots.length === 0 || wish.snapshots.length > MOST_SNAPSHOTS)
    throw new DomainError('BAD_INPUT', `snapshots: name 1 to ${MOST_SNAPSHOTS} of them.`);
  const snapshots = await Promise.all(wish.snapshots.map((digest) => knownSnapshot(context, digest)));
  for (const { datasetId } of snapshots) requireMay(context, 'dataset.read', datasetScope(datasetId));
  const greater = wish.isGreaterBetter ?? isGreaterBetter(metric);
  if (greater === null)
    throw new DomainError(
      'BAD_INPUT',
      `isGreaterBetter: the name "${metric}" does not say which way is better; say it.`,
    );
  const digests = snapshots.map(({ digest }) => digest);
  const stored = await listRunScores(context.db, digests, MOST_SCORES + 1);
  if (stored.length > MOST_SCORES)
    throw new DomainError(
      'LIMIT_EXCEEDED',
      `More than ${MOST_SCORES} scores were reported; ask for fewer snapshots.`,
    );
  const headers = new Map(
    snapshots.map(({ digest, header }) => [digest, parseSnapshotHeader(Buffer.from(header, 'utf8'))]),
  );
  const datasets = new Map(snapshots.map(({ digest, datasetId }) => [digest, datasetId]));
  const scores = stored
    .filter(({ model }) => models === null || models.includes(model))
    .map((score) => withSizes(score, headers.get(score.snapshot)!));
  const wanted = scores.filter((score) => score.metric === metric && score.part === part);
  const { counted } = withoutTwins(wanted);
  const outcomes = await listOutcomes(
    context.db,
    wanted.map(({ run }) => run),
    part,
  );
  return runReport(
    scores,
    { metric, part, isGreaterBetter: greater, claims },
    (digest) => datasets.get(digest)!,
    (model, snapshot) => {
      const of = (one: { model: string; snapshot: string }) =>
        one.model === model && one.snapshot === snapshot;
      return testSampling(metric, counted.filter(of), outcomes.find(of)?.table ?? null);
    },
  );
}
