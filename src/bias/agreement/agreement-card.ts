import { colour } from '../../statistics/colour.ts';
import { type Estimate, estimate } from '../../statistics/estimate.ts';
import { THRESHOLDS } from '../../statistics/thresholds.ts';
import { widerInterval } from '../../statistics/wider-interval.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import type { AgreementInput } from '../ratings/rated-images.ts';

export interface CardFigures {
  readonly alpha: Estimate;
  readonly alphaOfAnnotators: Estimate;
  readonly percentAgreement: Estimate;
  readonly ac1: Estimate;
  readonly isParadox: boolean;
}

/** What a person reads first: α with the wider of its two intervals (specification §6.1). */
export function agreementCard({ labels, population, personal }: AgreementInput, figures: CardFigures): Card {
  const { alpha, alphaOfAnnotators, percentAgreement, ac1, isParadox } = figures;
  const interval = alpha.interval && widerInterval(alpha.interval, alphaOfAnnotators.interval);
  const headline = estimate({ ...alpha, interval });
  const verdict = colour(headline, THRESHOLDS.krippendorffAlpha.bands);
  const text =
    `Krippendorff's α is ${estimateText(headline)} on ${headline.imageCount} images with two ratings or more; annotators agree in ${estimateText(percentAgreement, 'PERCENT')} of the pairs.` +
    (isParadox ? ` Gwet's AC1, which unequal classes move less, is ${estimateText(ac1)}.` : '');
  const plan =
    alpha.reason === 'NO_OVERLAP'
      ? 'No image was labelled by two people: let two or more label the same 100 images.'
      : alpha.reason === 'NO_VARIATION'
        ? 'All ratings are equal, so agreement beyond chance cannot be told.'
        : text;
  return card({
    kind: 'AGREEMENT',
    verdict,
    sentence: verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ${plan}` : text,
    headline,
    threshold: THRESHOLDS.krippendorffAlpha,
    caveats: [
      alphaOfAnnotators.interval === null ? 'THESE_ANNOTATORS' : null,
      isParadox ? 'UNEQUAL_CLASSES' : null,
      population.imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null,
      labels.superseded > 0 ? 'LATEST_LABEL_COUNTS' : null,
      alpha.reason === 'TOO_MANY_CLASSES' ? 'TOO_MANY_CLASSES' : null,
      personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
    ],
  });
}
