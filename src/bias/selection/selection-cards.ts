import { type Colour, colour } from '../../statistics/colour.ts';
import { notEstimable } from '../../statistics/estimate.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import type { MissingField } from './missing-fields.ts';
import {
  commonCaveats,
  type SelectionCardInput,
  targetSource,
  withoutTarget,
} from './selection-coverage-card.ts';
import type { MissingDependence } from './selection-dependences.ts';
import type { CoverageHoles } from './selection-holes.ts';

/** How much of the target world was never seen in its combinations. */
export function holesCard(input: SelectionCardInput, holes: CoverageHoles): Card {
  const { request, thresholds } = input;
  return card({
    kind: 'COVERAGE_HOLES',
    verdict: holes.verdict,
    sentence: request.target === null ? withoutTarget(request) : holesSentence(holes, request.target),
    headline: holes.holeShare,
    threshold: thresholds.holeShare,
    caveats: [
      ...commonCaveats(input),
      request.target === null ? 'NO_TARGET_DECLARED' : null,
      holes.reference === 'INDEPENDENCE' && holes.factors.length > 1 ? 'INDEPENDENCE_ASSUMED' : null,
      holes.leftOut.length > 0 ? 'FACTORS_NOT_COMBINED' : null,
      holes.examinedCells < holes.cellCount ? 'CELLS_NOT_EXAMINED' : null,
    ],
  });
}

function holesSentence(
  { reference, factors, leftOut, cellCount, holeCount, thinCount, holeShare, verdict, cells }: CoverageHoles,
  target: NonNullable<SelectionCardInput['request']['target']>,
): string {
  const source = targetSource(target);
  if (reference === null)
    return `Nothing is recorded of ${leftOut.join(', ')}, so its combinations cannot be looked for. ${source}`;
  const thin = thinCount === 0 ? '' : ` ${thinCount} more hold fewer than 37 units.`;
  const grey = verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ` : '';
  const over = factors.join(' × ');
  if (holeCount === 0)
    return `${grey}Every one of the ${cellCount} combinations of ${over} in the target was seen.${thin} ${source}`;
  const [largest] = cells;
  const named = largest!.levels.map(({ factor, level }) => `${factor} "${level}"`).join(', ');
  return `${grey}${holeCount} of ${cellCount} combinations of ${over} were never seen: ${estimateText(holeShare, 'PERCENT')} of the target. The largest: ${named}.${thin} ${source}`;
}

const WORST_FIRST: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];

/** The field that is missing most, and what its absence goes with. */
export function missingCard(
  input: SelectionCardInput,
  missing: readonly MissingField[],
  dependences: readonly MissingDependence[],
): Card {
  const { counts, thresholds } = input;
  const [most] = missing.toSorted(
    (a, b) =>
      WORST_FIRST.indexOf(a.verdict.colour) - WORST_FIRST.indexOf(b.verdict.colour) ||
      (b.share.value ?? 0) - (a.share.value ?? 0),
  );
  const { imageCount, unitCount } = counts.population;
  const none = notEstimable('NOT_APPLICABLE', 'NO_FIELD', { imageCount, unitCount, method: 'share missing' });
  const headline = most?.share ?? none;
  return card({
    kind: 'MISSING_METADATA',
    verdict: most?.verdict ?? colour(none, thresholds.shareMissing.bands),
    sentence: missingSentence(
      most,
      dependences.find(({ field }) => field === most?.name),
    ),
    headline,
    threshold: thresholds.shareMissing,
    caveats: [
      ...commonCaveats(input),
      counts.factors.some(({ status }) => status === 'TOO_MANY_LEVELS') ? 'TOO_MANY_LEVELS' : null,
    ],
  });
}

function missingSentence(most: MissingField | undefined, dependence: MissingDependence | undefined): string {
  if (most === undefined)
    return 'No acquisition field is recorded, so nothing can be said of how the images were made.';
  const { name, share, verdict } = most;
  const text = `${name} is missing in ${estimateText(share, 'PERCENT')} of the images.`;
  const why = dependence ? ` ${dependence.sentence}` : '';
  if (verdict.colour === 'GREY') return `${notEnoughData(verdict)} ${text}${why}`;
  if (verdict.colour === 'GREEN')
    return `No field is missing in 5 % of the images or more; the most: ${text}`;
  return `${text}${why}`;
}
