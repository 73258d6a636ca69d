import { normalUpperTail } from './normal-upper-tail.ts';

/** A rater's labels against a reference (a gold standard, a consensus) on the items that both label. */
export interface AgainstReference {
  readonly rater: number;
  readonly items: number;
  readonly equal: number;
}

export interface SuspectedReference extends AgainstReference {
  /** Share equal to the reference of the best other rater: how well it can be met honestly. */
  readonly bestOther: number;
  /** P(equal on so many | as good as the best other), times the raters compared; at most 1. */
  readonly p: number;
}

/** A convention of this project. */
const [FEWEST_ITEMS, LEAST_SHARE, LEVEL] = [30, 0.999, 0.01] as const;

/**
 * Raters who may be the reference itself, or have seen it: at least 30 items, 999 in 1000 of them equal, and significantly better than the
 * best other rater with as many (normal law with continuity correction of Binomial(n, best), exact where all are equal;
 * Bonferroni over raters). No other rater: none found, for nothing says how hard the items are.
 */
export function raterEqualsReference(raters: readonly AgainstReference[]): SuspectedReference[] {
  const enough = raters.filter(({ items }) => items >= FEWEST_ITEMS);
  const share = ({ equal, items }: AgainstReference) => equal / items;
  return enough
    .filter((rater) => share(rater) >= LEAST_SHARE)
    .flatMap((rater) => {
      const others = enough.filter((other) => other !== rater && share(other) < LEAST_SHARE);
      if (others.length === 0) return [];
      const bestOther = Math.max(...others.map(share));
      const p = Math.min(1, Math.max(1e-300, tail(rater, bestOther) * enough.length));
      return p <= LEVEL ? [{ ...rater, bestOther, p }] : [];
    })
    .sort((a, b) => a.p - b.p || a.rater - b.rater);
}

function tail({ items, equal }: AgainstReference, chance: number): number {
  if (equal === items) return chance ** items;
  const deviation = Math.sqrt(items * chance * (1 - chance));
  return deviation > 0 ? normalUpperTail((equal - 0.5 - items * chance) / deviation) : 0;
}
