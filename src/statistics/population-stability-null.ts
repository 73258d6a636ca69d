import { chiSquareQuantile } from './chi-square-quantile.ts';

/**
 * The 95 % point that the PSI of S ≥ 2 strata reaches when nothing has changed: χ²_{.95, S−1}·(1/N_eff + 1/M). N_eff is
 * the number of images over their design effect, M the size of the target's source, null when the target is exact.
 * Yurdakul & Naranjo 2020, Journal of Risk Model Validation 14(4).
 */
export function populationStabilityNull(
  strata: number,
  effectiveCount: number,
  targetCount: number | null,
): number {
  return (
    chiSquareQuantile(0.95, strata - 1) * (1 / effectiveCount + (targetCount === null ? 0 : 1 / targetCount))
  );
}
