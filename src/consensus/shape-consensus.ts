import type { AreaGeometry } from '../annotation/rasterise.ts';
import { rasterise } from '../annotation/rasterise.ts';
import { encodeRuns } from '../annotation/run-length-encoding.ts';
import { compareText } from '../kernel/compare-text.ts';
import type { Decimal } from '../kernel/decimal.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Mask } from '../statistics/mask-runs.ts';
import { meanMask } from '../statistics/mean-mask.ts';
import type { ProbabilityMask } from '../statistics/probability-mask.ts';
import { segmentedMask } from '../statistics/segmented-mask.ts';
import { stapleMask } from '../statistics/staple-mask.ts';
import { unionMask } from '../statistics/union-mask.ts';
import { weightedBoxesFusion } from '../statistics/weighted-boxes-fusion.ts';
import { type ImageRatings, type Rating, seenBy } from './image-ratings.ts';
import { decimalText } from './share-text.ts';

export interface BoxItem {
  readonly image: string;
  /** How many annotators saw the image. */
  readonly seenBy: number;
  readonly boxes: readonly {
    readonly label: string | null;
    readonly x: Decimal;
    readonly y: Decimal;
    readonly width: Decimal;
    readonly height: Decimal;
    /** Share of those who saw the image with a box in it. */
    readonly support: Decimal;
    /** Standard deviations of left, top, right, bottom in pixels; null of a single box. */
    readonly deviations: readonly Decimal[] | null;
    /** Ids of the annotations fused. */
    readonly members: readonly string[];
  }[];
}

interface RunLengths {
  readonly size: readonly [number, number];
  readonly counts: string;
}

export interface MaskItem {
  readonly image: string;
  readonly seenBy: number;
  readonly masks: readonly {
    readonly label: string | null;
    /** MEAN also where STAPLE says nothing: of fewer than three, or of equal masks. */
    readonly method: 'MEAN' | 'STAPLE';
    /** Pixels of a probability above `supportAbove`; null: there is none. */
    readonly mask: RunLengths | null;
    /** Pixels of at least this probability, ascending: the soft mask as nested ones. */
    readonly levels: readonly { readonly probability: Decimal; readonly mask: RunLengths }[];
    /** STAPLE: of each annotator who saw the image, in the order of their names. */
    readonly annotators: readonly {
      readonly annotator: string;
      readonly sensitivity: Decimal | null;
      readonly specificity: Decimal | null;
    }[];
  }[];
}

/** The boxes of an image fused (`weightedBoxesFusion`, every annotator of weight 1); null where nobody saw it. */
export function boxItem(image: ImageRatings, overlapAbove: number, supportAbove: number): BoxItem | null {
  const seen = seenBy(image);
  if (seen.length === 0) return null;
  const drawn = image.ratings.filter(({ kind, pass }) => kind === 'BOX' && pass === 1);
  const labels = labelsOf(drawn);
  const boxes = drawn.map(({ id, annotator, label, geometry }) => {
    if (geometry?.kind !== 'BOX') throw new DomainError('INTERNAL', `Annotation ${id} is a BOX without one.`);
    const [left, top] = [Number(geometry.x), Number(geometry.y)];
    return {
      id,
      annotator: seen.indexOf(annotator),
      class: labels.indexOf(label),
      weight: 1,
      left,
      top,
      right: left + Number(geometry.width),
      bottom: top + Number(geometry.height),
    };
  });
  const fused = weightedBoxesFusion(boxes, { seenBy: seen.length, threshold: overlapAbove, supportAbove });
  return {
    image: image.imageId,
    seenBy: seen.length,
    boxes: fused.map((box) => ({
      label: labels[box.class]!,
      x: decimalText(box.left),
      y: decimalText(box.top),
      width: decimalText(box.right - box.left),
      height: decimalText(box.bottom - box.top),
      support: decimalText(box.support),
      deviations:
        box.deviations &&
        [box.deviations.left, box.deviations.top, box.deviations.right, box.deviations.bottom].map(
          decimalText,
        ),
      members: box.members,
    })),
  };
}

const AREAS: ReadonlySet<string> = new Set(['MASK', 'POLYGON', 'ELLIPSE', 'ROTATED_BOX']);

/**
 * What the annotators' masks, outlines and ellipses of a class cover together in an image, class by class; who saw the
 * image and drew none of the class counts with an empty mask. Null where nobody saw it, or its size is not known.
 */
export function maskItem(
  image: ImageRatings,
  method: 'MEAN_MASK' | 'STAPLE',
  supportAbove: number,
): MaskItem | null {
  const seen = seenBy(image);
  const { width, height } = image;
  if (seen.length === 0 || width === null || height === null) return null;
  const drawn = image.ratings.filter(({ kind, pass }) => AREAS.has(kind) && pass === 1);
  const empty: Mask = { width, height, runs: [width * height] };
  const masks = labelsOf(drawn).map((label) => {
    const ofClass = drawn.filter((rating) => rating.label === label);
    const own = seen.map((annotator) => {
      const shapes = ofClass.filter((rating) => rating.annotator === annotator);
      return (
        unionMask(shapes.map(({ geometry }) => rasterise(geometry as AreaGeometry, { width, height }))) ??
        empty
      );
    });
    const staple = method === 'STAPLE' ? stapleMask(own)! : null;
    const probabilities = staple?.probabilities ?? meanMask(own)!;
    return {
      label,
      method: staple?.method ?? ('MEAN' as const),
      mask: above(probabilities, (probability) => probability > supportAbove),
      levels: levelsOf(probabilities),
      annotators:
        staple?.method === 'STAPLE'
          ? seen.map((annotator, index) => ({
              annotator,
              sensitivity: textOrNull(staple.sensitivities[index]),
              specificity: textOrNull(staple.specificities[index]),
            }))
          : [],
    };
  });
  return { image: image.imageId, seenBy: seen.length, masks };
}

function levelsOf(probabilities: ProbabilityMask): MaskItem['masks'][number]['levels'] {
  const levels = [...new Set(probabilities.values.map(decimalText))].filter((level) => level !== '0');
  return levels
    .sort((a, b) => Number(a) - Number(b))
    .map((level) => ({
      probability: level,
      mask: above(probabilities, (probability) => Number(decimalText(probability)) >= Number(level))!,
    }));
}

function above(
  { width, height, lengths, values }: ProbabilityMask,
  isIn: (probability: number) => boolean,
): RunLengths | null {
  const mask = segmentedMask(
    { width, height },
    values.map((value, index) => ({ length: lengths[index]!, isForeground: isIn(value) })),
  );
  return mask.runs.length < 2 ? null : encodeRuns([height, width], mask.runs);
}

function labelsOf(ratings: readonly Rating[]): (string | null)[] {
  const labels = new Set(ratings.map(({ label }) => label));
  return [...labels].sort((a, b) => compareText(a ?? '', b ?? ''));
}

const textOrNull = (value: number | null | undefined) => (value == null ? null : decimalText(value));
