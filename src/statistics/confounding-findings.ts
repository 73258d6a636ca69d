import type { Confounding, ConfoundingVerdict } from './confounding.ts';
import type { ConfoundingTriple } from './confounding-search.ts';

/** A value and class whose association another factor, the stratifier, changes. */
export interface ConfoundingFinding extends ConfoundingTriple {
  /** Of the Breslow–Day test. */
  readonly q: number | null;
  readonly isHeterogeneous: boolean;
}

const LARGEST_Q = 0.05;
const ORDER: readonly (ConfoundingVerdict | null)[] = ['REVERSAL', 'EXPLAINED', 'MASKED', null];

/**
 * The triples that have a verdict or are HETEROGENEOUS, Breslow–Day q ≤ .05; `q` of each triple, over the family it
 * belongs to. Reversals first, then EXPLAINED, MASKED and the rest, each by falling change of the difference.
 */
export function confoundingFindings(
  triples: readonly ConfoundingTriple[],
  q: readonly (number | null)[],
): ConfoundingFinding[] {
  const judged = triples.map((triple, index) => {
    const own = q[index] ?? null;
    return { ...triple, q: own, isHeterogeneous: own !== null && own <= LARGEST_Q };
  });
  const found = judged.filter(({ verdict, isHeterogeneous }) => verdict !== null || isHeterogeneous);
  return found.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || change(b) - change(a));
}

function change({ crude, standardized }: Confounding): number {
  return Math.abs((standardized.value ?? crude.value ?? 0) - (crude.value ?? 0));
}
