import { colour, type Verdict } from '../../statistics/colour.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import {
  FEWEST_LEVELS_FOR_SCATTER,
  type VarianceComponents,
  varianceComponents,
} from '../../statistics/variance-components.ts';
import { worstFirst } from '../cards/worst-first.ts';
import type { ReportInput } from '../report-input.ts';
import type { MeasurementColumns } from './measurement-columns.ts';
import { type FactorMoments, momentsBy } from './measurement-moments.ts';
import type { ReportedMeasure } from './moments.ts';

/** Factors whose levels might as well have been others: a sample of all sites, all cameras (specification §2.3). */
export const EXCHANGEABLE = ['site', 'device', 'session', 'operator'];

/** How far the levels of a factor scatter, and what that costs in units. */
export interface FactorScatter extends VarianceComponents {
  readonly measure: ReportedMeasure;
  readonly factor: string;
  readonly levels: number;
  readonly sentence: string;
  /** Of the intraclass correlation. */
  readonly verdict: Verdict;
}

/** Worst first. On unit means; a level is a draw of its own at any size, so none are pooled. */
export function factorScatters(
  columns: MeasurementColumns,
  moments: readonly FactorMoments[],
  { thresholds }: ReportInput,
): FactorScatter[] {
  const exchangeable = moments.filter(({ factor }) => EXCHANGEABLE.includes(factor.name));
  const scatters = exchangeable.flatMap(({ factor, ofMeasures }) => {
    const pooled = factor.levels.some(({ kind }) => kind === 'OTHER');
    const ofLevels = pooled ? momentsBy(columns, factor.recorded) : ofMeasures;
    return columns.measures.flatMap(({ name: measure }, index): FactorScatter[] => {
      const { table, imagesOfLevel } = ofLevels[index]!;
      if (table.imageCount === 0) return [];
      const components = varianceComponents(table);
      const levels = imagesOfLevel.filter((images) => images > 0).length;
      const verdict = judge(components, levels, thresholds.intraclassCorrelation);
      const told = { measure, factor: factor.name, levels, ...components };
      return [{ ...told, sentence: sentenceOf(told), verdict }];
    });
  });
  return worstFirst(scatters, ({ intraclassCorrelation }) => intraclassCorrelation);
}

/** A correlation of 0 (BOUNDARY) or 1 (DEGENERATE) is judged by its interval, as ω² is; more units make no more levels. */
function judge({ intraclassCorrelation }: VarianceComponents, levels: number, { bands }: Threshold): Verdict {
  const few = levels < FEWEST_LEVELS_FOR_SCATTER;
  const { status } = intraclassCorrelation;
  const atEdge = (status === 'BOUNDARY' || status === 'DEGENERATE') && !few;
  const verdict = colour(atEdge ? { ...intraclassCorrelation, status: 'OK' } : intraclassCorrelation, bands);
  if (!few) return verdict;
  return { colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: null };
}

/** The design effect in words: what so many units are worth. */
function sentenceOf({
  factor,
  measure,
  levels,
  designEffect: { value },
}: Omit<FactorScatter, 'sentence' | 'verdict'>): string {
  if (levels < 2) return `One ${factor} cannot tell how one ${factor} differs from another.`;
  if (levels < FEWEST_LEVELS_FOR_SCATTER)
    return `${levels} levels of ${factor} cannot tell the spread of all; at least ${FEWEST_LEVELS_FOR_SCATTER} would.`;
  if (value === null) return `Nothing varies in ${measure} that could be told apart by ${factor}.`;
  if (value <= 1) return `By ${measure}, units of one ${factor} resemble each other no more than any others.`;
  const units = 10 ** Math.max(2, Math.ceil(Math.log10(value)) + 1);
  return `Of ${measure}, ${units} units tell as much as ${Math.round(units / value)} that have no ${factor} in common.`;
}
