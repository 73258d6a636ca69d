import type { AnalysisOfVariance } from '../../statistics/analysis-of-variance.ts';
import { colour, type Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { type FactorEffect as FactorEffectFigures, factorEffect } from '../../statistics/factor-effect.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { withQValues } from '../../statistics/with-q-values.ts';
import { judgedAmong, worstFirst } from '../cards/worst-first.ts';
import type { ReportInput } from '../report-input.ts';
import type { MeasurementColumns } from './measurement-columns.ts';
import { type ExtremeLevel, extremeLevels } from './measurement-extremes.ts';
import type { FactorMoments } from './measurement-moments.ts';
import type { ReportedMeasure } from './moments.ts';

/** How much of a measure a factor explains, of means, of ranks, and of the scatter. */
export interface FactorEffect
  extends Pick<AnalysisOfVariance, 'omegaSquared' | 'etaSquared' | 'epsilonSquared' | 'fStatistic'> {
  readonly measure: ReportedMeasure;
  readonly factor: string;
  /** Levels compared. */
  readonly levels: number;
  readonly rankEpsilonSquared: Estimate;
  readonly rankEtaSquared: Estimate;
  readonly hStatistic: Estimate;
  /** ω² and F of |x − median of its level|. */
  readonly scaleOmegaSquared: Estimate;
  readonly scaleFStatistic: Estimate;
  /** A few extreme images decide: ω² and the rank ε² lie more than .05 apart. */
  readonly outliers: boolean;
  /** The levels of the lowest and the highest mean, of an effect that is RED or AMBER; else none. */
  readonly extremes: readonly ExtremeLevel[];
  readonly verdict: Verdict;
}

/** Every measure by every factor on unit means (specification §2.2), worst first, each with its q over all these tests. */
export function factorEffects(
  columns: MeasurementColumns,
  moments: readonly FactorMoments[],
  { request, thresholds }: ReportInput,
): FactorEffect[] {
  const effects = moments.flatMap(({ factor, ofMeasures }) =>
    columns.measures.flatMap((measure, index): FactorEffect[] => {
      const own = ofMeasures[index]!;
      if (own.table.imageCount === 0) return [];
      const figures = factorEffect(own);
      const verdict = judge(figures.location.omegaSquared, thresholds.omegaSquared);
      const coloured = verdict.colour === 'RED' || verdict.colour === 'AMBER';
      const extremes = coloured
        ? extremeLevels(columns, factor, { measure, moments: own, personal: request.personal })
        : [];
      return [{ measure: measure.name, factor: factor.name, ...flattened(figures), extremes, verdict }];
    }),
  );
  const explained = ({ omegaSquared }: FactorEffect) => omegaSquared;
  return worstFirst(judgedAmong(asOneFamily(effects), explained), explained);
}

function flattened({ location, ranks, scale, caveats }: FactorEffectFigures) {
  const { omegaSquared, etaSquared, epsilonSquared, fStatistic, degreesOfFreedom } = location;
  return {
    levels: degreesOfFreedom.between + 1,
    omegaSquared,
    etaSquared,
    epsilonSquared,
    fStatistic,
    rankEpsilonSquared: ranks.epsilonSquared,
    rankEtaSquared: ranks.etaSquared,
    hStatistic: ranks.hStatistic,
    scaleOmegaSquared: scale.omegaSquared,
    scaleFStatistic: scale.fStatistic,
    outliers: caveats.includes('OUTLIERS'),
  };
}

/**
 * The colour rule holds a status other than OK for GREY, as not enough data. ω² = 0 (BOUNDARY) and ω² = 1 (DEGENERATE)
 * with an interval are the opposite: the data show that there is no effect, or nothing but it. So the interval judges,
 * whose limits are made for these edges; else no factor without effect could ever be GREEN.
 */
function judge(omegaSquared: Estimate, { bands }: Threshold): Verdict {
  const { status, interval } = omegaSquared;
  const atEdge = (status === 'BOUNDARY' || status === 'DEGENERATE') && interval !== null;
  return colour(atEdge ? { ...omegaSquared, status: 'OK' } : omegaSquared, bands);
}

/** Benjamini–Hochberg over the tests of means, ranks and scatter of all measures by all factors. */
function asOneFamily(effects: readonly FactorEffect[]): FactorEffect[] {
  const family = withQValues(
    effects.flatMap((effect) => [effect.omegaSquared, effect.rankEpsilonSquared, effect.scaleOmegaSquared]),
  );
  return effects.map((effect, index) => {
    const [ofMeans, ofRanks, ofScatter] = family.slice(3 * index, 3 * index + 3).map(({ q }) => q);
    const having = (estimate: Estimate, q: number | null | undefined) => ({ ...estimate, q: q ?? null });
    return {
      ...effect,
      omegaSquared: having(effect.omegaSquared, ofMeans),
      etaSquared: having(effect.etaSquared, ofMeans),
      epsilonSquared: having(effect.epsilonSquared, ofMeans),
      fStatistic: having(effect.fStatistic, ofMeans),
      rankEpsilonSquared: having(effect.rankEpsilonSquared, ofRanks),
      rankEtaSquared: having(effect.rankEtaSquared, ofRanks),
      hStatistic: having(effect.hStatistic, ofRanks),
      scaleOmegaSquared: having(effect.scaleOmegaSquared, ofScatter),
      scaleFStatistic: having(effect.scaleFStatistic, ofScatter),
    };
  });
}
