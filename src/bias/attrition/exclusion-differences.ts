import type { Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { magnitude } from '../../statistics/magnitude.ts';
import { estimateText } from '../cards/estimate-text.ts';
import type { FactorAttrition } from './attrition-factors.ts';
import type { NumberAttrition } from './attrition-measures.ts';

/** One comparison of kept and excluded. */
export interface ExclusionDifference {
  readonly figure: Estimate;
  readonly verdict: Verdict;
  readonly threshold: 'differentialExclusion' | 'standardizedDifference';
  readonly text: string;
}

/** All comparisons of kept and excluded, with what a person reads of each. */
export function exclusionDifferences(
  factors: readonly FactorAttrition[],
  numbers: readonly NumberAttrition[],
): ExclusionDifference[] {
  return [...factors.flatMap(ofFactor), ...numbers.map(ofNumber)];
}

function ofFactor(factor: FactorAttrition): ExclusionDifference[] {
  const { name, label, worst, best, difference, standardizedDifference } = factor;
  const what = label === null ? name : `the class "${label}"`;
  const standardized: ExclusionDifference = {
    figure: standardizedDifference,
    verdict: factor.standardizedDifferenceVerdict,
    threshold: 'standardizedDifference',
    text: `Kept and excluded images differ in ${what}: standardized difference ${estimateText(standardizedDifference)}.`,
  };
  if (worst === null || best === null) return [standardized];
  const [most, least] = [worst, best].map(({ level }) =>
    label === null ? `${name} "${level}"` : `${what} ${level}`,
  );
  const share = ({ share: { value } }: { share: Estimate }) =>
    estimateText({ ...worst.share, value, interval: null }, 'PERCENT');
  const times =
    worst.share.value && best.share.value
      ? `, ${written(worst.share.value / best.share.value)} times as often`
      : '';
  const shares =
    worst.share.value === null || best.share.value === null
      ? ''
      : ` (${share(worst)} against ${share(best)}${times})`;
  const text = `More was excluded of ${most} than of ${least}${shares}: a difference of ${estimateText(difference, 'PERCENT')}; standardized difference of kept and excluded ${estimateText(standardizedDifference)}.`;
  return [
    { figure: difference, verdict: factor.differenceVerdict, threshold: 'differentialExclusion', text },
    standardized,
  ];
}

function ofNumber({ name, standardizedDifference, verdict }: NumberAttrition): ExclusionDifference {
  const text = `The ${name} of kept images differs from that of the excluded by ${estimateText(standardizedDifference)} standard deviations.`;
  return { figure: magnitude(standardizedDifference), verdict, threshold: 'standardizedDifference', text };
}

function written(number: number): string {
  return String(Number(number.toPrecision(2)));
}
