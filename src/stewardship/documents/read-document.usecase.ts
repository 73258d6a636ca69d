import { visibleDataset, visibleDatasetById } from '../../catalogue/dataset.store.ts';
import { type Dataset, revisionAsked } from '../../catalogue/dataset.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import type { Context } from '../../platform/context.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { knownSnapshot } from '../../snapshots/snapshots.store.ts';
import type { DataFacts } from './data-facts.ts';
import { listAnswers } from './document-answers.store.ts';
import { gatherFacts } from './gather-facts.store.ts';
import type { HumanAnswer } from './governance-document.ts';

/** All that documents are made of. */
export interface DocumentMaterial {
  readonly facts: DataFacts;
  readonly answers: readonly HumanAnswer[];
  readonly answersAsOf: number;
}

/** Of a dataset as of a revision; of the present one unless said. */
export async function readDatasetMaterial(
  context: Context,
  dataset: Dataset,
  asked: number | null,
): Promise<DocumentMaterial> {
  requireMay(context, 'dataset.read', datasetScope(dataset.id));
  const asOf = revisionAsked(dataset, asked);
  return {
    facts: await gatherFacts(context, dataset, asOf, null),
    answers: await listAnswers(context.db, { datasetId: dataset.id, asOf }),
    answersAsOf: asOf,
  };
}

export async function readDatasetMaterialBySlug(
  context: Context,
  slug: string,
  asked: number | null,
): Promise<DocumentMaterial> {
  return readDatasetMaterial(context, await visibleDataset(context, slug), asked);
}

/** Of a snapshot; people's answers as of its own revision, or of a later one that is named. */
export async function readSnapshotMaterial(
  context: Context,
  { digest }: Pick<Snapshot, 'digest'>,
  asked: number | null,
): Promise<DocumentMaterial> {
  const snapshot = await knownSnapshot(context, digest);
  const dataset = await visibleDatasetById(context, snapshot.datasetId);
  const answersAsOf = revisionAsked(dataset, asked ?? snapshot.revision);
  return {
    facts: await gatherFacts(context, dataset, snapshot.revision, snapshot),
    answers: await listAnswers(context.db, { datasetId: dataset.id, asOf: answersAsOf }),
    answersAsOf,
  };
}
