import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import type { LatticeCells } from '../../statistics/lattice-cells.ts';
import {
  type CellStatus,
  type CoveredCell,
  FEWEST_UNITS_PER_CELL,
} from '../../statistics/lattice-coverage.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import type { LatticeFactor } from './selection-lattice-factors.ts';

/** One combination of levels that the target gives a share, and the dataset too few units. */
export interface CoverageCell {
  readonly levels: readonly { readonly factor: string; readonly level: string }[];
  readonly targetShare: number;
  readonly status: CellStatus;
  readonly images: Estimate;
  readonly units: Estimate;
  /** How many more units make 37; null where that would tell a hidden count. */
  readonly unitsToAdd: number | null;
  /** Its images; null: a hole. */
  readonly selection: ImageSelection | null;
}

/** `quiet`: no count of images may be told, for one of them tells a small one. */
export function coverageCell(
  { coordinates, share, status, imageCount, unitCount }: CoveredCell,
  factors: readonly LatticeFactor[],
  observed: LatticeCells,
  { personal, quiet }: { personal: boolean; quiet: boolean },
): CoverageCell {
  const basis = { imageCount: observed.imageCount, unitCount: observed.unitCount };
  const levels = factors.map(({ name, levels }, place) => ({
    factor: name,
    level: levels[coordinates[place]!]!,
  }));
  const countOf = (count: number, method: string) =>
    quiet && count > 0
      ? notEstimable('SUPPRESSED', 'WOULD_REVEAL_A_SMALL_COUNT', { ...basis, method })
      : hideSmallCounts([count], { ...basis, method }, personal)[0]!;
  const images = countOf(imageCount, 'images');
  const units = hideWith(images, countOf(unitCount, 'units'));
  return {
    levels,
    targetShare: share,
    status,
    images,
    units,
    unitsToAdd: units.value === null ? null : FEWEST_UNITS_PER_CELL - units.value,
    selection:
      status === 'HOLE' ? null : keptWhere(...levels.map(({ factor, level }) => isIn(factor, level))),
  };
}
