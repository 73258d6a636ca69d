import { type Figure, figure } from './figure.ts';
import type { SurfaceDistances } from './surface-distances.ts';

/**
 * Surface Dice (NSD): the share of both boundaries' pixels that lie within a tolerance, in the unit of the distances, of the
 * other boundary. Range [0, 1]; one mask empty: 0. Nikolov et al. 2021, Journal of Medical Internet Research 23:e26151.
 */
export function surfaceDice(distances: SurfaceDistances | null, tolerance = 2): Figure {
  if (distances === null) return figure(0);
  const { firstToSecond, secondToFirst } = distances;
  const near = within(firstToSecond, tolerance) + within(secondToFirst, tolerance);
  return figure(near / (firstToSecond.length + secondToFirst.length));
}

function within(ascending: Float64Array, tolerance: number): number {
  const beyond = ascending.findIndex((distance) => distance > tolerance);
  return beyond < 0 ? ascending.length : beyond;
}
