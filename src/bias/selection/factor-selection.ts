import { type FactorCoverage, factorCoverage } from '../../statistics/factor-coverage.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { sum } from '../../statistics/sum.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import type { FactorStatus, LevelCount } from '../bias-counts.ts';
import { keptWhere } from '../images/image-selection.ts';
import { type Addend, bucketedTable } from '../variables/bucketed-table.ts';
import { levelCondition } from '../variables/level-condition.ts';
import { type LevelSelection, levelRow, missingRow, shownCounts } from '../variables/level-selection.ts';
import { poolLevels } from '../variables/pool-levels.ts';

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

export interface FactorSelection extends Omit<FactorCoverage, 'levels'> {
  readonly name: string;
  readonly status: FactorStatus;
  readonly levels: readonly LevelSelection[];
  readonly hasTarget: boolean;
  /** Whether images lie at levels of share 0. */
  readonly outsideTarget: boolean;
}

export interface FactorSelectionOptions {
  readonly target: ReadonlyMap<string, number> | null;
  readonly personal: boolean;
  readonly threshold: Threshold;
  readonly random: () => number;
}

/**
 * How one factor stands against its target. Shares, ratios and tests are over the images whose level is known; the images
 * without one have a row of their own, for they may belong anywhere. A level the target does not name has share 0.
 */
export function factorSelection(
  factor: FactorImages,
  { target, personal, threshold, random }: FactorSelectionOptions,
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
  const counts = shownCounts(table.total, missing, personal);
  const context = { hasTarget: target !== null, personal, threshold, basis };
  const rows = coverage.levels.map((level, index) =>
    levelRow(level, levels[index]!, counts.levels[index]!, context),
  );
  if (missing.total[0]! > 0) rows.push(missingRow(missing, counts.missing));
  return {
    ...coverage,
    name: factor.name,
    status: factor.status,
    levels: withSelections(factor.name, rows),
    hasTarget: target !== null,
    outsideTarget: target !== null && table.total.some((count, index) => count > 0 && shares[index] === 0),
  };
}

function withSelections(name: string, rows: readonly Omit<LevelSelection, 'selection'>[]): LevelSelection[] {
  const shown = rows.flatMap(({ level, kind }) => (kind === 'LEVEL' ? [level] : []));
  return rows.map((row) => {
    const condition = levelCondition({ name, kind: 'NOMINAL' }, row, shown);
    return { ...row, selection: condition && keptWhere(condition) };
  });
}

function missingShare(factor: FactorImages): BucketedTable {
  const addends = factor.rows.flatMap(({ bucket, level, images }): Addend[] => [
    { bucket, cell: 0, amount: level === null ? images : 0 },
    { bucket, cell: 1, amount: images },
  ]);
  const imageCount = sum(factor.rows.map(({ images }) => images));
  return bucketedTable(2, addends, { imageCount, unitCount: factor.unitCount });
}
