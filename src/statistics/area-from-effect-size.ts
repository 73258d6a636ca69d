import { normalUpperTail } from './normal-upper-tail.ts';

/**
 * Area under the ROC curve of two normal scores of equal variance that lie d standard deviations apart: Φ(d/√2).
 * Range [0, 1]; d of .2, .5, .8 are .556, .639, .714. Rice & Harris 2005, Law and Human Behavior 29:615.
 */
export function areaFromEffectSize(d: number): number {
  return normalUpperTail(-d / Math.SQRT2);
}
