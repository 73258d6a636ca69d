import { isAcquisitionField } from '../acquisition/acquisition.store.ts';
import { lockDataset, visibleDataset } from '../catalogue/dataset.store.ts';
import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { findImagesByName } from '../catalogue/image.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { duplicatesAmong } from '../ingestion/duplicates.store.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError, type Reason } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { assignParts } from './assign-parts.ts';
import { type CertifiedSubject, certifySplit } from './certify-split.ts';
import type { Split } from './split.ts';
import { splitDocument } from './split-document.ts';
import type { SplitKeys, SplitRequest } from './split-strategy.ts';
import { findSplit, listSubjects, replaceDraft } from './splits.store.ts';

export interface SplitInput extends SplitRequest, SplitKeys {
  readonly dataset: string;
  readonly name: string;
  /** For strategy IMPORTED: image names and their parts. */
  readonly assignment: readonly { image: string; part: string }[];
}

/** Divides the kept images of the current revision; a draft may be made again until it is frozen. */
export async function createSplit(context: Context, input: SplitInput): Promise<Split> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'split.write', datasetScope(dataset.id));
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(input.name)) {
    throw new DomainError('BAD_INPUT', `name: "${input.name}" must be 1–63 letters, digits, ".", "_", "-".`);
  }
  const at = { datasetId: dataset.id, asOf: revisionAsked(dataset, null) };
  await requireFields(context, at, input);
  const entry = { action: 'split.create', subject: datasetScope(dataset.id), detail: { name: input.name } };
  return recorded(context, entry, async (inner) => {
    await lockDataset(inner.db, dataset.id);
    const held = await findSplit(inner.db, dataset.id, input.name);
    if (held?.state === 'FROZEN')
      throw new DomainError(
        'FROZEN',
        `name: the split "${input.name}" is frozen; make a new one under another name.`,
      );
    const subjects = await subjectsOf(inner, dataset, at, input);
    const { strategy, seed, folds, groupBy, stratifyBy } = input;
    const parts = input.parts.map(({ name, share }) => ({ name, share }));
    const request = { strategy, seed, parts, folds };
    const keys = { groupBy, stratifyBy };
    const assignment = assignParts(request, subjects);
    const { document, digest } = splitDocument(request, keys, assignment);
    const { near, hashedCount } = await duplicatesAmong(inner.db, at);
    const certificate = certifySplit({
      request,
      keys,
      subjects,
      assignment,
      digest,
      nearPairs: hashedCount > 0 ? near : null,
      waiver: null,
    });
    const split = {
      datasetId: dataset.id,
      name: input.name,
      revision: at.asOf,
      request: { ...request, ...keys },
      document,
      digest,
      certificate,
    };
    return replaceDraft(inner.db, split, assignment, inner.now());
  });
}

async function requireFields(
  context: Context,
  at: { datasetId: string; asOf: number },
  keys: SplitKeys,
): Promise<void> {
  const reasons: Reason[] = [];
  for (const field of ['groupBy', 'stratifyBy'] as const) {
    const name = keys[field];
    if (
      name === null ||
      (field === 'stratifyBy' && name === 'label') ||
      (await isAcquisitionField(context.db, at, name))
    )
      continue;
    reasons.push({
      path: [field],
      code: 'UNKNOWN_COLUMN',
      message: `${field}: the dataset has no field "${name}".`,
    });
  }
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The split is refused.', reasons);
}

async function subjectsOf(
  context: Context,
  dataset: Dataset,
  at: { datasetId: string; asOf: number },
  input: SplitInput,
): Promise<CertifiedSubject[]> {
  const subjects = await listSubjects(context.db, at, input);
  if (input.strategy !== 'IMPORTED') return subjects;
  const images = await findImagesByName(
    context.db,
    dataset.id,
    at.asOf,
    input.assignment.map(({ image }) => image),
  );
  const idOf = new Map(images.map(({ name, id }) => [name, id]));
  const partOf = new Map<string, string>();
  const reasons: Reason[] = [];
  input.assignment.forEach(({ image, part }, row) => {
    const id = idOf.get(image);
    if (!id)
      reasons.push({
        path: ['assignment', String(row), 'image'],
        code: 'UNKNOWN_IMAGE',
        message: `row ${row}: no image "${image}" is in the dataset.`,
      });
    else if (partOf.has(id) && partOf.get(id) !== part) {
      reasons.push({
        path: ['assignment', String(row), 'part'],
        code: 'DUPLICATE_ROW',
        message: `row ${row}: "${image}" is already in part "${partOf.get(id)}".`,
      });
    } else partOf.set(id, part);
  });
  if (reasons.length > 0)
    throw new DomainError(
      'BAD_INPUT',
      `${reasons.length} rows of the list are refused; nothing was written.`,
      reasons,
    );
  // An image that the list does not name is in no part; manifests then say nothing of it under this split.
  return subjects
    .filter(({ image }) => partOf.has(image))
    .map((subject) => ({ ...subject, part: partOf.get(subject.image)! }));
}
