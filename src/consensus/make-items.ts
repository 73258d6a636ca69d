import { type ClassItem, voteShareItem } from './class-consensus.ts';
import type { ConsensusRequest } from './consensus-request.ts';
import { DEFAULT_PARAMETERS } from './consensus-request.ts';
import { dawidSkeneConsensus, type FitSummary } from './dawid-skene-consensus.ts';
import type { ImageRatings } from './image-ratings.ts';
import { type BoxItem, boxItem, type MaskItem, maskItem } from './shape-consensus.ts';

export type ConsensusItem = ClassItem | BoxItem | MaskItem;

/** The items of some images by a method that looks at one image at a time; null: the method needs all of them. */
export function itemsOf(
  { method, parameters }: ConsensusRequest,
  images: readonly ImageRatings[],
  classCount: number,
): ConsensusItem[] | null {
  const { overlapAbove, supportAbove } = { ...DEFAULT_PARAMETERS, ...parameters };
  switch (method) {
    case 'VOTE_SHARE':
      return images.flatMap((image) => voteShareItem(image, classCount) ?? []);
    case 'WEIGHTED_BOXES_FUSION':
      return images.flatMap((image) => boxItem(image, Number(overlapAbove), Number(supportAbove)) ?? []);
    case 'MEAN_MASK':
    case 'STAPLE':
      return images.flatMap((image) => maskItem(image, method, Number(supportAbove)) ?? []);
    case 'DAWID_SKENE':
      return null;
  }
}

/** The items of a method that looks at all images together; null where it was stopped. */
export function itemsTogether(
  { parameters }: ConsensusRequest,
  images: readonly ImageRatings[],
  classCount: number,
  progress: (iteration: number) => boolean,
): { items: ConsensusItem[]; fits: FitSummary[] } | null {
  return dawidSkeneConsensus(images, classCount, { ...DEFAULT_PARAMETERS, ...parameters }, progress);
}
