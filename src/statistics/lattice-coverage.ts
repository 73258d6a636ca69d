import type { Estimate } from './estimate.ts';
import { figure } from './figure.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { SHARE } from './jackknife-interval.ts';
import type { LatticeCells } from './lattice-cells.ts';
import { latticeCoordinates } from './lattice-key.ts';
import { sum } from './sum.ts';
import type { LatticeCell, TargetLattice } from './target-lattice.ts';

/** Units for a Wilson interval of ±.10 around a score of 90 %; fewer cannot measure a model in the cell. */
export const FEWEST_UNITS_PER_CELL = 37;

const WORST_CELLS = 20;

export type CellStatus = 'HOLE' | 'THIN' | 'OK';

export interface CoveredCell {
  readonly coordinates: readonly number[];
  readonly share: number;
  readonly status: CellStatus;
  readonly imageCount: number;
  readonly unitCount: number;
}

export interface LatticeCoverage {
  readonly reference: TargetLattice['reference'];
  /** Cells of the target with a share, those looked at (the largest), and the share π of the rest. */
  readonly cellCount: number;
  readonly examinedCells: number;
  readonly unexaminedShare: number;
  readonly holes: number;
  readonly thin: number;
  /** Σπ of the holes: the share of the target world never seen. */
  readonly holeShare: Estimate;
  /** The 20 largest by π that are not OK, holes first. */
  readonly worst: readonly CoveredCell[];
  /** Combinations declared impossible that hold images all the same. */
  readonly contradictedZeros: number;
}

/**
 * Which joint strata of the target the dataset has never seen. HOLE: no unit; THIN: fewer than 37; structural zeros are
 * neither. The interval of `holeShare` says how far it would move had other units of the same kind been collected: a cell
 * held up by the units of one bucket is a hole of that replicate. Width 0: no examined cell hangs on one bucket alone.
 */
export function latticeCoverage(lattice: TargetLattice, observed: LatticeCells): LatticeCoverage {
  const possible = lattice.cells.filter(({ key }) => !lattice.structuralZeros.has(key));
  const statusOf = ({ key }: LatticeCell) => cellStatus(observed.cells.get(key)?.unitCount ?? 0);
  const [holes, thin] = (['HOLE', 'THIN'] as const).map((status) =>
    possible.filter((cell) => statusOf(cell) === status),
  ) as [LatticeCell[], LatticeCell[]];
  const zeros = [...lattice.structuralZeros];
  return {
    reference: lattice.reference,
    cellCount: lattice.cellCount,
    examinedCells: lattice.cells.length,
    unexaminedShare:
      lattice.cells.length < lattice.cellCount
        ? Math.max(0, 1 - sum(lattice.cells.map(({ share }) => share)))
        : 0,
    holes: holes.length,
    thin: thin.length,
    holeShare: holeShare(possible, holes, observed),
    worst: [...holes, ...thin].slice(0, WORST_CELLS).map((cell) => ({
      coordinates: latticeCoordinates(cell.key, lattice.levels),
      share: cell.share,
      status: statusOf(cell),
      imageCount: observed.cells.get(cell.key)?.imageCount ?? 0,
      unitCount: observed.cells.get(cell.key)?.unitCount ?? 0,
    })),
    contradictedZeros: zeros.filter((key) => observed.cells.has(key)).length,
  };
}

function cellStatus(unitCount: number): CellStatus {
  if (unitCount === 0) return 'HOLE';
  return unitCount < FEWEST_UNITS_PER_CELL ? 'THIN' : 'OK';
}

/** Leaving a bucket out adds the cells that only it has seen: so they stand in its cell with the minus sign. */
function holeShare(
  possible: readonly LatticeCell[],
  holes: readonly LatticeCell[],
  observed: LatticeCells,
): Estimate {
  const { imageCount, unitCount, unitsByBucket } = observed;
  const buckets = unitsByBucket.map((units) => [0, units]);
  for (const { key, share } of possible) {
    const bucket = observed.cells.get(key)?.soleBucket ?? null;
    if (bucket !== null) buckets[bucket]![0]! -= share;
  }
  const total = [sum(holes.map(({ share }) => share)), unitCount];
  const options = { method: 'share of the target in holes', range: SHARE };
  const clamped = ([share]: readonly number[]) => figure(Math.min(1, share!));
  return jackknifeEstimate({ total, buckets, imageCount, unitCount }, clamped, options);
}
