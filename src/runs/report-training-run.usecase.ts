import { lockDataset, visibleDataset } from '../catalogue/dataset.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import { findTag, knownSnapshot } from '../snapshots/snapshots.store.ts';
import { findTrainingRunByKey, insertTrainingRun, type TrainingRun } from './runs.store.ts';
import { checkTrainingRun, reportDigest, type TrainingRunReport } from './training-run.ts';

export interface Reported {
  readonly run: TrainingRun;
  /** False where the same report came before under the same key. */
  readonly created: boolean;
}

/** A consumer says what it trained on a pinned snapshot, and how that went. Whoever may fetch may report. */
export async function reportTrainingRun(
  context: Context,
  input: TrainingRunReport & { snapshot: string },
): Promise<Reported> {
  const snapshot = await namedSnapshot(context, input.snapshot);
  requireMay(context, 'run.report', datasetScope(snapshot.datasetId));
  checkTrainingRun(input, (JSON.parse(snapshot.header) as SnapshotHeader).splits);
  const content = reportDigest(snapshot.digest, input);
  const entry = {
    action: 'run.report',
    subject: datasetScope(snapshot.datasetId),
    detail: { snapshot: snapshot.digest, model: input.model, content },
  };
  return recorded(context, entry, async ({ db, actor, now }) => {
    const { datasetId, digest } = snapshot;
    if (input.key !== null) {
      await lockDataset(db, datasetId);
      const held = await findTrainingRunByKey(db, datasetId, input.key);
      if (held) return { run: requireSame(held, content, actor!.principalId), created: false };
    }
    const told = { ...input, datasetId, snapshot: digest, principalId: actor!.principalId, content };
    return { run: await insertTrainingRun(db, told, now()), created: true };
  });
}

function requireSame(held: TrainingRun, content: string, principalId: string): TrainingRun {
  if (held.content === content && held.principalId === principalId) return held;
  throw new DomainError(
    'CONFLICT',
    `key: "${held.key}" names another run of this dataset already; a run is written once. Give this one another key.`,
  );
}

/** `sha256:HEX`, `SLUG@sha256:HEX` or `SLUG@TAG`; the run is kept under the digest. */
async function namedSnapshot(context: Context, reference: string): Promise<Snapshot> {
  const [, slug, rest] = /^([^@]+)@(.+)$/.exec(reference) ?? [];
  if (slug === undefined) return knownSnapshot(context, reference);
  const dataset = await visibleDataset(context, slug);
  const isDigest = /^(?:sha256[:-])?[0-9a-f]{64}$/.test(rest!);
  const digest = isDigest ? rest! : await findTag(context.db, dataset.id, rest!);
  if (digest === null) throw new DomainError('NOT_FOUND', `snapshot: ${slug} has no tag "${rest}".`);
  const snapshot = await knownSnapshot(context, digest);
  if (snapshot.datasetId !== dataset.id)
    throw new DomainError('NOT_FOUND', `snapshot: ${slug} has no snapshot ${snapshot.digest}.`);
  return snapshot;
}
