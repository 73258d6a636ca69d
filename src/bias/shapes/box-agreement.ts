import { compareText } from '../../kernel/compare-text.ts';
import {
  DETECTION_CELLS,
  type DetectionAgreement,
  type DetectionTables,
  detectionAgreement,
} from '../../statistics/detection-agreement.ts';
import { type ClassedBox, detectionCounts } from '../../statistics/detection-counts.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { type AnnotatorPair, annotatorPairs } from './annotator-pairs.ts';
import { type LabelledBox, ratersTwoByTwo, type ShapeImage } from './shape-images.ts';
import { shapeTally } from './shape-tally.ts';
import { LONGEST_PAIR_LIST, MOST_PAIRS } from './shape-thresholds.ts';

export interface PairBoxAgreement extends DetectionAgreement, AnnotatorPair {
  /** Images that both saw. */
  readonly images: Estimate;
}

export interface BoxAgreement extends DetectionAgreement {
  /** Lowest F1 at .5 first, at most 50 of `pairCount`. */
  readonly pairs: readonly PairBoxAgreement[];
  readonly pairCount: number;
}

/** Takes images one by one and compares the boxes of every two annotators who looked for boxes in them. */
export function boxAgreement(personal: boolean): { add(image: ShapeImage): void; made(): BoxAgreement } {
  const together = boxTallies();
  const pairs = annotatorPairs(boxTallies, MOST_PAIRS);
  return {
    add(image) {
      const classes = new Map<string | null, number>();
      const looked = image.raters.flatMap(({ annotator, boxes }) =>
        boxes === null ? [] : [{ annotator, boxes: boxes.map((box) => classed(box, classes)) }],
      );
      for (const [first, second] of ratersTwoByTwo(looked, compareText)) {
        const counts = detectionCounts(first.boxes, second.boxes);
        const amounts = DETECTION_CELLS.map((cell) => counts[cell]);
        for (const tallies of [together, pairs.of(first.annotator, second.annotator)]) {
          if (tallies === null) continue;
          tallies.seen.add(image, []);
          if (counts.matchedAt50 > 0) tallies.matched.add(image, amounts);
          if (counts.boxes > 0) tallies.drawn.add(image, amounts);
          if (counts.bothEmpty + counts.oneEmpty > 0) tallies.empty.add(image, amounts);
        }
      }
    },
    made() {
      const compared = pairs
        .all()
        .map(({ first, second, held }) => pairOf({ first, second }, held, personal));
      const worst = compared.sort((a, b) => (a.f1At50.value ?? 2) - (b.f1At50.value ?? 2));
      return {
        ...detectionAgreement(tablesOf(together)),
        pairs: worst.slice(0, LONGEST_PAIR_LIST),
        pairCount: compared.length,
      };
    },
  };
}

const boxTallies = () => ({
  seen: shapeTally(0),
  drawn: shapeTally(DETECTION_CELLS.length),
  matched: shapeTally(DETECTION_CELLS.length),
  empty: shapeTally(DETECTION_CELLS.length),
});

function tablesOf({ drawn, matched, empty }: ReturnType<typeof boxTallies>): DetectionTables {
  return { drawn: drawn.table(), matched: matched.table(), empty: empty.table() };
}

function pairOf(
  pair: AnnotatorPair,
  tallies: ReturnType<typeof boxTallies>,
  personal: boolean,
): PairBoxAgreement {
  const { imageCount, unitCount } = tallies.seen.table();
  const [images] = hideSmallCounts(
    [imageCount],
    { imageCount, unitCount, method: 'images seen by both' },
    personal,
  );
  const { f1At50, f1At75, f1Drop, meanOverlap, panopticQuality, classAgreement, bothEmpty } =
    detectionAgreement(tablesOf(tallies));
  return {
    ...pair,
    images: images!,
    f1At50: hideWith(images!, f1At50),
    f1At75: hideWith(images!, f1At75),
    f1Drop: hideWith(images!, f1Drop),
    meanOverlap: hideWith(images!, meanOverlap),
    panopticQuality: hideWith(images!, panopticQuality),
    classAgreement: hideWith(images!, classAgreement),
    bothEmpty: hideWith(images!, bothEmpty),
  };
}

function classed({ label, ...box }: LabelledBox, classes: Map<string | null, number>): ClassedBox {
  const known = classes.get(label) ?? classes.size;
  classes.set(label, known);
  return { ...box, class: known };
}
