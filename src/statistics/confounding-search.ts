import type { AssociatedValue } from './associated-values.ts';
import { classRows } from './class-rows.ts';
import type { CodedClasses } from './coded-classes.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { type Confounding, confounding } from './confounding.ts';
import { type ConfoundedFactors, factorConfounding } from './factor-confounding.ts';
import { factorTie } from './factor-tie.ts';
import { pairOfTriple, strataOfTriple, tripleTable } from './triple-table.ts';

/** A value and a class that go together, looked at in the strata of another factor, the stratifier. */
export interface ConfoundingTriple extends AssociatedValue, Confounding {
  readonly stratifier: number;
  /** Images with the value and of the class, with the value alone, of the class alone, and of neither. */
  readonly counts: readonly number[];
}

export interface ConfoundingSearch {
  /** Of every pair of factors, in their order. */
  readonly ties: readonly ConfoundedFactors[];
  readonly triples: readonly ConfoundingTriple[];
  /** Pairs of factors whose table would have more than 8 million cells. */
  readonly tooLarge: readonly (readonly [number, number])[];
}

const MOST_ASSOCIATED = 200;

/**
 * How every pair of factors is tied (`factorTie`), and Simpson's paradox, looked for: the 200 first of `associated`
 * (`associatedValues`) against every other factor as stratifier, by `confounding`; `confoundingFindings` tells which of the
 * triples are found. A class that is MASKED everywhere has no difference to start from and is not searched for. The images
 * come in unit order (`inUnitOrder`). Specification §3.
 */
export function confoundingSearch(
  factors: readonly CodedVariable[],
  associated: readonly AssociatedValue[],
  classes: CodedClasses,
  units: UnitStructure,
): ConfoundingSearch {
  const searched = associated.slice(0, MOST_ASSOCIATED);
  const tooLarge: [number, number][] = [];
  const triples: ConfoundingTriple[] = [];
  const ties: ConfoundedFactors[] = [];
  for (let first = 0; first < factors.length - 1; first += 1) {
    const rows = classRows(factors[first]!, classes, units);
    for (let second = first + 1; second < factors.length; second += 1) {
      const triple = tripleTable(rows, factors[second]!, classes, units);
      if (triple === null) {
        const [tie] = factorConfounding([factors[first]!, factors[second]!], units);
        tooLarge.push([first, second]);
        ties.push({ ...tie!, first, second });
        continue;
      }
      ties.push({ first, second, ...factorTie(pairOfTriple(triple)) });
      for (const candidate of searched) {
        if (candidate.factor !== first && candidate.factor !== second) continue;
        const of = candidate.factor === first ? 0 : 1;
        const stratifier = of === 0 ? second : first;
        const table = strataOfTriple(triple, of, candidate.value, candidate.label);
        triples.push({ ...candidate, stratifier, counts: crudeCounts(table.total), ...confounding(table) });
      }
    }
  }
  return { triples, ties, tooLarge };
}

function crudeCounts(cells: readonly number[]): number[] {
  const counts = [0, 0, 0, 0];
  cells.forEach((count, cell) => {
    counts[cell % 4]! += count;
  });
  return counts;
}
