import { colour, type Verdict } from '../../statistics/colour.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { type LatticeCells, latticeCells } from '../../statistics/lattice-cells.ts';
import { type LatticeCoverage, latticeCoverage } from '../../statistics/lattice-coverage.ts';
import { SMALLEST_SHOWN_COUNT } from '../../statistics/suppress-small-counts.ts';
import { declaredLattice, independenceLattice } from '../../statistics/target-lattice.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import type { ReportRequest } from '../report-request.ts';
import type { Subjects } from '../subjects/subjects.ts';
import { type CoverageCell, coverageCell } from './coverage-cell.ts';
import type { FactorSelection } from './factor-selection.ts';
import { latticeFactors } from './selection-lattice-factors.ts';

export interface CoverageHoles
  extends Omit<LatticeCoverage, 'reference' | 'holeShare' | 'worst' | 'holes' | 'thin'> {
  /** Null: nothing could be combined. */
  readonly reference: LatticeCoverage['reference'] | null;
  readonly factors: readonly string[];
  /** Factors of the target that are in no combination: not recorded, or beyond the first four. */
  readonly leftOut: readonly string[];
  readonly holeCount: number;
  readonly thinCount: number;
  readonly holeShare: Estimate;
  readonly verdict: Verdict;
  /** The 20 largest by share, holes first. */
  readonly cells: readonly CoverageCell[];
}

/** Which combinations of the target's levels were never seen, or too rarely to measure anything (specification §1). */
export function coverageHoles(
  subjects: Subjects,
  { target, personal }: Pick<ReportRequest, 'target' | 'personal'>,
  selections: readonly FactorSelection[],
  threshold: Threshold,
): CoverageHoles {
  const { factors, leftOut } = latticeFactors(subjects, target);
  const names = factors.map(({ name }) => name);
  const joint = target !== null && target.strata.length > 0;
  if (target === null || factors.length === 0 || (joint && leftOut.length > 0)) {
    const reason = target === null ? 'NO_TARGET_DECLARED' : 'TARGET_NOT_RECORDED';
    return nothingCombined(subjects, { names, leftOut, reason, threshold });
  }
  const levels = factors.map(({ variable }) => variable.levels);
  const lattice = joint
    ? declaredLattice(
        levels,
        target.strata.map((stratum) => ({
          coordinates: factors.map((factor) => factor.placeOf(levelOf(stratum, factor.name))),
          share: Number(stratum.share),
          structuralZero: stratum.structuralZero,
        })),
      )
    : independenceLattice(factors.map(({ shares }) => shares));
  const observed = latticeCells(
    subjects.units,
    factors.map(({ variable }) => variable),
  );
  const { worst, holes, thin, ...coverage } = latticeCoverage(lattice, observed);
  const quiet =
    personal &&
    tellsSmallCount(
      observed,
      selections.filter(({ name }) => names.includes(name)),
    );
  return {
    ...coverage,
    factors: names,
    leftOut,
    holeCount: holes,
    thinCount: thin,
    verdict: colour(coverage.holeShare, threshold.bands),
    cells: worst.map((cell) => coverageCell(cell, factors, observed, { personal, quiet })),
  };
}

function levelOf(
  stratum: { readonly levels: readonly { factor: string; level: string }[] },
  name: string,
): string {
  return stratum.levels.find(({ factor }) => factor === name)!.level;
}

/** Cells add up to levels: where one count of either is hidden, so are those of all cells that hold images. */
function tellsSmallCount(observed: LatticeCells, selections: readonly FactorSelection[]): boolean {
  const small = [...observed.cells.values()].some(({ imageCount }) => imageCount < SMALLEST_SHOWN_COUNT);
  const hidden = selections.some(({ levels }) => levels.some(({ images }) => images.status === 'SUPPRESSED'));
  return small || hidden;
}

function nothingCombined(
  { imageCount, units }: Subjects,
  {
    names,
    leftOut,
    reason,
    threshold,
  }: { names: string[]; leftOut: string[]; reason: string; threshold: Threshold },
): CoverageHoles {
  const basis = { imageCount, unitCount: units.unitCount, method: 'share of the target in holes' };
  const holeShare = notEstimable('NOT_APPLICABLE', reason, basis);
  return {
    reference: null,
    factors: names,
    leftOut,
    cellCount: 0,
    examinedCells: 0,
    unexaminedShare: 0,
    contradictedZeros: 0,
    holeCount: 0,
    thinCount: 0,
    holeShare,
    verdict: colour(holeShare, threshold.bands),
    cells: [],
  };
}
