import { AGREEING, categoryCells, RATED, SHARES, TWICE_RATED } from './category-cells.ts';
import { type Estimate, notEstimable } from './estimate.ts';
import { figure } from './figure.ts';
import { gwetChance } from './gwet-chance.ts';
import { estimateWithInterval, FEWEST_UNITS_FOR_INTERVAL } from './jackknife-estimate.ts';
import { studentTQuantile } from './student-t-quantile.ts';
import { sum } from './sum.ts';

export interface GwetByItem {
  readonly coefficient: Estimate;
  /** Null where the coefficient is not to be had. */
  readonly standardError: number | null;
}

/**
 * Gwet's AC1 or AC2 with his own standard error, for items that are independent of each other (each its own unit): `counts`
 * n_ic of raters who gave item i class c, K×K `weights`. x_i = (I/I₂)[m_i≥2](a_i−p_e)/(1−p_e) − 2(1−AC)(e_i−p_e)/(1−p_e),
 * e_i = T_w/(K(K−1)) Σ_c n_ic/m_i (1−π_c), Var = Σ(x_i−AC)²/(I(I−1)); t of I−1 degrees of freedom, cut at 1. Range [−1, 1].
 * No item with two ratings: NOT_APPLICABLE; one class alone: UNDEFINED. Gwet 2008; 2014, Handbook, ch. 5.
 */
export function gwetByItem(counts: readonly (readonly number[])[], weights: readonly number[]): GwetByItem {
  const items = counts.map((item) => categoryCells(item, weights)).filter((cells) => cells[RATED] === 1);
  const rated = items.length;
  const twice = sum(items.map((cells) => cells[TWICE_RATED]!));
  const isWeighted = weights.some((weight) => weight > 0 && weight < 1);
  const basis = { imageCount: twice, unitCount: twice, method: `Gwet ${isWeighted ? 'AC2' : 'AC1'}` };
  const none = (status: 'NOT_APPLICABLE' | 'UNDEFINED', reason: string) => ({
    coefficient: notEstimable(status, reason, basis),
    standardError: null,
  });
  if (twice === 0) return none('NOT_APPLICABLE', 'NO_OVERLAP');
  const classes = counts[0]!.length;
  const means = Array.from(
    { length: classes },
    (_, c) => sum(items.map((cells) => cells[SHARES + c]!)) / rated,
  );
  if (means.filter((mean) => mean > 0).length < 2) return none('UNDEFINED', 'NO_VARIATION');
  const expected = gwetChance(means, weights);
  const value = (sum(items.map((cells) => cells[AGREEING]!)) / twice - expected) / (1 - expected);
  const deviations = items.map((cells) => {
    const own = gwetChance(means, weights, cells.slice(SHARES));
    const observed = (rated / twice) * cells[TWICE_RATED]! * (cells[AGREEING]! - expected);
    return (observed - 2 * (1 - value) * (own - expected)) / (1 - expected) - value;
  });
  const standardError = Math.sqrt(sum(deviations.map((x) => x * x)) / (rated * (rated - 1)));
  if (!Number.isFinite(standardError) || twice < FEWEST_UNITS_FOR_INTERVAL)
    return {
      coefficient: estimateWithInterval(figure(value), null, basis),
      standardError: Number.isFinite(standardError) ? standardError : null,
    };
  const reach = studentTQuantile(0.975, rated - 1) * standardError;
  const interval = {
    lower: Math.max(-1, value - reach),
    upper: Math.min(1, value + reach),
    level: 0.95,
    method: 'Gwet, by item',
  };
  return { coefficient: estimateWithInterval(figure(value), interval, basis), standardError };
}
