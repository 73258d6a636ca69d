import { chiSquareUpperTail } from './chi-square-upper-tail.ts';
import { figure } from './figure.ts';
import { invertPositiveDefinite } from './invert-positive-definite.ts';
import { type MarginalHomogeneity, noHomogeneity } from './marginal-homogeneity.ts';
import { sum } from './sum.ts';

/**
 * Test that both annotators use the classes equally often, from a K×K table of counts row by row: dᵀS⁻¹d, d_c = n_c. − n_.c, S_cc = n_c. +
 * n_.c − 2n_cc, S_ck = −(n_ck + n_kc), without one class; chi-square with K−1 degrees of freedom. Classes that neither used
 * are dropped. Fewer than two classes: NOT_APPLICABLE, SINGLE_LEVEL; no item: NO_OVERLAP; S singular (they differ within
 * separate groups of classes, or never): UNDEFINED, SINGULAR. Stuart 1955, Biometrika 42:412; Maxwell 1970, British J.
 * Psychiatry 116:651.
 */
export function stuartMaxwell(table: readonly number[]): MarginalHomogeneity {
  const classes = Math.sqrt(table.length);
  if (sum(table) === 0) return noHomogeneity('NOT_APPLICABLE', 'NO_OVERLAP');
  const all = Array.from({ length: classes }, (_, c) => c);
  const at = (i: number, j: number) => table[i * classes + j]!;
  const row = (c: number) => sum(all.map((k) => at(c, k)));
  const column = (c: number) => sum(all.map((k) => at(k, c)));
  const used = all.filter((c) => row(c) + column(c) > 0);
  if (used.length < 2) return noHomogeneity('NOT_APPLICABLE', 'SINGLE_LEVEL');
  const kept = used.slice(0, -1);
  const differences = kept.map((c) => row(c) - column(c));
  const inverse = invertPositiveDefinite(
    kept.map((c) => kept.map((k) => (c === k ? row(c) + column(c) - 2 * at(c, c) : -(at(c, k) + at(k, c))))),
  );
  if (inverse === null) return noHomogeneity('UNDEFINED', 'SINGULAR');
  const statistic = sum(
    differences.map((one, i) => one * sum(differences.map((other, j) => inverse[i]![j]! * other))),
  );
  const degreesOfFreedom = kept.length;
  const p = chiSquareUpperTail(Math.max(0, statistic), degreesOfFreedom);
  return { statistic: figure(Math.max(0, statistic)), degreesOfFreedom, p };
}
