import { type BulkReport, type RefusedRow, refusedRow } from '../catalogue/bulk.ts';
import { findImagesByName } from '../catalogue/image.store.ts';
import { revise } from '../catalogue/revise.store.ts';
import type { Context } from '../platform/context.ts';
import { replaceRefusals } from './refusals.store.ts';
import type { RefusedImage } from './refused-image.ts';

export interface RefusedImagesInput {
  readonly dataset: string;
  readonly refusals: readonly RefusedImage[];
}

/**
 * Enters into the exclusion ledger what a client refused before it sent it. A name that the dataset holds is not lost:
 * it counts as already there, as does what the ledger says already.
 */
export async function recordRefusedImages(
  context: Context,
  { dataset, refusals }: RefusedImagesInput,
): Promise<BulkReport> {
  const request = {
    dataset,
    action: 'dataset.curate',
    verb: 'images.refuse',
    summary: `${refusals.length} candidate images refused`,
  } as const;
  return revise(context, request, async ({ db, actor }, target) => {
    const { datasetId } = target;
    const names = refusals.map(({ name }) => name);
    const images = await findImagesByName(db, datasetId, target.dataset.revision, names);
    const held = new Set(images.map(({ name }) => name));
    const refused = refusals.flatMap(faultsOf);
    const bad = new Set(refused.map(({ row }) => row));
    const lost = new Map<string, RefusedImage>();
    for (const [row, refusal] of refusals.entries())
      if (!bad.has(row) && !held.has(refusal.name)) lost.set(refusal.name, refusal);
    const taken = await replaceRefusals(db, target, [...lost.values()], actor?.principalId ?? null);
    const revision = taken > 0 ? target.revision : target.dataset.revision;
    const alreadyThere = refusals.length - bad.size - taken;
    return { changed: taken > 0, result: { datasetId, revision, taken, alreadyThere, refused } };
  });
}

const LONGEST = { name: 1024, reason: 4096 };

function faultsOf(refusal: RefusedImage, row: number): RefusedRow[] {
  return (['name', 'reason'] as const).flatMap((field) => {
    const text = refusal[field];
    if (text.trim() !== '' && text.length <= LONGEST[field]) return [];
    const message = `row ${row}: ${field} must have 1–${LONGEST[field]} characters.`;
    return [refusedRow(row, refusal.name, { path: [field], code: 'BAD_INPUT', message })];
  });
}
