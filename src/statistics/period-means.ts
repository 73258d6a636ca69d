import type { UnitStructure } from './coded-variable.ts';
import { imagesByUnit } from './images-by-unit.ts';
import type { Periods } from './periods.ts';

/** One measure of one group (site and camera) over time, in the periods that have a value. */
export interface PeriodSeries {
  readonly group: number;
  /** Days of a period, 1 or 7. */
  readonly length: number;
  /** First day of each period, in days since 1970-01-01, increasing. */
  readonly starts: Int32Array;
  readonly means: Float64Array;
  /** Pooled standard deviation of the images inside a period; null where no period has two. */
  readonly withinDeviation: number | null;
  readonly imageCount: number;
  readonly unitCount: number;
}

/**
 * The means of a measure by group and period, group by group; an image without value (NaN) or period is left out, and
 * so is a group or period without image. In a few passes over images and periods.
 */
export function periodMeans(values: Float64Array, periods: Periods, units: UnitStructure): PeriodSeries[] {
  const moments = periodMoments(values, periods);
  const unitCounts = unitsByGroup(values, periods, units);
  const { groupOf, startOf, lengthOf } = periods;
  const series: PeriodSeries[] = [];
  for (let from = 0, to = 0; from < groupOf.length; from = to) {
    const group = groupOf[from]!;
    const kept: number[] = [];
    for (; groupOf[to] === group; to += 1) if (moments.counts[to]! > 0) kept.push(to);
    if (kept.length === 0) continue;
    const of = (column: ArrayLike<number>) => kept.map((period) => column[period]!);
    const imageCount = of(moments.counts).reduce((total, n) => total + n, 0);
    const squares = of(moments.squares).reduce((total, square) => total + square, 0);
    series.push({
      group,
      length: lengthOf[group]!,
      starts: Int32Array.from(of(startOf)),
      means: Float64Array.from(of(moments.means)),
      withinDeviation: imageCount > kept.length ? Math.sqrt(squares / (imageCount - kept.length)) : null,
      imageCount,
      unitCount: unitCounts[group]!,
    });
  }
  return series;
}

/** n, mean and Σ(x − mean)² of each period, by Welford's update, which keeps the digits. */
function periodMoments(values: Float64Array, { periodOf, groupOf }: Periods) {
  const counts = new Float64Array(groupOf.length);
  const means = new Float64Array(groupOf.length);
  const squares = new Float64Array(groupOf.length);
  for (let image = 0; image < values.length; image += 1) {
    const period = periodOf[image]!;
    const value = values[image]!;
    if (period < 0 || Number.isNaN(value)) continue;
    counts[period] = counts[period]! + 1;
    const difference = value - means[period]!;
    means[period] = means[period]! + difference / counts[period]!;
    squares[period] = squares[period]! + difference * (value - means[period]!);
  }
  return { counts, means, squares };
}

function unitsByGroup(values: Float64Array, periods: Periods, units: UnitStructure): Int32Array {
  const unitCounts = new Int32Array(periods.lengthOf.length);
  const lastUnit = new Int32Array(periods.lengthOf.length).fill(-1);
  for (const image of imagesByUnit(units)) {
    const period = periods.periodOf[image]!;
    if (period < 0 || Number.isNaN(values[image]!)) continue;
    const group = periods.groupOf[period]!;
    if (lastUnit[group] === units.unitOf[image]) continue;
    lastUnit[group] = units.unitOf[image]!;
    unitCounts[group] = unitCounts[group]! + 1;
  }
  return unitCounts;
}
