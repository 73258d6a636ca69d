import { normalUpperTail } from './normal-upper-tail.ts';

const HALF_WIDTH = 8.5;
const STEPS = 2000;

/** The q that the range of k ≥ 2 independent standard normal numbers exceeds with probability 1 − p (infinite degrees of freedom); to 1e-9. Hartley 1942, Biometrika 32:334. */
export function studentizedRangeQuantile(p: number, k: number): number {
  let [low, high] = [0, 100];
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (rangeProbability(middle, k) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(range ≤ q) = k·∫φ(z)·(Φ(z) − Φ(z − q))^(k−1) dz, by Simpson's rule: the tails beyond 8.5 hold less than 1e-16. */
function rangeProbability(q: number, k: number): number {
  const step = (2 * HALF_WIDTH) / STEPS;
  let total = 0;
  for (let index = 0; index <= STEPS; index++) {
    const z = -HALF_WIDTH + index * step;
    const weight = index === 0 || index === STEPS ? 1 : index % 2 === 1 ? 4 : 2;
    const density = Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
    total += weight * density * (normalUpperTail(z - q) - normalUpperTail(z)) ** (k - 1);
  }
  return (k * total * step) / 3;
}
