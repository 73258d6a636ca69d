import { type BoxAgreement, boxAgreement } from './box-agreement.ts';
import { type MaskAgreement, maskAgreement } from './mask-agreement.ts';
import type { ShapeImage } from './shape-images.ts';
import { LARGE_DROP, LONGEST_PAIR_LIST, MOST_PAIRS, OBJECTS_AGREED } from './shape-thresholds.ts';

export const SHAPE_NOTES = {
  BORDERS_DISPUTED: 'F1 falls far from IoU .5 to .75: borders, not objects, are disputed.',
  IDENTICAL_MASKS:
    'The same masks, to the pixel, stand under two names: one was copied from the other, both are one person, or both kept one proposal. Agreement with such a pair is circular.',
  OTHER_FRAMES: 'Masks of different frames of one image are not compared, for nothing is stretched.',
  DISTANCES_OF_A_PART:
    'Distances between boundaries were measured on the first pairs of masks only, images in the order of their ids: on all of them it would take too long.',
  PAIRS_CUT: `Only the ${LONGEST_PAIR_LIST} pairs of annotators that agree least are listed.`,
  PAIRS_LEFT_OUT: `Only the first ${MOST_PAIRS} pairs of annotators are looked at one by one; the figures over all count every pair.`,
} as const;
export type ShapeNoteCode = keyof typeof SHAPE_NOTES;

export interface ShapeNote {
  readonly code: ShapeNoteCode;
  readonly sentence: string;
}

export interface ShapeAgreement {
  readonly boxes: BoxAgreement;
  readonly masks: MaskAgreement;
  readonly notes: readonly ShapeNote[];
}

/**
 * How much do people agree on where things are? (specification §6.5, §6.6) Reads the images once, in the order of their ids;
 * what it keeps grows with the pairs of annotators who share images, not with the images. Annotators are compared on
 * what both looked at: no shape is a statement only of somebody who saw the image. Adjudicated shapes, and second looks
 * of one annotator, are left out by the caller.
 */
export function shapeAgreement(
  images: Iterable<ShapeImage>,
  personal: boolean,
  mostDistancePixels?: number,
): ShapeAgreement {
  const fold = shapeAgreementFold(personal, mostDistancePixels);
  for (const image of images) fold.add(image);
  return fold.made();
}

/** `shapeAgreement`, an image at a time. */
export function shapeAgreementFold(
  personal: boolean,
  mostDistancePixels?: number,
): { add(image: ShapeImage): void; made(): ShapeAgreement } {
  const [boxFold, maskFold] = [boxAgreement(personal), maskAgreement(personal, mostDistancePixels)];
  return {
    add(image) {
      boxFold.add(image);
      maskFold.add(image);
    },
    made: () => withNotes(boxFold.made(), maskFold.made()),
  };
}

function withNotes(boxes: BoxAgreement, masks: MaskAgreement): ShapeAgreement {
  const holds: Record<ShapeNoteCode, boolean> = {
    BORDERS_DISPUTED: (boxes.f1At50.value ?? 0) >= OBJECTS_AGREED && (boxes.f1Drop.value ?? 0) >= LARGE_DROP,
    IDENTICAL_MASKS: masks.identicalMasks.length > 0,
    OTHER_FRAMES: masks.imagesOfOtherFrames > 0,
    DISTANCES_OF_A_PART: masks.distancesMeasured < masks.masksCompared,
    PAIRS_CUT: Math.max(boxes.pairCount, masks.pairCount) > LONGEST_PAIR_LIST,
    PAIRS_LEFT_OUT: Math.max(boxes.pairCount, masks.pairCount) >= MOST_PAIRS,
  };
  const codes = (Object.keys(SHAPE_NOTES) as ShapeNoteCode[]).filter((code) => holds[code]);
  return { boxes, masks, notes: codes.map((code) => ({ code, sentence: SHAPE_NOTES[code] })) };
}
