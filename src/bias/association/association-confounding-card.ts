import { colour, FEWEST_UNITS_FOR_COLOUR, type Verdict } from '../../statistics/colour.ts';
import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { type Card, card } from '../cards/card.ts';
import { associationCaveats } from './association-caveats.ts';
import { type AssociationColumns, labelledImages } from './association-columns.ts';
import type { FoundConfounding } from './association-confounding.ts';
import type { EcologicalPair } from './association-ecological.ts';

/** What the card rests on. */
export interface ConfoundingFindings {
  readonly confounding: readonly FoundConfounding[];
  readonly confoundingCount: number;
  readonly associatedCount: number;
  readonly testedCount: number;
  readonly ecological: readonly EcologicalPair[];
}

/** Whether a difference changes its sign once another factor is held fixed: AMBER at least where one does. */
export function confoundingCard(
  columns: AssociationColumns,
  findings: ConfoundingFindings,
  threshold: Threshold,
): Card {
  const reversal = findings.confounding.find(({ finding }) => finding === 'REVERSAL');
  const none = reversalsFound(columns, findings);
  return card({
    kind: 'CONFOUNDING',
    verdict: reversal ? reversalVerdict(reversal.standardized, threshold) : unreversed(none),
    sentence: confoundingSentence(reversal, none, findings),
    headline: reversal?.standardized ?? none,
    threshold,
    caveats: [
      ...associationCaveats(columns),
      findings.ecological.some(({ isEcological }) => isEcological) ? 'ECOLOGICAL' : null,
    ],
  });
}

/** None, or why it cannot be told: there was nothing to look for is not the same as nothing to look in. */
function reversalsFound(
  columns: AssociationColumns,
  { associatedCount, testedCount }: ConfoundingFindings,
): Estimate {
  const basis = labelledImages(columns, 'differences that change sign');
  const isTold = columns.attributes.some(({ variable }) => variable.levels > 1);
  const classes = columns.perClass.images.filter((count) => count > 0).length;
  if (basis.imageCount === 0) return notEstimable('EMPTY', 'NO_IMAGE', basis);
  if (!isTold || (classes < 2 && !columns.isMultiple))
    return notEstimable('NOT_APPLICABLE', 'SINGLE_LEVEL', basis);
  if (associatedCount > 0 && testedCount === 0)
    return notEstimable('NOT_APPLICABLE', 'NO_OTHER_FACTOR', basis);
  return estimate({ ...basis, value: 0 });
}

/** AMBER at least, for the sign is sure (specification §3). */
function reversalVerdict(standardized: Estimate, { bands }: Threshold): Verdict {
  const verdict = colour(sizeOf(standardized), bands);
  if (verdict.colour === 'RED' || verdict.colour === 'AMBER') return verdict;
  return { colour: 'AMBER', certainty: 'LIKELY', unitsNeeded: null };
}

/** Of a difference whose interval excludes 0, its absolute value. */
function sizeOf(difference: Estimate): Estimate {
  const { value, interval } = difference;
  if (value === null || value >= 0) return difference;
  return {
    ...difference,
    value: -value,
    interval: interval && { ...interval, lower: -interval.upper, upper: -interval.lower },
  };
}

function unreversed({ value, unitCount }: Estimate): Verdict {
  const told = value !== null && unitCount >= FEWEST_UNITS_FOR_COLOUR;
  return told
    ? { colour: 'GREEN', certainty: 'LIKELY', unitsNeeded: null }
    : { colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: null };
}

function confoundingSentence(
  reversal: FoundConfounding | undefined,
  none: Estimate,
  { testedCount, confoundingCount }: ConfoundingFindings,
): string {
  if (reversal !== undefined) {
    const { factor, level, label, stratifier, crude, standardized } = reversal;
    return `"${label}" at ${factor} "${level}" is ${points(crude)} overall, and ${points(standardized)} once ${stratifier} is held fixed: the sign of the difference is owed to ${stratifier}.`;
  }
  if (none.reason === 'NO_OTHER_FACTOR')
    return 'Values go with classes, and no other factor is recorded that could explain it.';
  if (none.value === null) return 'No factor and label are recorded together that could be confounded.';
  if (none.unitCount < FEWEST_UNITS_FOR_COLOUR)
    return `Not enough data to tell whether a difference changes its sign when another factor is held fixed.`;
  if (testedCount === 0)
    return 'No value goes with a class by 2 points or more, so there is no difference to explain.';
  const others = confoundingCount === 0 ? '' : `; ${confoundingCount} are otherwise changed by one`;
  return `None of ${testedCount} differences changes its sign when another factor is held fixed${others}.`;
}

function points({ value, interval }: Estimate): string {
  if (value === null) return 'not told';
  const written = (number: number) => Math.abs(Number((number * 100).toPrecision(3)));
  const limits = interval === null ? [] : [interval.lower, interval.upper].map(written).sort((a, b) => a - b);
  const range = limits.length === 0 ? '' : ` [${limits.join(', ')}]`;
  return `${written(value)} points${range} ${value < 0 ? 'rarer' : 'more frequent'}`;
}
