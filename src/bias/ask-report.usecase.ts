import { visibleDataset, visibleDatasetById } from '../catalogue/dataset.store.ts';
import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { DomainError, type Reason } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import { findSnapshot } from '../snapshots/snapshots.store.ts';
import type { Split } from '../splits/split.ts';
import { findSplit } from '../splits/splits.store.ts';
import type { ReportKind } from './bias-counts.ts';
import { type ReportRequest, reportRequest } from './report-request.ts';
import type { TargetPopulation } from './target/target-population.ts';
import { listTargets } from './target/targets.store.ts';
import { listThresholds } from './threshold/thresholds.store.ts';

/** What somebody asks of a report, beside its kind and its dataset; what is not said has its default. */
export interface ReportAsked {
  readonly asOf?: number | null;
  /** Name of a target population; the only one declared unless said. */
  readonly target?: string | null;
  readonly split?: string | null;
  readonly part?: string | null;
  /** Slug of a dataset to compare with, as it stands. */
  readonly reference?: string | null;
  readonly group?: string | null;
  readonly external?: boolean | null;
}

/** The whole request of a report on a dataset, with every fault of what was asked. */
export async function requestOfDataset(
  context: Context,
  dataset: Dataset,
  kind: ReportKind,
  asked: ReportAsked,
): Promise<ReportRequest> {
  const split = await splitAsked(context, dataset, asked.split ?? null);
  refuse(kind, asked, split);
  const asOf = split && (asked.asOf ?? null) === null ? split.revision : revisionAsked(dataset, asked.asOf);
  if (split && asOf !== split.revision)
    throw new DomainError(
      'BAD_INPUT',
      `asOf: the split "${split.name}" is of revision ${split.revision}, not ${asOf}; leave asOf out.`,
    );
  return completeRequest(context, dataset, kind, asked, { revision: asOf, split, snapshot: null });
}

/** The same on a snapshot: of its revision, and of the splits that it carries. */
export async function requestOfSnapshot(
  context: Context,
  dataset: Dataset,
  snapshot: Snapshot,
  kind: ReportKind,
  asked: Omit<ReportAsked, 'asOf'>,
): Promise<ReportRequest> {
  const { splits } = JSON.parse(snapshot.header) as SnapshotHeader;
  const names = Object.keys(splits);
  const only = kind === 'SPLIT' && names.length === 1 ? names[0]! : null;
  const name = asked.split ?? only;
  if (name !== null && !names.includes(name))
    throw new DomainError(
      'NOT_FOUND',
      `split: the snapshot carries ${names.join(', ') || 'no split'}, not "${name}".`,
    );
  const split = await splitAsked(context, dataset, name);
  refuse(kind, { ...asked, split: name }, split);
  return completeRequest(context, dataset, kind, asked, {
    revision: snapshot.revision,
    split,
    snapshot: snapshot.digest,
  });
}

export interface ReportOrdered extends ReportAsked {
  /** Slug. */
  readonly dataset: string;
  /** Digest: the report is of this snapshot of the dataset. */
  readonly snapshot?: string | null;
  readonly kind: ReportKind;
}

/** The request of an order, which names its dataset and perhaps a snapshot of it. */
export async function requestOfOrder(context: Context, ordered: ReportOrdered): Promise<ReportRequest> {
  const dataset = await visibleDataset(context, ordered.dataset);
  if (!ordered.snapshot) return requestOfDataset(context, dataset, ordered.kind, ordered);
  const snapshot = await findSnapshot(context.db, ordered.snapshot);
  if (snapshot?.datasetId !== dataset.id)
    throw new DomainError('NOT_FOUND', `snapshot: ${dataset.slug} has no snapshot ${ordered.snapshot}.`);
  return requestOfSnapshot(context, dataset, snapshot, ordered.kind, ordered);
}

export async function requestOfDatasetById(
  context: Context,
  datasetId: string,
  kind: ReportKind,
  asked: ReportAsked,
): Promise<ReportRequest> {
  return requestOfDataset(context, await visibleDatasetById(context, datasetId), kind, asked);
}

export async function requestOfSnapshotById(
  context: Context,
  snapshot: Snapshot,
  kind: ReportKind,
  asked: Omit<ReportAsked, 'asOf'>,
): Promise<ReportRequest> {
  return requestOfSnapshot(
    context,
    await visibleDatasetById(context, snapshot.datasetId),
    snapshot,
    kind,
    asked,
  );
}

async function completeRequest(
  context: Context,
  dataset: Dataset,
  kind: ReportKind,
  asked: ReportAsked,
  subject: { revision: number; split: Split | null; snapshot: string | null },
): Promise<ReportRequest> {
  const { revision, split, snapshot } = subject;
  const at = { datasetId: dataset.id, asOf: revision };
  const targets = kind === 'SELECTION' ? await listTargets(context.db, at) : [];
  const reference = asked.reference ? await visibleDataset(context, asked.reference) : null;
  return reportRequest({
    kind,
    datasetId: dataset.id,
    slug: dataset.slug,
    revision,
    snapshot,
    split: split && { id: split.id, name: split.name, digest: split.digest },
    part: asked.part ?? null,
    target: targetAsked(dataset, targets, asked.target),
    targetNames: targets.map(({ name }) => name),
    reference: reference && { datasetId: reference.id, slug: reference.slug, revision: reference.revision },
    group: kind === 'SPLIT' ? (asked.group ?? 'unit') : null,
    external: asked.external ?? false,
    thresholds: await listThresholds(context.db, at),
    personal: dataset.sensitivity === 'PERSONAL',
  });
}

function refuse(kind: ReportKind, asked: ReportAsked, split: Split | null): void {
  const reasons: Reason[] = [];
  const fault = (field: string, message: string) =>
    reasons.push({ path: [field], code: 'BAD_INPUT', message: `${field}: ${message}` });
  if (kind === 'SPLIT' && split === null) fault('split', 'a split report needs the name of a split.');
  if (kind !== 'SPLIT' && asked.part && split === null)
    fault('part', 'a part needs the split it is a part of.');
  if ((kind === 'AGREEMENT' || kind === 'SHAPES' || kind === 'RATERS') && asked.part)
    fault('part', 'a report on ratings is of all kept images; leave it out.');
  if (kind === 'ATTRITION' && asked.part)
    fault('part', 'an attrition report is of all candidates; leave it out.');
  if (kind === 'SPLIT' && asked.part) fault('part', 'a split report is of all parts; leave it out.');
  if (asked.part && split && !split.document.counts.some(({ part }) => part === asked.part))
    fault('part', `the split "${split.name}" has no part "${asked.part}".`);
  if (kind !== 'SELECTION' && asked.target)
    fault('target', 'only a selection report is held against a target.');
  if (kind !== 'SELECTION' && kind !== 'MEASUREMENT' && asked.reference)
    fault('reference', 'only selection and measurement reports compare with another dataset.');
  if (kind !== 'SPLIT' && (asked.group || asked.external))
    fault(asked.group ? 'group' : 'external', 'only a split report asks for it.');
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The report is refused.', reasons);
}

async function splitAsked(context: Context, dataset: Dataset, name: string | null): Promise<Split | null> {
  if (name === null) return null;
  const split = await findSplit(context.db, dataset.id, name);
  if (!split) throw new DomainError('NOT_FOUND', `split: ${dataset.slug} has no split "${name}".`);
  return split;
}

function targetAsked(
  dataset: Dataset,
  targets: readonly TargetPopulation[],
  name: string | null | undefined,
): ReportRequest['target'] {
  const chosen =
    name === null || name === undefined
      ? targets.length === 1
        ? targets[0]!
        : null
      : targets.find((declared) => declared.name === name);
  if (chosen === undefined) {
    const known = targets.length === 0 ? 'none is declared' : targets.map((held) => held.name).join(', ');
    throw new DomainError('NOT_FOUND', `target: ${dataset.slug} has no target "${name}" (${known}).`);
  }
  if (chosen === null) return null;
  const { datasetId: _, ...target } = chosen;
  return target;
}
