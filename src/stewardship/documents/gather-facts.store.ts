import { listFactors } from '../../acquisition/acquisition.store.ts';
import { findDescription } from '../../catalogue/dataset.store.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { listLabelClasses } from '../../catalogue/label-schema.store.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { parseSnapshotHeader } from '../../snapshots/snapshot-header.ts';
import { findSplit } from '../../splits/splits.store.ts';
import type { DataFacts } from './data-facts.ts';
import { findCaptureFacts, findImageFacts, listFieldFacts } from './image-facts.store.ts';
import { findLabelFacts, findLabellingFacts } from './label-facts.store.ts';
import { makeDataFacts, type RawFacts } from './make-data-facts.ts';
import {
  findFlowFacts,
  findGovernedFacts,
  findRevisionFacts,
  findRunFacts,
  listConsensusFacts,
  listFrozenSplits,
  listReportFacts,
  listVersions,
} from './record-facts.store.ts';

/** The UTC day. */
const dayOf = (time: Date) => time.toISOString().slice(0, 10);

/** What the record knows of a dataset at a revision, or of a snapshot of it: some twenty statements, whatever its size. */
export async function gatherFacts(
  { db }: Pick<Context, 'db'>,
  dataset: Dataset,
  asOf: number,
  snapshot: Snapshot | null,
): Promise<DataFacts> {
  const at = { datasetId: dataset.id, asOf };
  const header = snapshot && parseSnapshotHeader(Buffer.from(snapshot.header, 'utf8'));
  const described = asOf === 0 ? null : await findDescription(db, at);
  if (described === null)
    throw new DomainError('BAD_INPUT', 'asOf: at revision 0 nothing was recorded; the first is 1.');
  const splits = await splitsOf(db, at, header?.splits ?? null);
  const carried = snapshot && { digest: snapshot.digest, splits: splits.map(({ digest }) => digest) };
  const provenance = await findRevisionFacts(db, at);
  const created = dayOf(dataset.createdAt);
  return makeDataFacts({
    subject: {
      ...described,
      title: header?.title ?? described.title,
      licence: header ? header.license : described.licence,
      dataset: dataset.slug,
      isPersonal: dataset.sensitivity === 'PERSONAL',
      revision: asOf,
      created,
      snapshot: snapshot?.digest ?? null,
      published: snapshot && dayOf(snapshot.publishedAt),
      parent: header?.parent ?? null,
    },
    publishedImages: header?.size ?? null,
    governed: await findGovernedFacts(db, at),
    unitField: dataset.unit,
    images: await findImageFacts(db, at),
    fields: await listFieldFacts(db, at),
    capture: await findCaptureFacts(db, at),
    labels: await findLabelFacts(db, at),
    labelling: await findLabellingFacts(db, at),
    flow: await findFlowFacts(db, at),
    classes: header
      ? header.classes.map(({ name }) => name)
      : (await listLabelClasses(db, at)).map(({ name }) => name),
    factors: (await listFactors(db, at)).map(({ name, kind, unit }) => ({ name, kind, unit })),
    splits,
    consensuses: header
      ? (header.consensus ?? []).map(({ name, method }) => ({ name, method }))
      : await listConsensusFacts(db, at),
    reports: await listReportFacts(db, at, carried),
    runs: await findRunFacts(db, dataset.id, snapshot?.digest ?? null),
    versions: snapshot ? [] : await listVersions(db, at),
    provenance: provenance ?? { revisions: 0, first: created, last: created, steps: [] },
  });
}

/** The splits that a snapshot carries, as it counts them; of a dataset those frozen up to the revision. */
async function splitsOf(
  db: Context['db'],
  at: { datasetId: string; asOf: number },
  carried: ReturnType<typeof parseSnapshotHeader>['splits'] | null,
): Promise<RawFacts['splits']> {
  const names = carried ? Object.keys(carried) : await listFrozenSplits(db, at);
  const splits = await Promise.all(names.map((name) => findSplit(db, at.datasetId, name)));
  return splits.flatMap((split) => {
    if (split?.state !== 'FROZEN') return [];
    const { name, digest, strategy, seed, groupBy, stratifyBy, waiver, certificate, document } = split;
    const counts = carried?.[name]?.counts ?? document.counts;
    const leaks = certificate.leakage.leaks;
    return [{ name, digest, strategy, seed, groupBy, stratifyBy, waiver, leaks, counts }];
  });
}
