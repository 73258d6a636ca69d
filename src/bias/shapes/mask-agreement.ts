import { compareText } from '../../kernel/compare-text.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { maskExtent } from '../../statistics/mask-extent.ts';
import type { Mask } from '../../statistics/mask-runs.ts';
import {
  SEGMENTATION_CELLS,
  type SegmentationAgreement,
  type SegmentationCounts,
  type SegmentationTables,
  segmentationAgreement,
} from '../../statistics/segmentation-agreement.ts';
import { segmentationCounts } from '../../statistics/segmentation-counts.ts';
import { unionMask } from '../../statistics/union-mask.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { type AnnotatorPair, annotatorPairs } from './annotator-pairs.ts';
import { type LabelledMask, ratersTwoByTwo, type ShapeImage } from './shape-images.ts';
import { shapeTally } from './shape-tally.ts';
import {
  FEWEST_IDENTICAL,
  LONGEST_EVIDENCE_LIST,
  LONGEST_FINDING_LIST,
  LONGEST_PAIR_LIST,
  MOST_DISTANCE_PIXELS,
  MOST_PAIRS,
} from './shape-thresholds.ts';

export interface PairMaskAgreement extends SegmentationAgreement, AnnotatorPair {
  /** Images of which both looked for masks, and drew them in one frame. */
  readonly images: Estimate;
}

/** Two names under which the same masks stand, to the pixel: more than two hands can do. */
export interface IdenticalMasks extends AnnotatorPair {
  /** Pairs of masks that are the same, and that are not; none of them empty or a mere rectangle. */
  readonly identical: Estimate;
  readonly different: Estimate;
  /** Some of the images, as evidence. */
  readonly images: readonly string[];
}

export interface MaskAgreement extends SegmentationAgreement {
  /** Lowest Dice first, at most 50 of `pairCount`. */
  readonly pairs: readonly PairMaskAgreement[];
  readonly pairCount: number;
  /** Most identical masks first, at most 50. */
  readonly identicalMasks: readonly IdenticalMasks[];
  /** Pairs of masks with boundaries measured, of those compared. */
  readonly distancesMeasured: number;
  readonly masksCompared: number;
  /** Images on which masks of different frames could not be compared: nothing is stretched. */
  readonly imagesOfOtherFrames: number;
}

const maskTallies = () => ({
  seen: shapeTally(0),
  compared: shapeTally(SEGMENTATION_CELLS.length),
  measured: shapeTally(SEGMENTATION_CELLS.length),
  distances: shapeTally(SEGMENTATION_CELLS.length),
  empty: shapeTally(SEGMENTATION_CELLS.length),
});
type MaskTallies = ReturnType<typeof maskTallies>;

interface PairTally {
  readonly cells: MaskTallies;
  identical: number;
  different: number;
  readonly images: string[];
}

interface FramedRater {
  readonly annotator: string;
  readonly frame: Pick<Mask, 'width' | 'height'> | null;
  readonly masks: ReadonlyMap<string | null, Mask>;
}

/**
 * Takes images one by one and compares, class by class, what every two annotators who looked for masks marked; an annotator's
 * several masks of one class count as one.
 */
export function maskAgreement(
  personal: boolean,
  mostDistancePixels = MOST_DISTANCE_PIXELS,
): { add(image: ShapeImage): void; made(): MaskAgreement } {
  const together = maskTallies();
  const pairs = annotatorPairs<PairTally>(
    () => ({ cells: maskTallies(), identical: 0, different: 0, images: [] }),
    MOST_PAIRS,
  );
  let [distancePixels, distancesMeasured, masksCompared, imagesOfOtherFrames] = [0, 0, 0, 0];

  const compare = (image: ShapeImage, first: FramedRater, second: FramedRater, labels: (string | null)[]) => {
    const frame = first.frame ?? second.frame ?? { width: 0, height: 0 };
    const nothing: Mask = { ...frame, runs: [frame.width * frame.height] };
    const pair = pairs.of(first.annotator, second.annotator);
    for (const label of labels) {
      const [one, other] = [first.masks.get(label) ?? nothing, second.masks.get(label) ?? nothing];
      distancePixels += pixelsAround(one, other);
      const isMeasured = distancePixels <= mostDistancePixels;
      const { isIdentical, ...counts } = segmentationCounts(one, other, isMeasured);
      tally(together, image, counts);
      distancesMeasured += counts.surfaces;
      masksCompared += counts.compared;
      if (pair === null) continue;
      tally(pair.cells, image, counts);
      if (counts.compared === 0 || counts.oneEmpty === 1 || isRectangle(one) || isRectangle(other)) continue;
      pair[isIdentical ? 'identical' : 'different'] += 1;
      const isEvidence = isIdentical && pair.images.length < LONGEST_EVIDENCE_LIST;
      if (isEvidence && pair.images.at(-1) !== image.image) pair.images.push(image.image);
    }
  };

  return {
    add(image) {
      const looked = image.raters.flatMap(({ annotator, masks }) =>
        masks === null ? [] : [framedRater(annotator, masks)],
      );
      const framed = looked.filter((rater) => rater !== null);
      const marked = [...new Set(framed.flatMap(({ masks }) => [...masks.keys()]))].sort(byLabel);
      const labels = marked.length === 0 ? [null] : marked;
      let isOtherFrame = framed.length < looked.length;
      for (const [first, second] of ratersTwoByTwo(framed, compareText)) {
        if (inOneFrame(first, second)) compare(image, first, second, labels);
        else isOtherFrame = true;
      }
      imagesOfOtherFrames += Number(isOtherFrame);
    },
    made() {
      const all = pairs.all();
      const compared = all.map(({ first, second, held }) => pairOf({ first, second }, held, personal));
      const worst = compared.sort((a, b) => (a.dice.value ?? 2) - (b.dice.value ?? 2));
      return {
        ...segmentationAgreement(tablesOf(together)),
        pairs: worst.slice(0, LONGEST_PAIR_LIST),
        pairCount: compared.length,
        identicalMasks: all
          .filter(({ held }) => held.identical >= FEWEST_IDENTICAL)
          .sort((a, b) => b.held.identical - a.held.identical)
          .slice(0, LONGEST_FINDING_LIST)
          .map(({ first, second, held }) => findingOf({ first, second }, held, personal)),
        distancesMeasured,
        masksCompared,
        imagesOfOtherFrames,
      };
    },
  };
}

/** Null where the masks of this annotator are not of one frame themselves. */
function framedRater(annotator: string, masks: readonly LabelledMask[]): FramedRater | null {
  const frame = masks[0]?.mask ?? null;
  if (masks.some(({ mask }) => mask.width !== frame!.width || mask.height !== frame!.height)) return null;
  const byLabel = new Map<string | null, Mask[]>();
  for (const { label, mask } of masks) byLabel.set(label, [...(byLabel.get(label) ?? []), mask]);
  const united = [...byLabel].map(([label, some]): [string | null, Mask] => [label, unionMask(some)!]);
  return { annotator, frame, masks: new Map(united) };
}

function inOneFrame({ frame: one }: FramedRater, { frame: other }: FramedRater): boolean {
  return one === null || other === null || (one.width === other.width && one.height === other.height);
}

function pixelsAround(one: Mask, other: Mask): number {
  const [a, b] = [maskExtent(one), maskExtent(other)];
  if (a === null || b === null) return 0;
  const width = Math.max(a.right, b.right) - Math.min(a.left, b.left);
  return width * (Math.max(a.bottom, b.bottom) - Math.min(a.top, b.top));
}

/** Four numbers say a rectangle, and a whole image is one: two people may well draw the same. */
function isRectangle(mask: Mask): boolean {
  const extent = maskExtent(mask);
  if (extent === null) return false;
  const area = mask.runs.reduce((sum, run, place) => sum + (place % 2 === 1 ? run : 0), 0);
  return area === (extent.right - extent.left) * (extent.bottom - extent.top);
}

function tally(tallies: MaskTallies, image: ShapeImage, counts: SegmentationCounts): void {
  const amounts = SEGMENTATION_CELLS.map((cell) => counts[cell]);
  tallies.seen.add(image, []);
  if (counts.compared > 0) tallies.compared.add(image, amounts);
  if (counts.surfaces > 0) tallies.measured.add(image, amounts);
  if (counts.distances > 0) tallies.distances.add(image, amounts);
  if (counts.bothEmpty + counts.oneEmpty > 0) tallies.empty.add(image, amounts);
}

function tablesOf({ compared, measured, distances, empty }: MaskTallies): SegmentationTables {
  return {
    compared: compared.table(),
    measured: measured.table(),
    distances: distances.table(),
    empty: empty.table(),
  };
}

function byLabel(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return compareText(a, b);
}

function findingOf(pair: AnnotatorPair, held: PairTally, personal: boolean): IdenticalMasks {
  const { imageCount, unitCount } = held.cells.seen.table();
  const basis = { imageCount, unitCount, method: 'pairs of masks' };
  const counts = hideSmallCounts([held.identical, held.different], basis, personal);
  return { ...pair, identical: counts[0]!, different: counts[1]!, images: held.images };
}

function pairOf(pair: AnnotatorPair, { cells }: PairTally, personal: boolean): PairMaskAgreement {
  const { imageCount, unitCount } = cells.seen.table();
  const basis = { imageCount, unitCount, method: 'images seen by both' };
  const images = hideSmallCounts([imageCount], basis, personal)[0]!;
  const made = segmentationAgreement(tablesOf(cells));
  return {
    ...pair,
    images,
    dice: hideWith(images, made.dice),
    overlap: hideWith(images, made.overlap),
    hausdorff95: hideWith(images, made.hausdorff95),
    surfaceDice: hideWith(images, made.surfaceDice),
    agreedAbsent: hideWith(images, made.agreedAbsent),
  };
}
