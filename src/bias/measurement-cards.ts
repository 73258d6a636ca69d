import { type Bands, colour, type Verdict } from '../statistics/colour.ts';
import { type Estimate, notEstimable } from '../statistics/estimate.ts';
import type { Threshold } from '../statistics/thresholds.ts';
import { type Card, type CaveatCode, card } from './card.ts';
import { estimateText, notEnoughData } from './estimate-text.ts';
import type { CentreEffect, CentreEffects } from './measurement-centres.ts';
import { everyImage, type MeasurementColumns } from './measurement-columns.ts';
import type { ConfoundedPairs } from './measurement-confounding.ts';
import type { DeploymentComparison } from './measurement-deployment.ts';
import type { MeasureDrift, MeasureDrifts } from './measurement-drift.ts';
import type { FactorEffect } from './measurement-effects.ts';
import type { Thresholds } from './own-threshold.ts';

export interface MeasurementCardInput {
  readonly columns: MeasurementColumns;
  readonly thresholds: Thresholds;
  readonly personal: boolean;
}

/** The factor that explains most of a measure, and always which factors cannot be told apart (specification §8). */
export function factorEffectCard(
  input: MeasurementCardInput,
  effects: readonly FactorEffect[],
  confounded: ConfoundedPairs,
): Card {
  const { columns } = input;
  const threshold = input.thresholds.omegaSquared;
  const worst = worstTold(effects, ({ omegaSquared }) => omegaSquared);
  const headline = worst?.omegaSquared ?? none(columns, 'NO_MEASURED_FACTOR', 'omega squared');
  const verdict = worst?.verdict ?? colour(headline, threshold.bands);
  const sentence = [effectSentence(worst, verdict, threshold), confoundedSentence(columns, confounded)];
  return card({
    kind: 'FACTOR_EFFECT',
    verdict,
    sentence: sentence.join(' ').trim(),
    headline,
    threshold,
    caveats: [
      ...commonCaveats(input),
      'EFFECT_MAY_BE_REAL',
      confounded.pairCount > 0 ? 'CONFOUNDED_FACTORS' : null,
      worst?.outliers ? 'OUTLIERS' : null,
      columns.refusedFactors.length > 0 ? 'TOO_MANY_LEVELS' : null,
    ],
  });
}

function effectSentence(worst: FactorEffect | undefined, verdict: Verdict, { bands }: Threshold): string {
  if (worst === undefined) return 'No image has both a measured quality and a recorded factor.';
  if (verdict.colour === 'GREEN')
    return `No factor explains ${Number((100 * amberOf(bands)).toPrecision(3))} % or more of any quality measure.`;
  const { factor, measure, omegaSquared, extremes } = worst;
  const [lowest, highest] = extremes;
  const ends = highest ? ` Lowest at "${lowest!.level}", highest at "${highest.level}".` : '';
  return doubted(
    verdict,
    `${factor} explains ${estimateText(omegaSquared, 'PERCENT')} of the variation of ${measure}.${ends}`,
  );
}

const NAMED_PAIRS = 3;

function confoundedSentence({ factors }: MeasurementColumns, { pairs, pairCount }: ConfoundedPairs): string {
  if (factors.length < 2) return '';
  if (pairCount === 0) return 'No two factors are confounded.';
  const named = pairs
    .slice(0, NAMED_PAIRS)
    .map(({ first, second, association }) => `${first} with ${second} (V ${estimateText(association)})`);
  const more = pairCount > NAMED_PAIRS ? `, and ${pairCount - NAMED_PAIRS} more pairs` : '';
  return `Confounded: ${named.join(', ')}${more}.`;
}

/** The site or device that stands furthest apart. */
export function centreCard(input: MeasurementCardInput, { effects, mayBeBiology }: CentreEffects): Card {
  const worst = worstTold(effects, ({ distance }) => distance);
  const threshold = input.thresholds[worst?.worse === 'SCALE' ? 'centreScale' : 'centreLocation'];
  const figure = worst && (worst.worse === 'SCALE' ? worst.scale : worst.distance);
  const headline = figure ?? none(input.columns, 'NO_CENTRE_RECORDED', 'distance from the mean of all');
  const verdict = worst?.verdict ?? colour(headline, threshold.bands);
  return card({
    kind: 'CENTRE_EFFECT',
    verdict,
    sentence: centreSentence(worst, verdict, input.thresholds),
    headline,
    threshold,
    caveats: [...commonCaveats(input), mayBeBiology ? 'CENTRE_MAY_BE_BIOLOGY' : 'EFFECT_MAY_BE_REAL'],
  });
}

function centreSentence(worst: CentreEffect | undefined, verdict: Verdict, thresholds: Thresholds): string {
  if (worst === undefined) return 'No measured image has a recorded site or device.';
  if (verdict.colour === 'GREEN') {
    const amber = amberOf(thresholds.centreLocation.bands);
    return `No site or device stands ${amber} standard deviations or more apart in any quality measure, or scatters otherwise.`;
  }
  const { factor, centre, measure, distance, scale, location, worse } = worst;
  const side = (location.value ?? 0) < 0 ? 'below' : 'above';
  const text =
    worse === 'SCALE'
      ? `the variance of ${measure} is ${estimateText(scale)} times that inside all`
      : `${measure} stands ${estimateText(distance)} standard deviations ${side} the mean of all`;
  return doubted(verdict, `At ${factor} "${centre}" ${text}.`);
}

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

/**
 * The worst row with a value: where the question does not arise (one level, a constant measure, too few days) for some
 * but is answered for others, these are what the card tells of. Else the first.
 */
function worstTold<Row>(rows: readonly Row[], of: (row: Row) => Estimate): Row | undefined {
  return rows.find((row) => of(row).value !== null) ?? rows[0];
}

function none(columns: MeasurementColumns, reason: string, method: string): Estimate {
  return notEstimable('NOT_APPLICABLE', reason, everyImage(columns, method));
}

function doubted(verdict: Verdict, text: string): string {
  return verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ${text}` : text;
}

function amberOf(bands: Bands): number {
  return bands.worse === 'BOTH' ? bands.above.amber : bands.amber;
}

function commonCaveats({ columns, personal }: MeasurementCardInput): (CaveatCode | null)[] {
  return [columns.unknownUnits ? 'UNIT_UNKNOWN' : null, personal ? 'SMALL_COUNTS_SUPPRESSED' : null];
}
