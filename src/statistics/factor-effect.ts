import { type AnalysisOfVariance, analysisOfVariance } from './analysis-of-variance.ts';
import { brownForsythe } from './brown-forsythe.ts';
import { type KruskalWallis, kruskalWallis } from './kruskal-wallis.ts';
import { momentTable } from './moment-table.ts';
import type { UnitMeans } from './unit-means.ts';

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
 * rank ε² further apart than .05: OUTLIERS, show both. Ranks and scatter need the rows in order: of very many rows those of
 * a sample of the units do.
 */
export function factorEffect(means: UnitMeans, sampled: UnitMeans = means): FactorEffect {
  const table = momentTable(means.units, means.values, means.factor);
  const location = analysisOfVariance({ ...table, imageCount: means.imageCount });
  const ranks = kruskalWallis(sampled);
  const [omega, epsilon] = [location.omegaSquared.value, ranks.epsilonSquared.value];
  const apart = omega !== null && epsilon !== null && Math.abs(omega - epsilon) > LARGEST_DISAGREEMENT;
  return { location, ranks, scale: brownForsythe(sampled), caveats: apart ? ['OUTLIERS'] : [] };
}
