import { latticeKey } from './lattice-key.ts';

/** A cell of the target world, by its `latticeKey`, and its share π > 0 of that world. */
export interface LatticeCell {
  readonly key: number;
  readonly share: number;
}

/**
 * The target's joint strata, largest share first, at most `LARGEST_LATTICE` of the `cellCount` there are.
 * INDEPENDENCE: only margins are known, and a cell's share is their product.
 */
export interface TargetLattice {
  readonly reference: 'DECLARED' | 'INDEPENDENCE';
  readonly levels: readonly number[];
  readonly cells: readonly LatticeCell[];
  readonly cellCount: number;
  /** Keys of combinations that cannot occur, and so are no holes. */
  readonly structuralZeros: ReadonlySet<number>;
}

/** More cells than this are not looked at (specification §1). */
export const LARGEST_LATTICE = 100_000;

export interface DeclaredStratum {
  readonly coordinates: readonly number[];
  readonly share: number;
  readonly structuralZero: boolean;
}

/** The lattice of a target declared jointly, stratum by stratum; a combination not declared has share 0. */
export function declaredLattice(
  levels: readonly number[],
  strata: readonly DeclaredStratum[],
): TargetLattice {
  const keyed = strata.map((stratum) => ({ ...stratum, key: latticeKey(stratum.coordinates, levels) }));
  const cells = keyed.filter(({ share }) => share > 0).map(({ key, share }) => ({ key, share }));
  return {
    reference: 'DECLARED',
    levels,
    cells: cells.sort(byShare).slice(0, LARGEST_LATTICE),
    cellCount: cells.length,
    structuralZeros: new Set(keyed.flatMap(({ key, structuralZero }) => (structuralZero ? [key] : []))),
  };
}

/** The lattice of a target of which only the factors' margins are known (shares by level, each summing to 1). */
export function independenceLattice(
  margins: readonly (readonly number[])[],
  structuralZeros: ReadonlySet<number> = new Set(),
  cap = LARGEST_LATTICE,
): TargetLattice {
  let cells: readonly LatticeCell[] = [{ key: 0, share: 1 }];
  let cellCount = 1;
  for (const margin of margins) {
    const sorted = margin
      .map((share, level) => ({ key: level, share }))
      .filter(({ share }) => share > 0)
      .sort(byShare);
    cells = largestProducts(cells, sorted, margin.length, cap);
    cellCount *= sorted.length;
  }
  const levels = margins.map((margin) => margin.length);
  return { reference: 'INDEPENDENCE', levels, cells, cellCount, structuralZeros };
}

/**
 * The `cap` largest products of two lists sorted by share. Before the product of ranks i and j (from 0) come
 * (i+1)(j+1) − 1 others at least as large, so only (i+1)(j+1) ≤ cap are made: at most cap·(1 + ln cap).
 */
function largestProducts(
  cells: readonly LatticeCell[],
  margin: readonly LatticeCell[],
  levels: number,
  cap: number,
): LatticeCell[] {
  const products: LatticeCell[] = [];
  cells.forEach((cell, rank) => {
    for (const { key, share } of margin.slice(0, Math.floor(cap / (rank + 1))))
      products.push({ key: cell.key * levels + key, share: cell.share * share });
  });
  return products.sort(byShare).slice(0, cap);
}

function byShare(one: LatticeCell, other: LatticeCell): number {
  return other.share - one.share || one.key - other.key;
}
