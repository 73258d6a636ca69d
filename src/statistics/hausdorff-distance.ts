import { type Figure, figure, noFigure } from './figure.ts';
import type { SurfaceDistances } from './surface-distances.ts';

/**
 * HD95: the larger of the two directed 95th percentiles of the distances between boundaries, interpolated between order
 * statistics; with percentile 100 the Hausdorff distance. In the unit of the distances, at least 0. One mask empty:
 * UNDEFINED, ONE_EMPTY. Huttenlocher, Klanderman & Rucklidge 1993, IEEE PAMI 15:850.
 */
export function hausdorffDistance(distances: SurfaceDistances | null, percentile = 95): Figure {
  if (distances === null) return noFigure('UNDEFINED', 'ONE_EMPTY');
  const { firstToSecond, secondToFirst } = distances;
  return figure(Math.max(at(firstToSecond, percentile), at(secondToFirst, percentile)));
}

function at(ascending: Float64Array, percentile: number): number {
  const place = (percentile / 100) * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(place)]!, ascending[Math.ceil(place)]!];
  return below + (place - Math.floor(place)) * (above - below);
}
