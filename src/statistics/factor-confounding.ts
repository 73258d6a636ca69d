import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { cramersV } from './cramers-v.ts';
import { crossTabulate } from './cross-tabulate.ts';
import { type Estimate, notEstimable } from './estimate.ts';
import { inUnitOrder } from './in-unit-order.ts';
import { LARGEST_TABLE } from './triple-table.ts';

/** Bias-corrected V of the factors at two places in the list, first < second. */
export interface ConfoundedFactors {
  readonly first: number;
  readonly second: number;
  readonly association: Estimate;
}

/**
 * How strongly every pair of factors is tied, by bias-corrected V with its interval (`cramersV`), strongest first: what one
 * of a pair is blamed for, the other may have done. A pair whose table by bucket would have more than 8 million cells:
 * NOT_APPLICABLE TOO_MANY_LEVELS. Bergsma 2013; specification §3.
 */
export function factorConfounding(
  factors: readonly CodedVariable[],
  units: UnitStructure,
): ConfoundedFactors[] {
  const { units: sorted, ordered } = inUnitOrder(units);
  const variables = factors.map(ordered);
  const pairs = variables.flatMap((one, first) =>
    variables.slice(first + 1).map((other, offset) => ({
      first,
      second: first + 1 + offset,
      association: associationOf(one, other, sorted),
    })),
  );
  const strength = ({ association }: ConfoundedFactors) => association.value ?? -1;
  return pairs.sort((a, b) => strength(b) - strength(a));
}

function associationOf(one: CodedVariable, other: CodedVariable, units: UnitStructure): Estimate {
  if (one.levels * other.levels * units.bucketCount > LARGEST_TABLE) {
    const basis = { imageCount: 0, unitCount: 0, method: 'Cramér V, bias-corrected' };
    return notEstimable('NOT_APPLICABLE', 'TOO_MANY_LEVELS', basis);
  }
  const table = crossTabulate(units, [one, other]);
  return cramersV({ ...table, rows: one.levels, columns: other.levels }).corrected;
}
