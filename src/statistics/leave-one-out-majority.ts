import { margins } from './contingency-table.ts';
import { type Figure, figure, noFigure } from './figure.ts';

export interface LeaveOneOutMajority {
  readonly accuracy: Figure;
  readonly lambda: Figure;
  readonly tau: Figure;
}

/**
 * Goodman and Kruskal's λ and τ of label (rows) given stratum (columns) with every image guessed from the others, in
 * closed form where each image is its own unit. A stratum with largest count M and runner-up M₂ gives M hits if
 * M − 1 > M₂, else none; an image alone in its stratum is guessed as the commonest class of all (the first of equals).
 * λ_loo = (hits/N − p_max)/(1 − p_max); τ_loo = (h − b)/(1 − b), h the mean share of the rest of its stratum that has an
 * image's class, b the same of all the rest. Range (−∞, 1]: below 0 the strata mislead. One class or stratum:
 * NOT_APPLICABLE. Specification §3; Lachenbruch & Mickey 1968 (leaving one out).
 */
export function leaveOneOutMajority(cells: readonly number[], columnCount: number): LeaveOneOutMajority {
  const sums = margins(cells, columnCount);
  const n = sums.total;
  const all = (fault: Figure) => ({ accuracy: fault, lambda: fault, tau: fault });
  if (n === 0) return all(noFigure('EMPTY', 'NO_IMAGE'));
  if (sums.rowLevels < 2 || sums.columnLevels < 2) return all(noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL'));
  const commonest = Math.max(...sums.rows);
  const majority = sums.rows.indexOf(commonest);
  let [hits, proportional] = [0, 0];
  for (let column = 0; column < columnCount; column += 1) {
    const counts = sums.rows.map((_, row) => cells[row * columnCount + column]!);
    hits += majorityHits(counts, majority);
    proportional += proportionalHits(counts, sums.rows, n);
  }
  const chance = sums.rows.reduce((total, count) => total + (count * (count - 1)) / (n * (n - 1)), 0);
  return {
    accuracy: figure(hits / n),
    lambda: figure((hits - commonest) / (n - commonest)),
    tau: figure((proportional / n - chance) / (1 - chance)),
  };
}

function majorityHits(counts: readonly number[], majority: number): number {
  const [most, next] = [...counts].sort((a, b) => b - a) as [number, number];
  if (most === 1 && next === 0) return counts[majority] === 1 ? 1 : 0;
  return most - 1 > next ? most : 0;
}

function proportionalHits(counts: readonly number[], classes: readonly number[], n: number): number {
  const stratum = counts.reduce((total, count) => total + count, 0);
  const same = (count: number, row: number) =>
    stratum > 1 ? (count - 1) / (stratum - 1) : (classes[row]! - 1) / (n - 1);
  return counts.reduce((total, count, row) => total + (count > 0 ? count * same(count, row) : 0), 0);
}
