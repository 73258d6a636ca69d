import { type Figure, figure, noFigure } from './figure.ts';
import { normalQuantile } from './normal-quantile.ts';

/**
 * Cohen's d behind an area under the ROC curve, were both scores normal with equal variance: √2·Φ⁻¹(area). An area of 0
 * or 1: UNDEFINED. Rice & Harris 2005, Law and Human Behavior 29:615.
 */
export function effectSizeFromArea(area: number): Figure {
  if (!(area > 0 && area < 1)) return noFigure('UNDEFINED', 'UNBOUNDED');
  return figure(Math.SQRT2 * normalQuantile(area));
}
