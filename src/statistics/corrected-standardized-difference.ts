import { type Figure, figure } from './figure.ts';
import { standardizedDifference } from './standardized-difference.ts';
import { sum } from './sum.ts';

/**
 * The standardized difference of two samples less what samples of their sizes differ by where nothing does: with A as in
 * `standardizedDifference`, A − δ̄(k−1)(1/n₁ + 1/n₂), at least 0, for A·n₁n₂/(n₁+n₂) is near X², whose mean is δ̄(k−1) then.
 * Counts over the same levels, k of them not empty; δ̄ the design effect of their independence test, at least 1. Range
 * [0, ∞). Status and reason as of the plain one. After Bergsma 2013, J. Korean Statistical Society 42:323, by analogy.
 */
export function correctedStandardizedDifference(
  first: readonly number[],
  second: readonly number[],
  designEffect: number,
): Figure {
  const plain = standardizedDifference(first, second);
  if (plain.value === null) return plain;
  const levels = first.filter((count, level) => count > 0 || second[level]! > 0).length;
  const square = plain.value ** 2;
  const distance = square / (1 + square / 4);
  const chance = Math.max(1, designEffect) * (levels - 1) * (1 / sum(first) + 1 / sum(second));
  const rest = Math.max(0, distance - chance);
  return figure(Math.sqrt(rest / (1 - rest / 4)));
}
