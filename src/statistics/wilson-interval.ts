import type { Interval } from './estimate.ts';
import { normalQuantile } from './normal-quantile.ts';

/**
 * Wilson's score interval of a share when every image is its own unit: c = (p + z²/2n)/(1 + z²/n) ±
 * z·√(p(1−p)/n + z²/4n²)/(1 + z²/n). No success: lower exactly 0; all: upper exactly 1; n = 0: [0, 1], which
 * callers give status EMPTY. Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857, method 3.
 */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  const method = 'Wilson score';
  if (trials === 0) return { lower: 0, upper: 1, level, method };
  const z = normalQuantile((1 + level) / 2);
  const p = successes / trials;
  const shrink = 1 + (z * z) / trials;
  const centre = (p + (z * z) / (2 * trials)) / shrink;
  const half = (z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials))) / shrink;
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === trials ? 1 : Math.min(1, centre + half),
    level,
    method,
  };
}
