import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { noExclusion } from '../../statistics/no-exclusion.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import { judgedAmong } from '../cards/worst-first.ts';
import { type AttritionCardInput, commonCaveats } from './attrition-cards.ts';
import { judgedExclusion, WORST_FIRST } from './attrition-context.ts';
import type { FactorAttrition } from './attrition-factors.ts';
import type { NumberAttrition } from './attrition-measures.ts';
import { type ExclusionDifference, exclusionDifferences } from './exclusion-differences.ts';

/** What differs most between the images kept and those excluded. */
export function exclusionPatternCard(
  input: AttritionCardInput,
  factors: readonly FactorAttrition[],
  numbers: readonly NumberAttrition[],
): Card {
  const { context } = input;
  const differences = judgedAmong(exclusionDifferences(factors, numbers), ({ figure }) => figure);
  const worst = nothingCompared(input, differences.length) ?? worstOf(differences, input);
  const label = factors.find(({ name }) => name === 'label');
  const unlabelled =
    context.outcomes.excluded > 0 && label !== undefined && label.excludedUnknown.value !== 0;
  return card({
    kind: 'EXCLUSION_PATTERN',
    verdict: worst.verdict,
    sentence: sentenceOf(worst, factors),
    headline: worst.figure,
    threshold: context.thresholds[worst.threshold],
    caveats: [...commonCaveats(input), unlabelled ? 'EXCLUDED_OF_UNKNOWN_LABEL' : null],
  });
}

/** By colour; then shares, which anyone can read, before standardized differences; then by how many times red’s limit. */
function worstOf(
  differences: readonly ExclusionDifference[],
  { context }: AttritionCardInput,
): ExclusionDifference {
  const size = ({ figure: { value }, threshold }: ExclusionDifference) => {
    const { bands } = context.thresholds[threshold];
    return Math.abs(value ?? 0) / (bands.worse === 'BOTH' ? bands.above.red : bands.red);
  };
  const place = ({ threshold }: ExclusionDifference) => (threshold === 'differentialExclusion' ? 0 : 1);
  return differences.toSorted(
    (a, b) =>
      WORST_FIRST.indexOf(a.verdict.colour) - WORST_FIRST.indexOf(b.verdict.colour) ||
      place(a) - place(b) ||
      size(b) - size(a),
  )[0]!;
}

/** Where there is nothing to compare, and why. */
function nothingCompared(
  { context, refused }: AttritionCardInput,
  differences: number,
): ExclusionDifference | null {
  const { subjects, outcomes, tracked } = context;
  const { imageCount, units } = subjects;
  const basis = {
    imageCount,
    unitCount: units.unitCount,
    method: 'standardized difference of kept and excluded',
  };
  const answer = (figure: Estimate, text: string): ExclusionDifference => {
    const verdict = judgedExclusion(figure, 'standardizedDifference', context);
    return { figure, verdict, threshold: 'standardizedDifference', text };
  };
  if (imageCount === 0)
    return answer(notEstimable('EMPTY', 'NO_IMAGE', basis), 'No candidate is left to compare with.');
  if (outcomes.kept === 0)
    return answer(
      notEstimable('EMPTY', 'EVERYTHING_EXCLUDED', basis),
      'Everything was excluded: nothing is left to compare with.',
    );
  if (outcomes.excluded === 0 && refused > 0)
    return answer(
      notEstimable('NOT_APPLICABLE', 'REFUSED_WITHOUT_METADATA', basis),
      'Only candidates refused at the door were lost, of which nothing but the file was known.',
    );
  if (outcomes.excluded === 0)
    return answer(
      noExclusion(basis, tracked),
      tracked
        ? 'Nothing was excluded, so nothing leans.'
        : 'No exclusion is recorded since the ledger began.',
    );
  return differences === 0
    ? answer(notEstimable('NOT_APPLICABLE', 'NO_FACTOR', basis), 'Nothing is recorded to compare by.')
    : null;
}

function sentenceOf(
  { verdict, text, figure }: ExclusionDifference,
  factors: readonly FactorAttrition[],
): string {
  if (
    figure.status === 'EMPTY' ||
    figure.reason === 'REFUSED_WITHOUT_METADATA' ||
    figure.reason === 'NO_FACTOR'
  )
    return text;
  const [moved] = factors
    .filter(({ totalVariation }) => (totalVariation.value ?? 0) > 0)
    .toSorted((a, b) => b.totalVariation.value! - a.totalVariation.value!);
  const effect =
    moved === undefined
      ? ''
      : ` That moved the release by ${estimateText(moved.totalVariation, 'PERCENT')} at most (${moved.name}; the share excluded is the most it can be).`;
  if (verdict.colour === 'GREY') return `${notEnoughData(verdict)} ${text}${effect}`;
  if (verdict.colour === 'GREEN' && figure.value !== 0)
    return `Kept and excluded images are alike in all that is recorded. The most: ${text}${effect}`;
  return `${text}${effect}`;
}
