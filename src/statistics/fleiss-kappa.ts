import { type Figure, figure, noFigure } from './figure.ts';
import { sum } from './sum.ts';

export interface FleissKappa {
  readonly kappa: Figure;
  /** P̄, the mean share of agreeing pairs, and P_e, the same by chance. */
  readonly observed: number | null;
  readonly expected: number | null;
  /** Of each class against the rest; UNDEFINED of one that nobody used, or everybody always. */
  readonly classes: readonly Figure[];
  /** κ over its standard error where there is no agreement but by chance: for a test alone, never an interval. */
  readonly z: number | null;
}

/**
 * Fleiss' κ = (P̄ − P_e)/(1 − P_e), P_e = Σ p_c², of items that all have the same number m of ratings; `counts` n_ic of raters who
 * gave item i class c. Of a class κ_c = 1 − Σ_i n_ic(m−n_ic)/(I m(m−1) p_c q_c). Var₀ = 2/(I m(m−1)s²)·(s² − Σ p q(q−p)), s = Σ p q.
 * Range [−1, 1]. Unequal m: NOT_APPLICABLE, UNEQUAL_RATINGS (`generalisedKappa` takes them); m < 2: NO_OVERLAP; all ratings
 * equal: UNDEFINED, NO_VARIATION. Fleiss 1971, Psychological Bulletin 76:378; Fleiss, Nee & Landis 1979, ibid. 86:974.
 */
export function fleissKappa(counts: readonly (readonly number[])[]): FleissKappa {
  const classes = counts[0]?.length ?? 0;
  const none = (fault: Figure, observed: number | null = null): FleissKappa => ({
    kappa: fault,
    observed,
    expected: observed,
    classes: new Array<Figure>(classes).fill(fault),
    z: null,
  });
  const sizes = new Set(counts.map((item) => sum(item)));
  const m = Math.max(0, ...sizes);
  if (m < 2) return none(noFigure('NOT_APPLICABLE', 'NO_OVERLAP'));
  if (sizes.size > 1) return none(noFigure('NOT_APPLICABLE', 'UNEQUAL_RATINGS'));
  const pairs = counts.length * m * (m - 1);
  const shares = Array.from(
    { length: classes },
    (_, c) => sum(counts.map((item) => item[c]!)) / (counts.length * m),
  );
  if (shares.some((share) => share === 1)) return none(noFigure('UNDEFINED', 'NO_VARIATION'), 1);
  const apart = shares.map((_, c) => sum(counts.map((item) => item[c]! * (m - item[c]!))));
  const observed = 1 - sum(apart) / pairs;
  const expected = sum(shares.map((p) => p * p));
  const kappa = (observed - expected) / (1 - expected);
  const spread = sum(shares.map((p) => p * (1 - p)));
  const skew = sum(shares.map((p) => p * (1 - p) * (1 - 2 * p)));
  const deviation = Math.sqrt(((2 / pairs) * (spread * spread - skew)) / (spread * spread));
  const z = kappa / deviation;
  return {
    kappa: figure(kappa),
    observed,
    expected,
    classes: shares.map((p, c) =>
      p === 0 ? noFigure('UNDEFINED', 'NO_VARIATION') : figure(1 - apart[c]! / (pairs * p * (1 - p))),
    ),
    z: Number.isFinite(z) ? z : null,
  };
}
