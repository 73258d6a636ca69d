import { colour, type Verdict } from '../statistics/colour.ts';
import { type Estimate, estimate } from '../statistics/estimate.ts';
import { type FactorCoverage, factorCoverage } from '../statistics/factor-coverage.ts';
import { proportion } from '../statistics/proportion.ts';
import { sum } from '../statistics/sum.ts';
import { THRESHOLDS } from '../statistics/thresholds.ts';
import type { FactorStatus, LevelCount } from './bias-counts.ts';
import { type Addend, bucketedTable } from './bucketed-table.ts';
import { hideSmallCounts, hideWith } from './hide-small-counts.ts';
import { type LevelKind, poolLevels } from './pool-levels.ts';

/** One factor's images by bucket and level (null: unknown). */
export interface FactorImages {
  readonly name: string;
  readonly status: FactorStatus;
  readonly levels: readonly LevelCount[];
  readonly rows: readonly {
    readonly bucket: number;
    readonly level: string | null;
    readonly images: number;
  }[];
  readonly knownUnits: number;
  readonly unitCount: number;
  /** Levels that are never pooled. */
  readonly alwaysShown: readonly string[];
}

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
}

export interface FactorSelection extends Omit<FactorCoverage, 'levels'> {
  readonly name: string;
  readonly status: FactorStatus;
  readonly levels: readonly LevelSelection[];
  readonly hasTarget: boolean;
  /** Whether images lie at levels of share 0. */
  readonly outsideTarget: boolean;
}

/** Below this share of the target a level is not coloured (specification §1). */
const SMALLEST_COLOURED_SHARE = 0.01;

/**
 * How one factor stands against its target. Shares, ratios and tests are over the images whose level is known; the images
 * without one have a row of their own, for they may belong anywhere. A level the target does not name has share 0.
 */
export function factorSelection(
  factor: FactorImages,
  target: ReadonlyMap<string, number> | null,
  personal: boolean,
  random: () => number,
): FactorSelection {
  const { levels, indexOf } = poolLevels(factor.levels, [...factor.alwaysShown, ...(target?.keys() ?? [])]);
  const known = factor.rows.filter(({ level }) => level !== null);
  const addends = known.map(
    ({ bucket, level, images }): Addend => ({ bucket, cell: indexOf(level!), amount: images }),
  );
  const basis = { imageCount: sum(known.map(({ images }) => images)), unitCount: factor.knownUnits };
  const table = bucketedTable(levels.length, addends, basis);
  const shares = levels.map(({ level, kind }) => (kind === 'LEVEL' ? (target?.get(level) ?? 0) : 0));
  const coverage = factorCoverage(table, target === null ? null : { shares, sourceCount: null }, random);
  const missing = missingShare(factor);
  const counts = hideSmallCounts(
    [...table.total, missing.total[0]!],
    { imageCount: missing.imageCount, unitCount: missing.unitCount, method: 'images' },
    personal,
  );
  const rows = coverage.levels.map((level, index): LevelSelection => {
    const count = counts[index]!;
    const { kind, level: name, units } = levels[index]!;
    const ratio = hideWith(count, level.representationRatio);
    const judged = target !== null && shares[index]! >= SMALLEST_COLOURED_SHARE;
    return {
      level: name,
      kind,
      images: count,
      units: unitsOf(units, count, basis, personal),
      share: hideWith(count, level.share),
      targetShare: level.targetShare,
      representationRatio: ratio,
      standardizedDifference: hideWith(count, level.standardizedDifference),
      weight: count.status === 'SUPPRESSED' ? null : level.weight,
      verdict: judged ? colour(ratio, THRESHOLDS.representationRatio.bands) : null,
    };
  });
  if (missing.total[0]! > 0) rows.push(missingRow(missing, counts.at(-1)!));
  return {
    ...coverage,
    name: factor.name,
    status: factor.status,
    levels: rows,
    hasTarget: target !== null,
    outsideTarget: target !== null && table.total.some((count, index) => count > 0 && shares[index] === 0),
  };
}

function unitsOf(
  units: number | null,
  count: Estimate,
  basis: { imageCount: number; unitCount: number },
  personal: boolean,
): Estimate {
  const parts = { ...basis, method: 'units' };
  if (units === null)
    return estimate({ ...parts, value: null, status: 'NOT_APPLICABLE', reason: 'POOLED_LEVELS' });
  const [shown] = hideSmallCounts([units], parts, personal);
  return hideWith(count, shown!);
}

function missingShare(factor: FactorImages) {
  const addends = factor.rows.flatMap(({ bucket, level, images }): Addend[] => [
    { bucket, cell: 0, amount: level === null ? images : 0 },
    { bucket, cell: 1, amount: images },
  ]);
  const imageCount = sum(factor.rows.map(({ images }) => images));
  return bucketedTable(2, addends, { imageCount, unitCount: factor.unitCount });
}

function missingRow(missing: ReturnType<typeof missingShare>, count: Estimate): LevelSelection {
  const { imageCount, unitCount } = missing;
  const none = (method: string) =>
    estimate({
      value: null,
      status: 'NOT_APPLICABLE',
      reason: 'LEVEL_UNKNOWN',
      imageCount,
      unitCount,
      method,
    });
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
  };
}
