import { colour, type Verdict } from '../../statistics/colour.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText } from '../cards/estimate-text.ts';
import {
  amberOf,
  commonCaveats,
  doubted,
  type MeasurementCardInput,
  none,
  worstTold,
} from './measurement-card-parts.ts';
import type { DeploymentComparison } from './measurement-deployment.ts';
import type { MeasureDrift, MeasureDrifts } from './measurement-drift.ts';

/** The measure that wandered furthest over time, of those seen on ten days or more. */
export function driftCard(input: MeasurementCardInput, { drifts, datedImages }: MeasureDrifts): Card {
  const threshold = input.thresholds.drift;
  const worst = worstTold(drifts, ({ totalDrift }) => totalDrift);
  const reason = datedImages === 0 ? 'NO_DAY_KNOWN' : 'NO_MEASURE';
  const headline = worst?.totalDrift ?? none(input.columns, reason, 'Sen slope by span');
  const verdict = worst?.verdict ?? colour(headline, threshold.bands);
  const untold = drifts.filter(({ totalDrift }) => totalDrift.value === null).length;
  const rest =
    headline.value === null || untold === 0
      ? ''
      : ` ${untold} of ${drifts.length} series are too short, or too even, to tell.`;
  return card({
    kind: 'DRIFT',
    verdict,
    sentence: `${driftSentence(worst, verdict, { threshold, datedImages })}${rest}`,
    headline,
    threshold,
    caveats: [...commonCaveats(input), 'EFFECT_MAY_BE_REAL'],
  });
}

function driftSentence(
  worst: MeasureDrift | undefined,
  verdict: Verdict,
  { threshold, datedImages }: { threshold: Threshold; datedImages: number },
): string {
  if (datedImages === 0) return 'No image has a known day, so whether quality drifts cannot be told.';
  if (worst === undefined)
    return 'No dated image has a measured quality, so whether it drifts cannot be told.';
  if (verdict.colour === 'GREEN')
    return `No measure drifts by ${amberOf(threshold.bands)} standard deviations or more.`;
  const { measure, totalDrift, slope, firstDay, lastDay } = worst;
  if (totalDrift.reason === 'FEWER_THAN_10_PERIODS')
    return 'Not enough data to tell: no site and device has images on ten days.';
  const direction = (slope.value ?? 0) < 0 ? 'fell' : 'rose';
  return doubted(
    verdict,
    `${measure} ${direction} by ${estimateText(totalDrift)} standard deviations from ${firstDay} to ${lastDay}${placeText(worst)}.`,
  );
}

function placeText({ site, device }: MeasureDrift): string {
  const at = site === null ? '' : ` at site "${site}"`;
  return device === null ? at : `${at} with device "${device}"`;
}

/** Whether the images look like those of the reference sample. */
export function deploymentCard(input: MeasurementCardInput, compared: DeploymentComparison): Card {
  const { area, verdict, measures, reference } = compared;
  const [most] = measures;
  const difference = most?.standardizedDifference;
  const by = difference
    ? ` Most of all by ${most.measure}: ${estimateText(difference)} standard deviations.`
    : '';
  const text =
    verdict.colour === 'GREEN'
      ? `Images look like those of ${reference}: the area under the curve is ${estimateText(area)}.`
      : `Quality measures alone tell the images from those of ${reference}: area under the curve ${estimateText(area)}.${by}`;
  return card({
    kind: 'DEPLOYMENT_DIFFERENCE',
    verdict,
    sentence: doubted(verdict, text),
    headline: area,
    threshold: input.thresholds.adversarialAuc,
    caveats: [...commonCaveats(input), 'EFFECT_MAY_BE_REAL'],
  });
}
