import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { crossTabulate } from './cross-tabulate.ts';
import { notEstimable } from './estimate.ts';
import { type FactorTie, factorTie } from './factor-tie.ts';
import { inUnitOrder } from './in-unit-order.ts';

/** The tie of the factors at two places in the list, first < second; the first are the rows. */
export interface ConfoundedFactors extends FactorTie {
  readonly first: number;
  readonly second: number;
}

/** Most cells the table of a pair by bucket may have. */
const LARGEST_TABLE = 2_000_000;

/**
 * How strongly every pair of factors is tied, by bias-corrected V with its interval (`factorTie`), strongest first: what one
 * of a pair is blamed for, the other may have done. A pair whose table by bucket would have more than 2 million cells:
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
      ...tieOf(one, other, sorted),
    })),
  );
  const strength = ({ association }: ConfoundedFactors) => association.value ?? -1;
  return pairs.sort((a, b) => strength(b) - strength(a));
}

function tieOf(one: CodedVariable, other: CodedVariable, units: UnitStructure): FactorTie {
  if (one.levels * other.levels * units.bucketCount > LARGEST_TABLE) {
    const basis = { imageCount: 0, unitCount: 0, method: 'Cramér V, bias-corrected' };
    return { association: notEstimable('NOT_APPLICABLE', 'TOO_MANY_LEVELS', basis), dominating: null };
  }
  return factorTie({ ...crossTabulate(units, [one, other]), rows: one.levels, columns: other.levels });
}
