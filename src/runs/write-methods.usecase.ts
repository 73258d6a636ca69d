import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import { parseSnapshotHeader, type SnapshotHeader } from '../snapshots/snapshot-header.ts';
import { listTags } from '../snapshots/snapshots.store.ts';
import { SPLIT_STRATEGIES, type SplitStrategy, splitTraits } from '../splits/split-strategy.ts';
import { findSplit } from '../splits/splits.store.ts';
import {
  type CaptureCounts,
  countCapture,
  countRatings,
  findAgreement,
  type RatingCounts,
  summariseRuns,
} from './methods.store.ts';
import { orderedSeeds } from './methods-choices.ts';
import type { MethodsFacts, MethodsRuns, MethodsSplit, RecordedValues } from './methods-facts.ts';
import { methodsParagraph } from './methods-paragraph.ts';
import { type MethodsFact, methodsSources } from './methods-sources.ts';
import type { MethodsLanguage } from './methods-writing.ts';

const MOST_MODELS = 30;

export interface MethodsParagraph {
  readonly text: string;
  readonly facts: readonly MethodsFact[];
}

/** What a snapshot's authors may write of its data and of the runs on it, of all models or of those named. */
export async function writeMethods(
  context: Context,
  snapshot: Snapshot,
  { language, models }: { language: MethodsLanguage; models: readonly string[] | null },
): Promise<MethodsParagraph> {
  requireMay(context, 'dataset.read', datasetScope(snapshot.datasetId));
  if (models?.length === 0)
    throw new DomainError('BAD_INPUT', 'models: name one at least, or leave it out for all.');
  const facts = await gather(context, snapshot, models);
  return { text: methodsParagraph(facts, language), facts: methodsSources(facts) };
}

async function gather(
  context: Context,
  { digest, datasetId, revision, header: bytes, publishedAt }: Snapshot,
  models: readonly string[] | null,
): Promise<MethodsFacts> {
  const header = parseSnapshotHeader(Buffer.from(bytes, 'utf8'));
  const at = { datasetId, asOf: revision };
  const { slug } = await visibleDatasetById(context, datasetId);
  const capture = await countCapture(context.db, at);
  const ratings = await countRatings(context.db, at);
  const isPersonal = header.sensitivity === 'PERSONAL';
  return {
    title: header.title,
    slug,
    licence: header.license,
    digest,
    revision,
    tags: (await listTags(context.db, [digest])).map(({ tag }) => tag),
    published: publishedAt.toISOString().slice(0, 10),
    isPersonal,
    images: header.size,
    references: header.images.reference,
    unit: { field: header.unit, ...unitsOf(header, capture) },
    captured: capturedOf(capture, isPersonal),
    sites: valuesOf(capture.sites, isPersonal),
    devices: valuesOf(capture.devices, isPersonal),
    classes: header.classes.map(({ name }) => name),
    annotations: ratings.annotations,
    raters: ratings.raters,
    ratings: ratingsOf(ratings, header.size),
    agreement: await findAgreement(context.db, { ...at, snapshot: digest }),
    consensus: header.consensus ?? [],
    splits: await Promise.all(
      Object.entries(header.splits).map(([name, carried]) => splitOf(context, datasetId, name, carried)),
    ),
    runs: await runsOf(context, digest, models),
  };
}

function unitsOf(header: SnapshotHeader, { units, imagesOfUnknownUnit }: CaptureCounts) {
  return header.unit === 'image'
    ? { units: header.size, imagesOfUnknownUnit: 0 }
    : { units, imagesOfUnknownUnit };
}

/** Of people the years alone are told: a day and a place may single one out. */
function capturedOf({ captured }: CaptureCounts, isPersonal: boolean): MethodsFacts['captured'] {
  const { images, from, to } = captured;
  if (from === null || to === null) return null;
  return isPersonal ? { images, from: from.slice(0, 4), to: to.slice(0, 4) } : { images, from, to };
}

function valuesOf(recorded: RecordedValues, isPersonal: boolean): RecordedValues | null {
  const { images, values } = recorded;
  if (images === 0) return null;
  const isMany = values.count > values.shown.length;
  return { images, values: isPersonal || isMany ? { shown: [], count: values.count } : values };
}

function ratingsOf({ images, people, least, most }: RatingCounts, size: number): MethodsFacts['ratings'] {
  if (images === 0) return null;
  const imagesWithout = size - images;
  return { mean: people / size, least: imagesWithout > 0 ? 0 : least, most, imagesWithout };
}

async function splitOf(
  context: Context,
  datasetId: string,
  name: string,
  carried: SnapshotHeader['splits'][string],
): Promise<MethodsSplit> {
  const strategy = SPLIT_STRATEGIES.find((known) => known === carried.strategy);
  if (!strategy)
    throw new DomainError(
      'MALFORMED_FILE',
      `The split ${name} has an unknown strategy: ${carried.strategy}.`,
    );
  const found = await findSplit(context.db, datasetId, name);
  const held = found?.digest === carried.digest ? found : null;
  return {
    name,
    digest: carried.digest,
    strategy,
    seed: carried.seed === null || !isDrawn(strategy) ? null : String(carried.seed),
    algorithm: held?.document.algorithm ?? null,
    groupBy: held?.groupBy ?? null,
    stratifyBy: held?.stratifyBy ?? null,
    waiver: held?.state === 'FROZEN' ? held.waiver : null,
    counts: inOrder(carried.counts, held?.document.counts.map(({ part }) => part) ?? []),
  };
}

function isDrawn(strategy: SplitStrategy): boolean {
  return splitTraits(strategy).parts !== 'VALUES' && strategy !== 'BY_TIME';
}

/** The header has the parts by name; a reader expects them as the split was asked for. */
function inOrder(counts: MethodsSplit['counts'], parts: readonly string[]): MethodsSplit['counts'] {
  return [...counts].sort((first, second) => parts.indexOf(first.part) - parts.indexOf(second.part));
}

async function runsOf(
  { db }: Context,
  snapshot: string,
  models: readonly string[] | null,
): Promise<MethodsRuns | null> {
  const made = await summariseRuns(db, { snapshot, models, mostModels: MOST_MODELS + 1 });
  const known = (made?.models ?? []).map(({ model }) => model);
  const missing = models?.filter((name) => !known.includes(name)) ?? [];
  if (missing.length > 0 && known.length <= MOST_MODELS)
    throw new DomainError(
      'NOT_FOUND',
      `models: no run of ${missing.map((name) => `"${name}"`).join(', ')} is told on this snapshot; name one that its trainingRuns list.`,
    );
  if (known.length > MOST_MODELS)
    throw new DomainError(
      'LIMIT_EXCEEDED',
      `models: runs of more than ${MOST_MODELS} models are told; name those that the paragraph is of.`,
    );
  return (
    made && { ...made, models: made.models.map((model) => ({ ...model, seeds: orderedSeeds(model.seeds) })) }
  );
}
