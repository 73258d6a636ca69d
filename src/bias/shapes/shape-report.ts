import { colour } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { THRESHOLDS } from '../../statistics/thresholds.ts';
import type { Population } from '../bias-counts.ts';
import { type Card, type CardKind, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import type { IdenticalMasks } from './mask-agreement.ts';
import { type ShapeAgreement, shapeAgreementFold } from './shape-agreement.ts';
import type { ShapePage } from './shape-page.ts';
import { shapeRater } from './shape-rater.ts';

export interface ShapeReport extends Omit<ShapeAgreement, 'masks'> {
  readonly cards: readonly Card[];
  readonly masks: Omit<ShapeAgreement['masks'], 'identicalMasks'>;
  /** Two names, of people or references, under which the same masks stand; most identical masks first. */
  readonly identicalMasks: readonly IdenticalMasks[];
  readonly raterCount: number;
}

/** References are no raters: they are looked at for masks that are somebody's, and for nothing else. */
const NO_DISTANCES = 0;

/** How much do people agree on where things are? (specification §6.5, §6.6) Takes pages of images as they come. */
export function shapeReport(personal: boolean): {
  add(page: ShapePage): number;
  made(): ShapeReport & Population;
} {
  const people = shapeAgreementFold(personal);
  const everybody = shapeAgreementFold(personal, NO_DISTANCES);
  const [units, raters] = [new Set<string>(), new Set<string>()];
  let [imageCount, imagesOfUnknownUnit, hasReference] = [0, 0, false];
  return {
    add({ images }) {
      for (const { raters: said, width, height, ...image } of images) {
        imageCount += 1;
        imagesOfUnknownUnit += image.unitKnown ? 0 : 1;
        units.add(image.unit);
        const size = { width: width ?? 0, height: height ?? 0 };
        const told = said
          .filter(({ statements }) => width !== null || statements.every(needsNoSize))
          .map(({ annotator, kind, statements }) => ({ kind, ...shapeRater(annotator, statements, size) }));
        const persons = told.filter(({ kind }) => kind === 'HUMAN');
        for (const { annotator } of persons) raters.add(annotator);
        people.add({ ...image, raters: persons });
        if (persons.length === told.length) continue;
        hasReference = true;
        everybody.add({ ...image, raters: told });
      }
      return images.length;
    },
    made() {
      const { boxes, masks, notes } = people.made();
      const { identicalMasks, ...ofPeople } = masks;
      const withReferences = hasReference ? everybody.made().masks.identicalMasks : [];
      const identical = [...withReferences, ...identicalMasks.filter(isOfNone(withReferences))];
      return {
        imageCount,
        unitCount: units.size,
        imagesOfUnknownUnit,
        cards: [
          shapeCard(
            'BOX_AGREEMENT',
            boxes.f1At50,
            'detectionF1',
            boxText(boxes),
            imagesOfUnknownUnit,
            personal,
          ),
          shapeCard(
            'MASK_AGREEMENT',
            masks.dice,
            'meanDice',
            maskText(masks, identical),
            imagesOfUnknownUnit,
            personal,
          ),
        ],
        boxes,
        masks: ofPeople,
        notes,
        identicalMasks: identical,
        raterCount: raters.size,
      };
    },
  };
}

/** Boxes and masks have a frame of their own; an outline is drawn in the image's. */
const needsNoSize = ({ geometry }: { geometry: { kind: string } | null }) =>
  geometry === null || ['BOX', 'MASK', 'POINT', 'POLYLINE'].includes(geometry.kind);

function isOfNone(others: readonly IdenticalMasks[]) {
  const pairs = new Set(others.map(({ first, second }) => JSON.stringify([first, second])));
  return ({ first, second }: IdenticalMasks) => !pairs.has(JSON.stringify([first, second]));
}

function boxText({ f1At50, f1At75, meanOverlap }: ShapeAgreement['boxes']): string {
  return `Two annotators of an image find the same objects with F1 ${estimateText(f1At50)} (IoU .5; ${estimateText(f1At75)} at .75); matched boxes overlap by ${estimateText(meanOverlap)}.`;
}

function maskText(
  { dice, hausdorff95, surfaceDice }: ShapeAgreement['masks'],
  identical: readonly IdenticalMasks[],
): string {
  const same = identical[0];
  const finding = same
    ? ` "${same.first}" and "${same.second}" have the same masks to the pixel on ${same.identical.value ?? 'some'} images: agreement with such a pair is circular.`
    : '';
  return `Masks of two annotators overlap with a Dice of ${estimateText(dice)}; boundaries lie within ${estimateText(hausdorff95)} pixels (95 %), ${estimateText(surfaceDice, 'PERCENT')} of them within 2.${finding}`;
}

function shapeCard(
  kind: CardKind,
  headline: Estimate,
  threshold: 'detectionF1' | 'meanDice',
  text: string,
  imagesOfUnknownUnit: number,
  personal: boolean,
): Card {
  const verdict = colour(headline, THRESHOLDS[threshold].bands);
  const nobody = 'No image was marked by two people: let two or more mark the same 100 images.';
  const told = headline.reason === 'NO_OVERLAP' ? nobody : text;
  return card({
    kind,
    verdict,
    sentence: verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ${told}` : told,
    headline,
    threshold: THRESHOLDS[threshold],
    caveats: [
      'THESE_ANNOTATORS',
      imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null,
      personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
    ],
  });
}
