import { colour, type Verdict } from '../../statistics/colour.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText } from '../cards/estimate-text.ts';
import type { Thresholds } from '../threshold/own-threshold.ts';
import {
  amberOf,
  commonCaveats,
  doubted,
  type MeasurementCardInput,
  none,
  worstTold,
} from './measurement-card-parts.ts';
import type { CentreEffect, CentreEffects } from './measurement-centres.ts';
import type { MeasurementColumns } from './measurement-columns.ts';
import type { ConfoundedPairs } from './measurement-confounding.ts';
import type { FactorEffect } from './measurement-effects.ts';

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
