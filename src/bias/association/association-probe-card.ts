import type { Estimate } from '../../statistics/estimate.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import { associationCaveats } from './association-caveats.ts';
import type { AssociationColumns } from './association-columns.ts';
import type { ListedPair } from './association-pairs.ts';
import type { MetadataProbe } from './association-probe.ts';
import { amberText, percentText } from './association-text.ts';

const MOST_NAMED_PAIRS = 5;

/** Could the label be had from metadata alone, and which pairs of class and value tell it most. */
export function probeCard(
  columns: AssociationColumns,
  probe: MetadataProbe,
  pairs: readonly ListedPair[],
  threshold: Threshold,
): Card {
  const few = probe.classes.some(({ area }) => area.status === 'INSUFFICIENT');
  return card({
    kind: 'METADATA_PROBE',
    verdict: probe.verdict,
    sentence: probeSentence(columns, probe, pairs, threshold),
    headline: probe.area,
    threshold,
    caveats: [...associationCaveats(columns), few ? 'CLASSES_OF_FEW_UNITS' : null],
  });
}

function probeSentence(
  columns: AssociationColumns,
  { area, verdict }: MetadataProbe,
  pairs: readonly ListedPair[],
  threshold: Threshold,
): string {
  if (area.value === null) return `Whether metadata tell the label cannot be told: ${whyNot(area)}.`;
  const what = columns.isMultiple ? 'which classes an image shows' : 'the label';
  if (verdict.colour === 'GREY')
    return `${notEnoughData(verdict)} Metadata alone guess ${what} with AUC ${estimateText(area)}.`;
  if (verdict.colour === 'GREEN')
    return `Metadata alone do not tell ${what}: AUC ${estimateText(area)}, below ${amberText(threshold)}.`;
  const told = distinctPairs(pairs).slice(0, MOST_NAMED_PAIRS).map(pairText);
  const telling = told.length === 0 ? '' : ` What tells most: ${told.join('; ')}.`;
  const path =
    ' A leak path exists; whether a model uses it needs a test with the attribute balanced or held out.';
  return `The label is guessable from metadata: AUC ${estimateText(area)}.${telling}${path}`;
}

/** Each class and factor once, by the level that tells most; no pair that is suppressed, or perhaps chance alone. */
function distinctPairs(pairs: readonly ListedPair[]): ListedPair[] {
  const seen = new Set<string>();
  return pairs.filter(({ factor, label, npmi }) => {
    const key = JSON.stringify([factor, label]);
    const isSure = npmi.interval !== null && npmi.interval.lower * npmi.interval.upper > 0;
    if (seen.has(key) || !isSure) return false;
    seen.add(key);
    return true;
  });
}

function pairText({ factor, level, label, shareHere, shareElsewhere }: ListedPair): string {
  return `"${label}" ${percentText(shareHere)} at ${factor} "${level}" against ${percentText(shareElsewhere)} elsewhere`;
}

function whyNot({ reason }: Estimate): string {
  switch (reason) {
    case 'NO_IMAGE':
      return 'no image has a label';
    case 'NO_ATTRIBUTE':
      return 'no factor has two levels of five units';
    case 'SINGLE_LEVEL':
      return 'there is but one class';
    case 'SINGLE_FOLD':
      return 'there are too few units to leave some out';
    default:
      return String(reason);
  }
}
