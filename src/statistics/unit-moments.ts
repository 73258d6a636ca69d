import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { bucketsOf } from './cross-tabulate.ts';
import type { BucketedTable } from './jackknife.ts';
import { sum } from './sum.ts';
import type { UnitMeans } from './unit-means.ts';

/** Several measures of n images, those of one unit side by side: measure m of image i at i·measures + m, NaN where unknown. */
export interface MeasureMatrix {
  readonly values: Float64Array;
  readonly measures: number;
}

/** One measure by a factor of k levels, on unit means. */
export interface UnitMoments {
  /** 3k cells: rows of each level, Σx, Σx². `imageCount` counts the images behind the rows. */
  readonly table: BucketedTable;
  /** Images behind the rows of each level. */
  readonly imagesOfLevel: readonly number[];
  /** The rows of the units asked for. */
  readonly rows: UnitMeans;
}

/**
 * One row per unit and level, the mean of its images; those without value or level are left out. The moments of all rows
 * by bucket, and the rows themselves of the units for which `isListed` is 1. One pass over the images for all measures. The
 * measures must lie about 0, for squares of raw values lose digits.
 */
export function unitMoments(
  matrix: MeasureMatrix,
  factor: CodedVariable,
  units: UnitStructure,
  isListed: Uint8Array,
): UnitMoments[] {
  const gathered = emptyMoments(matrix.measures, factor.levels, units);
  const { unitOf } = units;
  for (let from = 0, to = 0; from < unitOf.length; from = to) {
    const unit = unitOf[from]!;
    for (to = from; to < unitOf.length && unitOf[to] === unit; to += 1) {
      if (factor.codes[to]! >= 0) addImage(gathered, matrix.values, to, factor.codes[to]!);
    }
    endUnit(gathered, unit, isListed[unit] === 1);
  }
  return gathered.rows.map(({ values, codes, unitOf: unitOfRow, images, unitCount }, measure) => {
    const imagesOfLevel = Array.from(
      { length: factor.levels },
      (_, level) => gathered.images[level * matrix.measures + measure]!,
    );
    return {
      table: {
        ...cellsOf(gathered, measure),
        imageCount: sum(imagesOfLevel),
        unitCount: gathered.unitCounts[measure]!,
      },
      imagesOfLevel,
      rows: {
        values: Float64Array.from(values),
        factor: { codes: Int16Array.from(codes), levels: factor.levels },
        units: { ...units, unitOf: Int32Array.from(unitOfRow) },
        imageCount: images,
        unitCount,
      },
    };
  });
}

function emptyMoments(measures: number, levels: number, units: UnitStructure) {
  return {
    measures,
    levels,
    units,
    /** ((bucket·levels + level)·measures + measure)·3 + part. */
    cells: new Float64Array(units.bucketCount * levels * measures * 3),
    /** By level and measure. */
    images: new Float64Array(levels * measures),
    unitCounts: new Int32Array(measures),
    /** Of the unit at hand, by level and measure. */
    sums: new Float64Array(levels * measures),
    counts: new Int32Array(levels * measures),
    /** The levels that the unit has, in the order of its images. */
    present: new Int16Array(levels),
    presentCount: 0,
    isPresent: new Uint8Array(levels),
    rows: Array.from({ length: measures }, () => ({
      values: [] as number[],
      codes: [] as number[],
      unitOf: [] as number[],
      images: 0,
      unitCount: 0,
    })),
  };
}

type Gathered = ReturnType<typeof emptyMoments>;

function addImage(gathered: Gathered, values: Float64Array, image: number, level: number): void {
  const { measures, sums, counts, isPresent } = gathered;
  if (isPresent[level] === 0) {
    isPresent[level] = 1;
    gathered.present[gathered.presentCount] = level;
    gathered.presentCount += 1;
  }
  const place = level * measures;
  const start = image * measures;
  for (let measure = 0; measure < measures; measure += 1) {
    const value = values[start + measure]!;
    if (Number.isNaN(value)) continue;
    sums[place + measure] = sums[place + measure]! + value;
    counts[place + measure] = counts[place + measure]! + 1;
  }
}

function endUnit(gathered: Gathered, unit: number, isListed: boolean): void {
  const { measures, levels, units, cells, sums, counts, present, isPresent, images, unitCounts } = gathered;
  const bucketStart = units.bucketOf[unit]! * levels;
  for (let measure = 0; measure < measures; measure += 1) {
    let hasRow = 0;
    for (let index = 0; index < gathered.presentCount; index += 1) {
      const level = present[index]!;
      const place = level * measures + measure;
      const count = counts[place]!;
      if (count === 0) continue;
      hasRow = 1;
      const mean = sums[place]! / count;
      const cell = ((bucketStart + level) * measures + measure) * 3;
      cells[cell] = cells[cell]! + 1;
      cells[cell + 1] = cells[cell + 1]! + mean;
      cells[cell + 2] = cells[cell + 2]! + mean * mean;
      images[place] = images[place]! + count;
      if (isListed) list(gathered, measure, { unit, level, mean, count });
      sums[place] = 0;
      counts[place] = 0;
    }
    unitCounts[measure] = unitCounts[measure]! + hasRow;
    if (isListed) gathered.rows[measure]!.unitCount += hasRow;
  }
  for (let index = 0; index < gathered.presentCount; index += 1) isPresent[present[index]!] = 0;
  gathered.presentCount = 0;
}

function list(
  gathered: Gathered,
  measure: number,
  row: { unit: number; level: number; mean: number; count: number },
): void {
  const rows = gathered.rows[measure]!;
  rows.values.push(row.mean);
  rows.codes.push(row.level);
  rows.unitOf.push(row.unit);
  rows.images += row.count;
}

function cellsOf(gathered: Gathered, measure: number): Pick<BucketedTable, 'total' | 'buckets'> {
  const { measures, levels, units, cells } = gathered;
  const width = 3 * levels;
  const flat = new Float64Array(units.bucketCount * width);
  for (let bucket = 0; bucket < units.bucketCount; bucket += 1) {
    for (let level = 0; level < levels; level += 1) {
      const from = ((bucket * levels + level) * measures + measure) * 3;
      for (let part = 0; part < 3; part += 1)
        flat[bucket * width + part * levels + level] = cells[from + part]!;
    }
  }
  return bucketsOf(flat, width);
}
