import { type ClassItem, voteShareItem } from './class-consensus.ts';
import type { ConsensusRequest } from './consensus-request.ts';
import { DEFAULT_PARAMETERS } from './consensus-request.ts';
import { dawidSkeneConsensus, type FitSummary, notFitted } from './dawid-skene-consensus.ts';
import type { ImageRatings } from './image-ratings.ts';
import { presenceItem, showsSeveralClasses } from './several-classes.ts';
import { type BoxItem, boxItem, type MaskItem, maskItem } from './shape-consensus.ts';

export type ConsensusItem = ClassItem | BoxItem | MaskItem;

/** The items of some images by a method that looks at one image at a time; null: it needs to see them all. */
export function itemsOf(
  { method, parameters }: ConsensusRequest,
  images: readonly ImageRatings[],
): ConsensusItem[] | null {
  const { overlapAbove, supportAbove } = { ...DEFAULT_PARAMETERS, ...parameters };
  switch (method) {
    case 'WEIGHTED_BOXES_FUSION':
      return images.flatMap((image) => boxItem(image, Number(overlapAbove), Number(supportAbove)) ?? []);
    case 'MEAN_MASK':
    case 'STAPLE':
      return images.flatMap((image) => maskItem(image, method, Number(supportAbove)) ?? []);
    case 'VOTE_SHARE':
    case 'DAWID_SKENE':
      return null;
  }
}

/**
 * The items of a method that looks at all images together; null where it was stopped. Where images show several classes it is
 * vote shares class by class: Dawid and Skene's model is of one class an image.
 */
export function itemsTogether(
  { method, parameters }: ConsensusRequest,
  images: readonly ImageRatings[],
  classCount: number,
  progress: (iteration: number) => boolean,
): { items: ConsensusItem[]; fits: FitSummary[]; severalClasses: boolean } | null {
  if (showsSeveralClasses(images)) {
    const items = images.flatMap((image) => presenceItem(image) ?? []);
    const fits = method === 'DAWID_SKENE' ? [notFitted(items.length, 'SEVERAL_CLASSES_AN_IMAGE')] : [];
    return { items, fits, severalClasses: true };
  }
  if (method === 'VOTE_SHARE') {
    const items = images.flatMap((image) => voteShareItem(image, classCount) ?? []);
    return { items, fits: [], severalClasses: false };
  }
  const made = dawidSkeneConsensus(images, classCount, { ...DEFAULT_PARAMETERS, ...parameters }, progress);
  return made && { ...made, severalClasses: false };
}
