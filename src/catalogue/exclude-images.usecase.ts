import { DomainError, type Reason } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { visibleDatasetById } from './dataset.store.ts';
import type { Dataset } from './dataset.ts';
import { findImagesByName, insertExclusions } from './image.store.ts';
import { closeRows, revise } from './revise.store.ts';

/** The flow of statistics.md §4: an image leaves it at one stage, for one reason. */
export const EXCLUSION_STAGES = ['COLLECTED', 'DECODED', 'ELIGIBLE', 'ANNOTATED', 'RELEASED'] as const;
export type ExclusionStage = (typeof EXCLUSION_STAGES)[number];

export interface ExclusionInput {
  readonly dataset: string;
  readonly exclusions: readonly { image: string; stage: ExclusionStage; reason: string }[];
}

/** Excludes images by name, each with a stage and a reason; all or none. */
export async function excludeImages(context: Context, input: ExclusionInput): Promise<Dataset> {
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'images.exclude',
    summary: `${input.exclusions.length} images excluded`,
  } as const;
  const { datasetId } = await revise(context, request, async ({ db, actor }, target) => {
    const names = input.exclusions.map(({ image }) => image);
    const held = await findImagesByName(db, target.datasetId, target.dataset.revision, names);
    const byName = new Map(held.map((image) => [image.name, image]));
    refuse(
      input.exclusions.flatMap((exclusion, index) =>
        exclusionFaults(exclusion, index, byName.has(exclusion.image)),
      ),
    );
    const changed = input.exclusions.filter(({ image, stage, reason }) => {
      const now = byName.get(image)!.exclusion;
      return now?.stage !== stage || now.reason !== reason;
    });
    const rows = changed.map(({ image, stage, reason }) => ({
      image_id: byName.get(image)!.id,
      stage,
      reason,
      excluded_by: actor?.principalId ?? null,
    }));
    await closeRows(
      db,
      'exclusion',
      target,
      rows.map((row) => row.image_id),
    );
    await insertExclusions(db, target, rows);
    return { changed: rows.length > 0, result: target };
  });
  return visibleDatasetById(context, datasetId);
}

/** Takes exclusions back: the images are kept again from this revision on. */
export async function readmitImages(
  context: Context,
  input: { dataset: string; images: readonly string[] },
): Promise<Dataset> {
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'images.readmit',
    summary: `${input.images.length} images readmitted`,
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const held = await findImagesByName(db, target.datasetId, target.dataset.revision, input.images);
    const names = new Set(held.map(({ name }) => name));
    refuse(input.images.flatMap((image, index) => (names.has(image) ? [] : [unknownImage(image, index)])));
    const excluded = held.filter(({ exclusion }) => exclusion !== null).map(({ id }) => id);
    await closeRows(db, 'exclusion', target, excluded);
    return { changed: excluded.length > 0, result: target };
  });
  return visibleDatasetById(context, datasetId);
}

function exclusionFaults(
  exclusion: { image: string; reason: string },
  index: number,
  known: boolean,
): Reason[] {
  const faults: Reason[] = known ? [] : [unknownImage(exclusion.image, index)];
  if (exclusion.reason.trim() === '') {
    faults.push({
      path: [String(index), 'reason'],
      code: 'BAD_INPUT',
      message: `row ${index}: an exclusion needs a reason.`,
    });
  }
  return faults;
}

function unknownImage(image: string, index: number): Reason {
  return {
    path: [String(index), 'image'],
    code: 'UNKNOWN_IMAGE',
    message: `row ${index}: no image "${image}" is in the dataset.`,
  };
}

function refuse(reasons: Reason[]): void {
  if (reasons.length > 0)
    throw new DomainError('BAD_INPUT', `${reasons.length} rows are refused; nothing was written.`, reasons);
}
