import { type AssociatedValue, associatedValues } from './associated-values.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { type Confounding, type ConfoundingVerdict, confounding } from './confounding.ts';
import { inUnitOrder } from './in-unit-order.ts';
import { LARGEST_TABLE, strataOfTriple, tripleTable } from './triple-table.ts';

/** One value and class whose association another factor, the stratifier, changes. */
export interface ConfoundingFinding extends AssociatedValue, Confounding {
  readonly stratifier: number;
  /** Of the Breslow–Day test, over all triples tested. */
  readonly q: number | null;
  readonly isHeterogeneous: boolean;
}

export interface ConfoundingSearch {
  readonly findings: readonly ConfoundingFinding[];
  /** Pairs of value and class with |risk difference| ≥ .05, of which the 200 largest were searched. */
  readonly associated: number;
  readonly tested: number;
  /** Pairs of factors whose table would have more than 8 million cells. */
  readonly tooLarge: readonly (readonly [number, number])[];
}

const MOST_ASSOCIATED = 200;
const LARGEST_Q = 0.05;
const ORDER: readonly (ConfoundingVerdict | null)[] = ['REVERSAL', 'EXPLAINED', 'MASKED', null];

/**
 * Simpson's paradox, looked for: every value and class with |risk difference| ≥ .05 (the 200 largest) against every other
 * factor as stratifier, by `confounding`. Found is what has a verdict or is HETEROGENEOUS, Breslow–Day q ≤ .05 over all
 * triples tested; reversals first, then by falling change of the difference. A class that is MASKED everywhere has no
 * difference to start from and is not searched for. Specification §3.
 */
export function confoundingSearch(
  factors: readonly CodedVariable[],
  label: CodedVariable,
  units: UnitStructure,
): ConfoundingSearch {
  const { units: sorted, ordered } = inUnitOrder(units);
  const variables = factors.map(ordered);
  const labels = ordered(label);
  const associated = associatedValues(variables, labels, sorted);
  const searched = associated.slice(0, MOST_ASSOCIATED);
  const tooLarge: [number, number][] = [];
  const tested: Triple[] = [];
  for (const [first, second] of pairsOf(factors.length)) {
    const ofPair = searched.filter(({ factor }) => factor === first || factor === second);
    if (ofPair.length === 0) continue;
    const pair = [variables[first]!, variables[second]!] as const;
    if (pair[0].levels * pair[1].levels * label.levels * units.bucketCount > LARGEST_TABLE) {
      tooLarge.push([first, second]);
      continue;
    }
    const triple = tripleTable(pair, labels, sorted);
    for (const candidate of ofPair) {
      const of = candidate.factor === first ? 0 : 1;
      const table = strataOfTriple(triple, of, candidate.value, candidate.label);
      tested.push({ ...candidate, stratifier: of === 0 ? second : first, ...confounding(table) });
    }
  }
  return { findings: findingsOf(tested), associated: associated.length, tested: tested.length, tooLarge };
}

function pairsOf(count: number): [number, number][] {
  const all = Array.from({ length: count }, (_, place) => place);
  return all.flatMap((first) => all.slice(first + 1).map((second): [number, number] => [first, second]));
}

type Triple = AssociatedValue & Confounding & { readonly stratifier: number };

function findingsOf(tested: readonly Triple[]): ConfoundingFinding[] {
  const q = benjaminiHochberg(tested.map(({ heterogeneity }) => heterogeneity.p));
  const judged = tested.map((triple, index) => {
    const own = q[index] ?? null;
    return { ...triple, q: own, isHeterogeneous: own !== null && own <= LARGEST_Q };
  });
  const found = judged.filter(({ verdict, isHeterogeneous }) => verdict !== null || isHeterogeneous);
  const change = ({ crude, standardized }: Confounding) =>
    Math.abs((standardized.value ?? crude.value ?? 0) - (crude.value ?? 0));
  return found.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || change(b) - change(a));
}
