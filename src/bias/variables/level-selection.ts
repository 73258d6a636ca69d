import type { Verdict } from '../../statistics/colour.ts';
import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import type { LevelCoverage } from '../../statistics/factor-coverage.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { proportion } from '../../statistics/proportion.ts';
import { representationVerdict } from '../../statistics/representation-verdict.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { type UnitsIntoBand, unitsIntoBand } from '../../statistics/units-into-band.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import type { ImageSelection } from '../images/image-selection.ts';
import type { LevelKind, PooledLevel } from './pool-levels.ts';

export interface LevelSelection {
  readonly level: string;
  readonly kind: LevelKind;
  readonly images: Estimate;
  /** Distinct units with an image at the level. */
  readonly units: Estimate;
  /** Of the images whose level is known; of `(missing)`: of all images. */
  readonly share: Estimate;
  readonly targetShare: number | null;
  readonly representationRatio: Estimate;
  readonly standardizedDifference: Estimate;
  readonly weight: number | null;
  /** Null where there is nothing to be compared with, or the target's share is below 1 %. */
  readonly verdict: Verdict | null;
  /** What brings the ratio, in units, out of amber; null without a target, or where it would tell a hidden count. */
  readonly plan: UnitsIntoBand | null;
  /** Its images; null where they cannot be asked for. */
  readonly selection: ImageSelection | null;
}

/** `figures` is SUPPRESSED where the share or ratio of the level would tell a small count. */
interface ShownCount {
  readonly told: Estimate;
  readonly figures: Estimate;
}

/**
 * Counts of levels and of the images without one (cells of `missing`: these, and all). Where the images without a level
 * may not be told, nor may the sum of the others, and so none of them.
 */
export function shownCounts(
  counts: readonly number[],
  missing: BucketedTable,
  personal: boolean,
): { readonly levels: readonly ShownCount[]; readonly missing: Estimate } {
  const basis = { imageCount: missing.imageCount, unitCount: missing.unitCount, method: 'images' };
  const own = hideSmallCounts(counts, basis, personal);
  const without = missing.total[0]!;
  const absent = hideSmallCounts([without, missing.imageCount - without], basis, personal)[0]!;
  return { levels: own.map((figures) => ({ figures, told: hideWith(absent, figures) })), missing: absent };
}

export interface LevelContext {
  readonly hasTarget: boolean;
  readonly personal: boolean;
  readonly threshold: Threshold;
  /** Images and units of known level. */
  readonly basis: { readonly imageCount: number; readonly unitCount: number };
}

/** One level's row, without its selection. */
export function levelRow(
  coverage: LevelCoverage,
  { level, kind, units }: PooledLevel,
  { told, figures }: ShownCount,
  { hasTarget, personal, threshold, basis }: LevelContext,
): Omit<LevelSelection, 'selection'> {
  const { representationRatio: trueRatio, targetShare } = coverage;
  const ratio = hideWith(figures, trueRatio);
  const judged = trueRatio.reason === 'OUT_OF_TARGET' ? trueRatio : ratio;
  const shownUnits = unitsOf(units, told, basis, personal);
  return {
    level,
    kind,
    images: told,
    units: shownUnits,
    share: hideWith(figures, coverage.share),
    targetShare,
    representationRatio: ratio,
    standardizedDifference: hideWith(figures, coverage.standardizedDifference),
    weight: figures.status === 'SUPPRESSED' ? null : coverage.weight,
    verdict: hasTarget ? representationVerdict(judged, targetShare ?? 0, threshold.bands) : null,
    plan: hasTarget ? planOf(shownUnits, basis.unitCount, targetShare ?? 0, threshold) : null,
  };
}

function planOf(
  { value }: Estimate,
  unitCount: number,
  share: number,
  { bands }: Threshold,
): UnitsIntoBand | null {
  if (value === null || bands.worse !== 'BOTH' || bands.below.amber >= bands.above.amber) return null;
  return unitsIntoBand(value, unitCount, share, { lower: bands.below.amber, upper: bands.above.amber });
}

function unitsOf(
  units: number | null,
  count: Estimate,
  basis: { imageCount: number; unitCount: number },
  personal: boolean,
): Estimate {
  const parts = { ...basis, method: 'units' };
  if (units === null) return notEstimable('NOT_APPLICABLE', 'POOLED_LEVELS', parts);
  const [shown] = hideSmallCounts([units], parts, personal);
  return hideWith(count, shown!);
}

/** The row of images without a level. */
export function missingRow(missing: BucketedTable, count: Estimate): Omit<LevelSelection, 'selection'> {
  const { imageCount, unitCount } = missing;
  const unknown = { value: null, status: 'NOT_APPLICABLE', reason: 'LEVEL_UNKNOWN' } as const;
  const none = (method: string) => estimate({ ...unknown, imageCount, unitCount, method });
  return {
    level: '(missing)',
    kind: 'MISSING',
    images: count,
    units: none('units'),
    share: hideWith(count, proportion(missing)),
    targetShare: null,
    representationRatio: none('representation ratio'),
    standardizedDifference: none('standardized difference of one share'),
    weight: null,
    verdict: null,
    plan: null,
  };
}
