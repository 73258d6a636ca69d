import type { Estimate } from '../../statistics/estimate.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import type { BiasCounts } from '../bias-counts.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import { type ClassBalance, FEWEST_UNITS_OF_A_CLASS } from './class-balance.ts';

/** How many times the smallest class the largest is, or that a class has too few units. */
export function classBalanceCard(
  counts: BiasCounts,
  balance: ClassBalance,
  personal: boolean,
  threshold: Threshold,
): Card {
  const { verdict, byImages } = balance;
  const ratio = byImages.imbalanceRatio;
  const thin = verdict.colour === 'AMBER' && verdict.certainty === 'CONFIRMED' && !reaches(ratio, threshold);
  const text = `The largest class has ${estimateText(ratio)} times the images of the smallest.`;
  const sentence = thin
    ? `A class has fewer than ${FEWEST_UNITS_OF_A_CLASS} units. The ratio of largest to smallest class: ${estimateText(ratio)}.`
    : verdict.colour === 'GREY'
      ? `${notEnoughData(verdict)} The ratio of largest to smallest class: ${estimateText(ratio)}.`
      : text;
  return card({
    kind: 'CLASS_IMBALANCE',
    verdict,
    sentence,
    headline: ratio,
    threshold,
    caveats: [
      thin ? 'FEW_UNITS_IN_A_CLASS' : null,
      counts.population.imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null,
      counts.labels.unlabelledImages > 0 ? 'UNLABELLED_DROPPED' : null,
      counts.labels.tiedImages > 0 ? 'TIES_DROPPED' : null,
      counts.labels.mode === 'MULTIPLE' ? 'MULTIPLE_LABELS' : null,
      personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
    ],
  });
}

function reaches(ratio: Estimate, { bands }: Threshold): boolean {
  return bands.worse === 'ABOVE' && (ratio.interval?.lower ?? 0) >= bands.amber;
}
