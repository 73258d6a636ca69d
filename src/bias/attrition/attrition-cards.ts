import { colour, type Verdict } from '../../statistics/colour.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { type Card, type CaveatCode, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import type { ClassBounds } from './attrition-bounds.ts';
import { type ExclusionContext, judgedExclusion } from './attrition-context.ts';
import type { AttritionFlow } from './attrition-flow.ts';

export interface AttritionCardInput {
  readonly context: ExclusionContext;
  readonly flow: AttritionFlow;
  readonly refused: number;
  /** Of all candidates, as it is and as it may be told. */
  readonly share: { readonly whole: Estimate; readonly shown: Estimate };
  readonly bounds: readonly ClassBounds[];
}

export function commonCaveats({ context, refused }: AttritionCardInput): (CaveatCode | null)[] {
  const { subjects, personal, tracked } = context;
  return [
    subjects.unitKnown.includes(0) ? 'UNIT_UNKNOWN' : null,
    refused > 0 ? 'REFUSED_AT_THE_DOOR' : null,
    tracked ? null : 'UNTRACKED',
    personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
  ];
}

/** How many candidates were lost, and what the classes can be for all that. */
export function exclusionShareCard(input: AttritionCardInput): Card {
  const { context, flow, refused, share } = input;
  const lost = context.outcomes.excluded + refused;
  const contradicted = flow.status === 'DEGENERATE';
  const instead = (figure: Estimate) =>
    contradicted ? notEstimable('DEGENERATE', 'FLOW_MISMATCH', figure) : figure;
  const verdict =
    lost === 0
      ? judgedExclusion(instead(share.whole), 'exclusionShare', context)
      : colour(instead(share.whole), context.thresholds.exclusionShare.bands);
  return card({
    kind: 'EXCLUSION_SHARE',
    verdict,
    sentence: contradicted
      ? 'The exclusion ledger and the images contradict each other: the flow does not add up.'
      : `${shareSentence(share.shown, verdict, lost, context)}${boundsSentence(input.bounds)}`,
    headline: instead(share.shown),
    threshold: context.thresholds.exclusionShare,
    caveats: commonCaveats(input),
  });
}

function shareSentence(
  share: Estimate,
  verdict: Verdict,
  lost: number,
  { tracked, subjects }: ExclusionContext,
): string {
  if (share.status === 'EMPTY')
    return subjects.imageCount === 0 && lost === 0
      ? 'There is no candidate.'
      : 'Every candidate was excluded.';
  if (lost === 0)
    return tracked
      ? 'Nothing was excluded: the ledger was kept from the first image on.'
      : 'No exclusion is recorded, but what was left out before the ledger began is not known.';
  if (share.status === 'SUPPRESSED') return 'Fewer than five candidates were excluded.';
  const text = `${estimateText(share, 'PERCENT')} of the candidates were excluded.`;
  return verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ${text}` : text;
}

const CLASSES_NAMED = 3;

/** Manski’s bounds of the classes with most images. */
function boundsSentence(bounds: readonly ClassBounds[]): string {
  const named = bounds.slice(0, CLASSES_NAMED).flatMap(({ label, share: { interval } }) => {
    if (interval === null || interval.upper === interval.lower) return [];
    const [lower, upper] = [interval.lower, interval.upper].map((limit) =>
      Number((100 * limit).toPrecision(3)),
    );
    return [`${label} ${lower} to ${upper} %`];
  });
  return named.length === 0
    ? ''
    : ` Whatever the labels of the lost, of all candidates were: ${named.join(', ')}.`;
}
