import { type AnalysisOfVariance, analysisOfVariance } from './analysis-of-variance.ts';
import { brownForsythe } from './brown-forsythe.ts';
import { type KruskalWallis, kruskalWallis } from './kruskal-wallis.ts';
import type { UnitMoments } from './unit-moments.ts';

/** Two answers to one question that lie further apart than this are told by a few extreme images. */
const LARGEST_DISAGREEMENT = 0.05;

export interface FactorEffect {
  /** Of the means; ω² is the headline. */
  readonly location: AnalysisOfVariance;
  /** Of the ranks: the same question, blind to outliers. */
  readonly ranks: KruskalWallis;
  /** Of the scatter about the medians. */
  readonly scale: AnalysisOfVariance;
  readonly caveats: readonly 'OUTLIERS'[];
}

/**
 * How much of a measure a factor explains (specification §2.2), all on unit means: mean, rank and scatter. ω² and the
 * rank ε² further apart than .05: OUTLIERS, show both. Ranks and scatter are of the rows that are listed, of very many units
 * those of a sample.
 */
export function factorEffect({ table, rows }: UnitMoments): FactorEffect {
  const location = analysisOfVariance(table);
  const ranks = kruskalWallis(rows);
  const [omega, epsilon] = [location.omegaSquared.value, ranks.epsilonSquared.value];
  const apart = omega !== null && epsilon !== null && Math.abs(omega - epsilon) > LARGEST_DISAGREEMENT;
  return { location, ranks, scale: brownForsythe(rows), caveats: apart ? ['OUTLIERS'] : [] };
}
