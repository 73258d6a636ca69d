import type { EntityManager } from 'typeorm';
import { requireConsentToPublish } from '../../acquisition/consent/require-consent.store.ts';
import { visibleDatasetById } from '../../catalogue/dataset.store.ts';
import { DomainError } from '../../kernel/errors.ts';
import { OPEN_REVISION } from '../../kernel/revision.ts';
import type { Context } from '../../platform/context.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import type { SnapshotHeader } from '../../snapshots/snapshot-header.ts';
import type { PublicationRules } from './publication-rule.ts';
import { currentRules } from './rules.store.ts';

/**
 * Refuses a snapshot of which an image was excluded, replaced or withdrawn since it was made. The caller holds the
 * dataset's lock, so that none is in between. What was only added since does not matter.
 */
export async function requireImagesKept(
  db: EntityManager,
  { datasetId, revision, imageCount }: Pick<Snapshot, 'datasetId' | 'revision' | 'imageCount'>,
): Promise<void> {
  const [dataset] = await db.query('SELECT revision FROM dataset WHERE id = $1', [datasetId]);
  if (dataset.revision === revision) return;
  const [{ kept }] = await db.query(
    `SELECT count(*)::int AS kept FROM image i WHERE i.dataset_id = $1 AND i.since <= $2 AND i.until = ${OPEN_REVISION}
       AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id
                       AND (e.until = ${OPEN_REVISION} OR (e.since <= $2 AND $2 < e.until)))`,
    [datasetId, revision],
  );
  if (kept === imageCount) return;
  throw new DomainError(
    'CONFLICT',
    `${imageCount - kept} of the ${imageCount} images were excluded, replaced or withdrawn since revision ${revision}, of which this snapshot is; propose it again.`,
  );
}

/** Refuses what was checked by rules that are no longer in force. */
export async function requireRulesInForce(
  db: EntityManager,
  checked: Pick<PublicationRules, 'datasetId' | 'version'>,
): Promise<void> {
  const { version } = await currentRules(db, checked.datasetId);
  if (version === checked.version) return;
  throw new DomainError(
    'CONFLICT',
    `The rules of publication were declared anew since: it was checked by version ${checked.version}, and ${version} is in force; propose it again.`,
  );
}

/** Refuses what names another licence than is granted now, or holds an image whose subject no longer consents to it. */
export async function requireTermsInForce(
  context: Context,
  { datasetId, revision, header }: Pick<Snapshot, 'datasetId' | 'revision' | 'header'>,
): Promise<void> {
  const { slug, licence } = await visibleDatasetById(context, datasetId);
  const { license } = JSON.parse(header) as SnapshotHeader;
  if (license !== licence)
    throw new DomainError(
      'CONFLICT',
      `The licence of ${slug} was changed since from ${license ?? 'none'} to ${licence ?? 'none'}; propose it again.`,
    );
  await requireConsentToPublish(context, { datasetId, slug, asOf: revision });
}
