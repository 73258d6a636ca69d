import { incompleteGamma } from './incomplete-gamma.ts';

/** P(Z > z) of the standard normal, direct in the tail: ½·Q(½, z²/2) for z ≥ 0. */
export function normalUpperTail(z: number): number {
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2);
  return z >= 0 ? upper / 2 : (1 + lower) / 2;
}
