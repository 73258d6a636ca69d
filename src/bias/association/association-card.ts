import { colour, type Verdict } from '../../statistics/colour.ts';
import { notEstimable } from '../../statistics/estimate.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import { associationCaveats } from './association-caveats.ts';
import { type AssociationColumns, labelledImages } from './association-columns.ts';
import type { LabelAssociation } from './association-list.ts';
import { amberText } from './association-text.ts';

/** The factor that goes with the label most. */
export function associationCard(
  columns: AssociationColumns,
  associations: readonly LabelAssociation[],
  threshold: Threshold,
): Card {
  const [worst] = associations;
  const none = notEstimable('NOT_APPLICABLE', 'NO_LABELLED_FACTOR', labelledImages(columns, 'Cohen w'));
  const headline = worst?.w ?? none;
  const verdict = worst?.verdict ?? colour(headline, threshold.bands);
  const dropped = associations.some(({ droppedShare }) => (droppedShare.value ?? 0) > 0);
  return card({
    kind: 'LABEL_ASSOCIATION',
    verdict,
    sentence: associationSentence(worst, verdict, threshold),
    headline,
    threshold,
    caveats: [...associationCaveats(columns), dropped ? 'MISSING_DROPPED' : null],
  });
}

function associationSentence(
  worst: LabelAssociation | undefined,
  verdict: Verdict,
  threshold: Threshold,
): string {
  if (worst === undefined) return 'No labelled image has a recorded factor.';
  const label = worst.label === null ? 'the label' : `the class "${worst.label}"`;
  const text = `${worst.factor} goes with ${label}: w ${estimateText(worst.w)}, bias-corrected V ${estimateText(worst.corrected)}.`;
  if (verdict.colour === 'GREY') return `${notEnoughData(verdict)} ${text}`;
  return verdict.colour === 'GREEN'
    ? `No factor goes with the label at w ${amberText(threshold)} or more; the most: ${text}`
    : text;
}
