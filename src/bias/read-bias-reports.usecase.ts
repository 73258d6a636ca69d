import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { DomainError } from '../kernel/errors.ts';
import { sha256 } from '../kernel/sha256.ts';
import { type Context, inTransaction } from '../platform/context.ts';
import { type AgreementReport, agreementReport } from './agreement-report.ts';
import { type AssociationReport, associationReport } from './association-report.ts';
import { countCellRows, countClassUnits, countLevelRows, countSubjects } from './bias.store.ts';
import type { Population, RandomStreams, ReportKind } from './bias-counts.ts';
import { type MeasurementReport, measurementReport } from './measurement-report.ts';
import { measureSubjects } from './measurements.store.ts';
import { countRatings } from './ratings.store.ts';
import { type SelectionReport, selectionReport } from './selection-report.ts';
import { listFactorColumns } from './subjects.store.ts';
import type { TargetPopulation } from './target-population.ts';
import { listTargets } from './targets.store.ts';

/** What every report says of itself; the same dataset, revision and target give the same report. */
export interface ReportFrame extends Population {
  readonly kind: ReportKind;
  readonly datasetId: string;
  readonly revision: number;
  /** What the streams of the Monte-Carlo p-values are made of. */
  readonly seed: string;
}

export async function readTargets(
  context: Context,
  dataset: Dataset,
  asOf?: number | null,
): Promise<TargetPopulation[]> {
  return listTargets(context.db, { datasetId: dataset.id, asOf: revisionAsked(dataset, asOf) });
}

/** Against the target named; the only one declared where none is named. */
export async function readSelectionReport(
  context: Context,
  dataset: Dataset,
  asked: { asOf?: number | null; target?: string | null },
): Promise<SelectionReport & ReportFrame> {
  const at = { datasetId: dataset.id, asOf: revisionAsked(dataset, asked.asOf) };
  const targets = await listTargets(context.db, at);
  const target = targetAsked(dataset, targets, asked.target);
  const { counts, cells, classUnits, declared } = await inTransaction(context, async ({ db }) => {
    const factors = await listFactorColumns(db, at);
    const counts = await countSubjects(db, at, factors);
    const cells = await countLevelRows(db, counts.factors);
    const classUnits = await countClassUnits(db, counts.labels.mode);
    const declared = new Set(factors.flatMap((factor) => (factor.declared ? [factor.name] : [])));
    return { counts, cells, classUnits, declared };
  });
  const { random, ...subject } = frame(dataset, at.asOf, 'SELECTION');
  const personal = dataset.sensitivity === 'PERSONAL';
  const targetNames = targets.map(({ name }) => name);
  const report = selectionReport({
    counts,
    cells,
    classUnits,
    declared,
    target,
    targetNames,
    personal,
    random,
  });
  return { ...report, ...subject, ...counts.population };
}

export async function readMeasurementReport(
  context: Context,
  dataset: Dataset,
  asOf?: number | null,
): Promise<MeasurementReport & ReportFrame> {
  const at = { datasetId: dataset.id, asOf: revisionAsked(dataset, asOf) };
  const input = await inTransaction(context, async ({ db }) =>
    measureSubjects(db, at, await listFactorColumns(db, at)),
  );
  const { random: _, ...subject } = frame(dataset, at.asOf, 'MEASUREMENT');
  return { ...measurementReport(input), ...subject, ...input.population };
}

export async function readAssociationReport(
  context: Context,
  dataset: Dataset,
  asOf?: number | null,
): Promise<AssociationReport & ReportFrame> {
  const at = { datasetId: dataset.id, asOf: revisionAsked(dataset, asOf) };
  const { counts, cells } = await inTransaction(context, async ({ db }) => {
    const counts = await countSubjects(db, at, await listFactorColumns(db, at));
    return { counts, cells: await countCellRows(db, counts.factors, counts.labels.mode) };
  });
  const { random, ...subject } = frame(dataset, at.asOf, 'ASSOCIATION');
  const personal = dataset.sensitivity === 'PERSONAL';
  const report = associationReport({ counts, cells, personal, random });
  return { ...report, ...subject, ...counts.population };
}

export async function readAgreementReport(
  context: Context,
  dataset: Dataset,
  asOf?: number | null,
): Promise<AgreementReport & ReportFrame> {
  const at = { datasetId: dataset.id, asOf: revisionAsked(dataset, asOf) };
  const counts = await inTransaction(context, ({ db }) => countRatings(db, at));
  const { random: _, ...subject } = frame(dataset, at.asOf, 'AGREEMENT');
  const report = agreementReport({ ...counts, personal: dataset.sensitivity === 'PERSONAL' });
  return { ...report, ...subject, ...counts.population };
}

function targetAsked(
  dataset: Dataset,
  targets: readonly TargetPopulation[],
  name: string | null | undefined,
): TargetPopulation | null {
  if (name === null || name === undefined) return targets.length === 1 ? targets[0]! : null;
  const target = targets.find((declared) => declared.name === name);
  if (target) return target;
  const known = targets.length === 0 ? 'none is declared' : targets.map((held) => held.name).join(', ');
  throw new DomainError('NOT_FOUND', `target: ${dataset.slug} has no target "${name}" (${known}).`);
}

/** One xoroshiro128+ stream a statistic, seeded by the first four bytes of SHA-256(seed ‖ 0x00 ‖ statistic). */
function frame(dataset: Dataset, revision: number, kind: ReportKind) {
  const seed = `holotype-bias/1 ${dataset.slug} ${revision} ${kind}`;
  const random: RandomStreams = (statistic) => {
    const generator = xoroshiro128plus(sha256(`${seed}\0${statistic}`).readInt32BE(0));
    return () => (generator.next() >>> 0) / 2 ** 32;
  };
  return { kind, datasetId: dataset.id, revision, seed, random };
}
