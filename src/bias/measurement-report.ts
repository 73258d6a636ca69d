import { type AnalysisOfVariance, analysisOfVariance } from '../statistics/analysis-of-variance.ts';
import { type Colour, colour, type Verdict } from '../statistics/colour.ts';
import { type Estimate, notEstimable } from '../statistics/estimate.ts';
import { sum } from '../statistics/sum.ts';
import { THRESHOLDS } from '../statistics/thresholds.ts';
import { withQValues } from '../statistics/with-q-values.ts';
import type { FactorLevels } from './bias-counts.ts';
import { type Addend, bucketedTable } from './bucketed-table.ts';
import { type Card, card } from './card.ts';
import { countMoments } from './count-moments.ts';
import { estimateText, notEnoughData } from './estimate-text.ts';
import type { MeasurementInput, ReportedMeasure } from './moments.ts';
import { poolLevels } from './pool-levels.ts';
import type { ReportInput } from './report-input.ts';

export interface FactorEffect extends AnalysisOfVariance {
  readonly measure: ReportedMeasure;
  readonly factor: string;
  readonly levels: number;
  readonly verdict: Verdict;
}

export interface MeasurementReport {
  readonly cards: readonly Card[];
  /** Worst first, at most 200. */
  readonly effects: readonly FactorEffect[];
  readonly effectCount: number;
  /** Identifiers, which are no factors. */
  readonly refusedFactors: readonly string[];
}

const LONGEST_LIST = 200;
const WORST_FIRST: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];

/** Do images differ because of who, what or when took them? ω² of each quality measure by each factor (§2.2). */
export function measurementReport({ subjects }: ReportInput): MeasurementReport {
  const input = countMoments(subjects);
  const effects = input.factors.flatMap((factor, index) =>
    factor.status === 'COUNTED' ? effectsOfFactor(input, factor, index) : [],
  );
  const q = withQValues(effects.map(({ omegaSquared }) => omegaSquared));
  const ordered = effects
    .map((effect, index) => ({ ...effect, omegaSquared: q[index]! }))
    .sort(
      (a, b) =>
        WORST_FIRST.indexOf(a.verdict.colour) - WORST_FIRST.indexOf(b.verdict.colour) ||
        (b.omegaSquared.value ?? -1) - (a.omegaSquared.value ?? -1),
    );
  const effectCard = measurementCard(input, ordered);
  return {
    cards: [effectCard],
    effects: ordered.slice(0, LONGEST_LIST),
    effectCount: ordered.length,
    refusedFactors: input.factors.flatMap(({ name, status }) => (status === 'TOO_MANY_LEVELS' ? [name] : [])),
  };
}

function effectsOfFactor(input: MeasurementInput, factor: FactorLevels, index: number): FactorEffect[] {
  const { levels, indexOf } = poolLevels(factor.levels);
  const rows = input.moments.filter((row) => row.factor === index);
  return input.measures.flatMap((measure, m) => {
    const imageCount = sum(rows.map(({ counts }) => counts[m]!));
    if (imageCount === 0) return [];
    const k = levels.length;
    const addends = rows.flatMap(({ bucket, level, counts, sums, squares }): Addend[] => {
      const cell = indexOf(level);
      return [
        { bucket, cell, amount: counts[m]! },
        { bucket, cell: k + cell, amount: sums[m]! },
        { bucket, cell: 2 * k + cell, amount: squares[m]! },
      ];
    });
    const table = bucketedTable(3 * k, addends, { imageCount, unitCount: input.units[index]![m]! });
    const analysis = analysisOfVariance(table);
    const verdict = judge(analysis.omegaSquared);
    const present = table.total.slice(0, k).filter((n) => n > 0).length;
    return [{ ...analysis, measure, factor: factor.name, levels: present, verdict }];
  });
}

/** ω² = 0 (BOUNDARY) and ω² = 1 (DEGENERATE) with an interval are judged by it: no effect, and nothing but it. */
function judge(omegaSquared: Estimate): Verdict {
  const { status, interval } = omegaSquared;
  const atEdge = (status === 'BOUNDARY' || status === 'DEGENERATE') && interval !== null;
  return colour(atEdge ? { ...omegaSquared, status: 'OK' } : omegaSquared, THRESHOLDS.omegaSquared.bands);
}

function measurementCard({ population, factors }: MeasurementInput, ordered: readonly FactorEffect[]): Card {
  const [worst] = ordered;
  const { imageCount, unitCount, imagesOfUnknownUnit } = population;
  const basis = { imageCount, unitCount, method: 'omega squared' };
  const headline = worst?.omegaSquared ?? notEstimable('NOT_APPLICABLE', 'NO_MEASURED_FACTOR', basis);
  const verdict = worst?.verdict ?? colour(headline, THRESHOLDS.omegaSquared.bands);
  return card({
    kind: 'FACTOR_EFFECT',
    verdict,
    sentence: sentenceOf(worst, verdict),
    headline,
    threshold: THRESHOLDS.omegaSquared,
    caveats: [
      imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null,
      'EFFECT_MAY_BE_REAL',
      factors.some(({ status }) => status === 'TOO_MANY_LEVELS') ? 'TOO_MANY_LEVELS' : null,
    ],
  });
}

function sentenceOf(worst: FactorEffect | undefined, verdict: Verdict): string {
  if (worst === undefined) return 'No image has both a measured quality and a recorded factor.';
  if (verdict.colour === 'GREEN') return 'No factor explains 6 % or more of any quality measure.';
  const text = `${worst.factor} explains ${estimateText(worst.omegaSquared, 'PERCENT')} of the variation of ${worst.measure}.`;
  return verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ${text}` : text;
}
