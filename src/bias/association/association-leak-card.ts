import { colour, type Verdict } from '../../statistics/colour.ts';
import { notEstimable } from '../../statistics/estimate.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import { associationCaveats } from './association-caveats.ts';
import { type AssociationColumns, labelledImages } from './association-columns.ts';
import { percentText } from './association-text.ts';
import type { TellingTuple } from './association-tuples.ts';

/** How well the label is guessed from the at most three factors that tell it best. */
export function leakCard(
  columns: AssociationColumns,
  tuples: readonly TellingTuple[],
  threshold: Threshold,
): Card {
  const [worst] = tuples;
  const none = notEstimable(
    'NOT_APPLICABLE',
    'NO_LABELLED_FACTOR',
    labelledImages(columns, 'Goodman–Kruskal λ, leave-one-unit-out'),
  );
  const headline = worst?.lambda ?? none;
  const verdict = worst?.verdict ?? colour(headline, threshold.bands);
  return card({
    kind: 'LEAK',
    verdict,
    sentence: leakSentence(worst, verdict),
    headline,
    threshold,
    caveats: associationCaveats(columns),
  });
}

function leakSentence(worst: TellingTuple | undefined, verdict: Verdict): string {
  if (worst === undefined)
    return 'No factor and label are recorded together, so none can be guessed from another.';
  const what = worst.label === null ? 'the label' : `the class "${worst.label}"`;
  const from = worst.factors.join(', ');
  const text = `From ${from} alone, ${what} of a unit never seen is guessed right in ${percentText(worst.accuracy)} of the images, by the commonest answer in ${percentText(worst.baseline)}: λ ${estimateText(worst.lambda)}.`;
  if (verdict.colour === 'GREY') return `${notEnoughData(verdict)} ${text}`;
  return verdict.colour === 'GREEN' ? `No factor helps much to guess the label. ${text}` : text;
}
