import { normalUpperTail } from './normal-upper-tail.ts';

export interface MannKendall {
  /** Σ sign(x_j − x_i) over i < j. */
  readonly s: number;
  readonly variance: number;
  /** With continuity correction; 0 where S is 0. */
  readonly z: number;
  readonly p: number;
  readonly tauB: number;
}

/**
 * Whether a series of n ≥ 2 values, not all equal, in order of time, tends upwards or downwards: S, Var =
 * (n(n−1)(2n+5) − Σt(t−1)(2t+5))/18 · `inflation` (for autocorrelation; 1 for none), Z = (S∓1)/√Var, two-sided p; τ_b
 * = S/√((n₀−n₁)n₀), n₀ = n(n−1)/2, n₁ = Σt(t−1)/2. O(n²). Mann 1945; Kendall 1975.
 */
export function mannKendall(values: ArrayLike<number>, inflation = 1): MannKendall {
  const n = values.length;
  let s = 0;
  for (let j = 1; j < n; j += 1) {
    for (let i = 0; i < j; i += 1) s += Math.sign(values[j]! - values[i]!);
  }
  const { tiedPairs, tiedVariance } = ties(Float64Array.from(values).sort());
  const pairs = (n * (n - 1)) / 2;
  const variance = ((n * (n - 1) * (2 * n + 5) - tiedVariance) / 18) * inflation;
  const z = (s - Math.sign(s)) / Math.sqrt(variance);
  return {
    s,
    variance,
    z,
    p: Math.min(1, 2 * normalUpperTail(Math.abs(z))),
    tauB: s / Math.sqrt((pairs - tiedPairs) * pairs),
  };
}

function ties(sorted: Float64Array): { tiedPairs: number; tiedVariance: number } {
  let [tiedPairs, tiedVariance] = [0, 0];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1;
    const t = to - from;
    tiedPairs += (t * (t - 1)) / 2;
    tiedVariance += t * (t - 1) * (2 * t + 5);
  }
  return { tiedPairs, tiedVariance };
}
