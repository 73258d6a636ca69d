import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { figure } from '../../statistics/figure.ts';
import { jackknifeEstimate } from '../../statistics/jackknife-estimate.ts';
import { UNBOUNDED } from '../../statistics/jackknife-interval.ts';
import { SMALLEST_SHOWN_COUNT } from '../../statistics/suppress-small-counts.ts';
import type { UnitMoments } from '../../statistics/unit-moments.ts';
import type { ImageSelection } from '../images/image-selection.ts';
import {
  levelImages,
  type Measured,
  type MeasuredFactor,
  type MeasurementColumns,
} from './measurement-columns.ts';

/** A level whose mean of a measure is the lowest, or the highest, of its factor. */
export interface ExtremeLevel {
  readonly level: string;
  /** Mean of the unit means at the level. */
  readonly mean: Estimate;
  /** Its images; null where they cannot be asked for. */
  readonly selection: ImageSelection | null;
}

interface MeasuredMoments {
  readonly measure: Measured;
  readonly moments: UnitMoments;
  readonly personal: boolean;
}

/** Where a measure lies lowest and highest: the two ends that a person looks at first. */
export function extremeLevels(
  columns: MeasurementColumns,
  factor: MeasuredFactor,
  { measure, moments, personal }: MeasuredMoments,
): ExtremeLevel[] {
  const k = factor.levels.length;
  const { total } = moments.table;
  const meanOf = (code: number) => total[k + code]! / total[code]!;
  const known = [...factor.levels.keys()].filter((code) => total[code]! > 0);
  const byMean = known.sort((a, b) => meanOf(a) - meanOf(b));
  return [...new Set([byMean[0]!, byMean.at(-1)!])].map((code) => {
    const level = factor.levels[code]!;
    const mean = meanAt(moments, code, measure.centre);
    const hidden = personal && mean.unitCount < SMALLEST_SHOWN_COUNT;
    return {
      level: level.level,
      mean: hidden ? notEstimable('SUPPRESSED', 'SMALL_COUNT', mean) : mean,
      selection: levelImages(columns, factor, level),
    };
  });
}

function meanAt({ table, imagesOfLevel }: UnitMoments, code: number, centre: number): Estimate {
  const k = imagesOfLevel.length;
  const ofLevel = (cells: readonly number[]) => [cells[code]!, cells[k + code]!];
  const total = ofLevel(table.total);
  return jackknifeEstimate(
    {
      total,
      buckets: table.buckets.map(ofLevel),
      imageCount: imagesOfLevel[code]!,
      unitCount: total[0]!,
    },
    ([n, sum]) => figure(centre + sum! / n!),
    { method: 'mean of unit means', range: UNBOUNDED },
  );
}
