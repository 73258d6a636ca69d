import type { ChiSquareStatistics } from './chi-square-statistics.ts';
import { chiSquareUpperTail } from './chi-square-upper-tail.ts';

/**
 * A chi-square test. X² and G are uncorrected (null past the largest number there is); `designEffect` is max(1, δ̄) of
 * Rao–Scott, or null where it cannot be had, and then so is p: an uncorrected p-value never appears. `pMethod` names the
 * law p was taken from.
 */
export interface TestResult {
  readonly chiSquare: number | null;
  readonly likelihoodRatio: number | null;
  readonly degreesOfFreedom: number;
  readonly designEffect: number | null;
  readonly p: number | null;
  readonly pMethod: string | null;
}

/** Takes p of the deflated X² from the chi-square law, or from `draw` where that is given (small expected counts). */
export function testResult(
  statistics: ChiSquareStatistics,
  degreesOfFreedom: number,
  meanEffect: number | null,
  draw: ((chiSquare: number) => number) | null,
): TestResult {
  const chiSquare = Number.isFinite(statistics.chiSquare) ? statistics.chiSquare : null;
  const likelihoodRatio = Number.isFinite(statistics.likelihoodRatio) ? statistics.likelihoodRatio : null;
  const untested = {
    chiSquare,
    likelihoodRatio,
    degreesOfFreedom,
    designEffect: null,
    p: null,
    pMethod: null,
  };
  if (meanEffect === null || chiSquare === null) return untested;
  const designEffect = Math.max(1, meanEffect);
  const deflated = chiSquare / designEffect;
  const p = draw === null ? chiSquareUpperTail(deflated, degreesOfFreedom) : draw(deflated);
  const law = draw === null ? 'chi-square' : 'Monte Carlo, 2000 draws';
  return { ...untested, designEffect, p, pMethod: `Rao–Scott first order, ${law}` };
}
