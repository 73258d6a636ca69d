import { sum } from './sum.ts';

/**
 * The cells of `cohenKappa` from a K×K table of two annotators, row by row, n_ij items that the first calls i and the second j:
 * [Σ w_ij n_ij, margins of the first, margins of the second]. Additive.
 */
export function cohenCells(table: readonly number[], weights: readonly number[]): number[] {
  const classes = Math.sqrt(table.length);
  const place = Array.from({ length: classes }, (_, c) => c);
  return [
    sum(table.map((count, cell) => count * weights[cell]!)),
    ...place.map((i) => sum(place.map((j) => table[i * classes + j]!))),
    ...place.map((j) => sum(place.map((i) => table[i * classes + j]!))),
  ];
}
