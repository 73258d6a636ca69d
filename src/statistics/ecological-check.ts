import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { bucketsOf } from './cross-tabulate.ts';
import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';

export interface EcologicalCheck {
  /** Correlation of the group means, groups weighted by their images. */
  readonly between: Estimate;
  /** Correlation within the groups, pooled. */
  readonly within: Estimate;
  /** between − within, range [−2, 2]. */
  readonly difference: Estimate;
  /** Opposite signs, or |difference| ≥ .3: what holds of groups does not hold of images. */
  readonly isEcological: boolean;
}

const LARGEST_DIFFERENCE = 0.3;
/** Of each group: n, Σx, Σy, Σx², Σy², Σxy. */
const SUMS = 6;
const CORRELATION = { lower: -1, upper: 1 };

/**
 * Does the correlation of two measures over groups (sites, cameras) say anything of images? r_B from the group means beside
 * the pooled r_W = Σ_g S_xy/√(Σ_g S_xx·Σ_g S_yy); NaN is not known. Range [−1, 1]. Fewer than 3 groups: r_B NOT_APPLICABLE;
 * no variation of one measure: UNDEFINED. Robinson 1950, American Sociological Review 15:351.
 */
export function ecologicalCheck(
  x: Float64Array,
  y: Float64Array,
  groups: CodedVariable,
  units: UnitStructure,
): EcologicalCheck {
  const table = groupSums(x, y, groups, units);
  const range = { lower: -2, upper: 2 };
  const between = jackknifeEstimate(table, (cells) => correlations(cells).between, {
    method: 'correlation of group means',
    range: CORRELATION,
  });
  const within = jackknifeEstimate(table, (cells) => correlations(cells).within, {
    method: 'correlation within groups, pooled',
    range: CORRELATION,
  });
  const method = 'difference of correlations between and within groups';
  const difference = jackknifeEstimate(table, differenceOf, { method, range });
  const opposite = (between.value ?? 0) * (within.value ?? 0) < 0;
  const apart = Math.abs(difference.value ?? 0) >= LARGEST_DIFFERENCE;
  return { between, within, difference, isEcological: opposite || apart };
}

function differenceOf(cells: readonly number[]): Figure {
  const { between, within } = correlations(cells);
  if (between.value === null) return between;
  return within.value === null ? within : figure(between.value - within.value);
}

function correlations(cells: readonly number[]): { between: Figure; within: Figure } {
  const all = [0, 0, 0, 0, 0, 0];
  let [means, groups] = [[0, 0, 0], 0];
  for (let cell = 0; cell < cells.length; cell += SUMS) {
    const group = cells.slice(cell, cell + SUMS);
    if (group[0] === 0) continue;
    groups += 1;
    group.forEach((sum, place) => {
      all[place] = all[place]! + sum;
    });
    means = aboutZero(group).map((square, place) => means[place]! + square);
  }
  if (all[0] === 0) return { between: noFigure('EMPTY', 'NO_IMAGE'), within: noFigure('EMPTY', 'NO_IMAGE') };
  const raw = all.slice(3);
  const few = noFigure('NOT_APPLICABLE', 'FEWER_THAN_3_GROUPS');
  const between = minus(means, aboutZero(all));
  return {
    between: groups < 3 ? few : correlation(between, raw),
    within: correlation(minus(raw, means), raw),
  };
}

/** Squares and product of the means, times n: (Σx)²/n, (Σy)²/n, Σx·Σy/n. */
function aboutZero([n, x, y]: readonly number[]): number[] {
  return [(x! * x!) / n!, (y! * y!) / n!, (x! * y!) / n!];
}

function minus(from: readonly number[], off: readonly number[]): number[] {
  return from.map((value, place) => value - off[place]!);
}

/** What is below 1e-12 of the raw squares is rounding, not variance. */
function correlation([xx, yy, xy]: readonly number[], [rawX, rawY]: readonly number[]): Figure {
  if (xx! <= 1e-12 * rawX! || yy! <= 1e-12 * rawY!) return noFigure('UNDEFINED', 'CONSTANT_VALUE');
  return figure(Math.min(1, Math.max(-1, xy! / Math.sqrt(xx! * yy!))));
}

function groupSums(
  x: Float64Array,
  y: Float64Array,
  { codes, levels }: CodedVariable,
  { unitOf, bucketOf, unitCount, bucketCount }: UnitStructure,
): BucketedTable {
  const width = levels * SUMS;
  const sums = new Float64Array(width * bucketCount);
  const seen = new Uint8Array(unitCount);
  const isKnown = (image: number) => codes[image]! >= 0 && !Number.isNaN(x[image]! + y[image]!);
  const [centreX, centreY] = [meanOf(x, isKnown), meanOf(y, isKnown)];
  let [imageCount, known] = [0, 0];
  for (let image = 0; image < codes.length; image += 1) {
    if (!isKnown(image)) continue;
    const unit = unitOf[image]!;
    const [a, b] = [x[image]! - centreX, y[image]! - centreY];
    const place = bucketOf[unit]! * width + codes[image]! * SUMS;
    sums[place] = sums[place]! + 1;
    sums[place + 1] = sums[place + 1]! + a;
    sums[place + 2] = sums[place + 2]! + b;
    sums[place + 3] = sums[place + 3]! + a * a;
    sums[place + 4] = sums[place + 4]! + b * b;
    sums[place + 5] = sums[place + 5]! + a * b;
    imageCount += 1;
    if (seen[unit] === 0) known += 1;
    seen[unit] = 1;
  }
  return { ...bucketsOf(sums, width), imageCount, unitCount: known };
}

function meanOf(values: Float64Array, isKnown: (image: number) => boolean): number {
  let [total, count] = [0, 0];
  for (let image = 0; image < values.length; image += 1) {
    if (!isKnown(image)) continue;
    total += values[image]!;
    count += 1;
  }
  return count > 0 ? total / count : 0;
}
