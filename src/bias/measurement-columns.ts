import type { UnitStructure } from '../statistics/coded-variable.ts';
import type { Basis } from '../statistics/estimate.ts';
import { imagesByUnit } from '../statistics/images-by-unit.ts';
import type { MeasureMatrix } from '../statistics/unit-moments.ts';
import { type ImageSelection, isIn, keptWhere } from './image-selection.ts';
import { levelCondition } from './level-condition.ts';
import type { ReportedMeasure } from './moments.ts';
import { type PooledLevel, poolLevels } from './pool-levels.ts';
import type { ReportInput } from './report-input.ts';
import type { NamedVariable, Subjects } from './subjects.ts';

/** A nominal factor of which some image has a value. */
export interface MeasuredFactor {
  readonly name: string;
  /** Every level for itself. */
  readonly recorded: NamedVariable;
  /** Levels of fewer than five units pooled. */
  readonly variable: NamedVariable;
  readonly levels: readonly PooledLevel[];
}

export interface Measured {
  readonly name: ReportedMeasure;
  /** The mean of all images, from which the matrix counts. */
  readonly centre: number;
}

/** What the measurement report is made of, in the order of the units, so that passes read memory in its order. */
export interface MeasurementColumns {
  /** In their own order. */
  readonly subjects: Subjects;
  /** Of each place in the columns, its image among the subjects. */
  readonly images: Int32Array;
  readonly units: UnitStructure;
  /** Those that some image has. */
  readonly measures: readonly Measured[];
  readonly matrix: MeasureMatrix;
  readonly factors: readonly MeasuredFactor[];
  /** Of more than 1000 levels: identifiers. */
  readonly refusedFactors: readonly string[];
  readonly unknownUnits: boolean;
  /** The part of a split that the report is of. */
  readonly part: string | null;
}

export function measurementColumns({ subjects, request }: ReportInput): MeasurementColumns {
  const nominal = subjects.factors.filter(({ kind }) => kind === 'NOMINAL');
  const images = imagesByUnit(subjects.units);
  const units = { ...subjects.units, unitOf: inOrder(subjects.units.unitOf, images) };
  const measured = subjects.measures.flatMap(({ name, values }) => {
    const centre = meanOf(values);
    return centre === null ? [] : [{ name: name as ReportedMeasure, centre, values }];
  });
  return {
    subjects,
    images,
    units,
    measures: measured.map(({ name, centre }) => ({ name, centre })),
    matrix: matrixOf(measured, images),
    factors: nominal.flatMap(({ name, variable }): MeasuredFactor[] => {
      if (!variable?.codes.some((code) => code >= 0)) return [];
      return [measuredFactor(name, { ...variable, codes: inOrder(variable.codes, images) }, units)];
    }),
    refusedFactors: nominal.flatMap(({ name, variable }) => (variable === null ? [name] : [])),
    unknownUnits: subjects.unitKnown.includes(0),
    part: request.part,
  };
}

/** A column of the images in the order of `images`. */
export function inOrder<T extends Int16Array | Int32Array>(column: T, images: Int32Array): T {
  const ordered = column.slice() as T;
  for (let place = 0; place < images.length; place += 1) ordered[place] = column[images[place]!]!;
  return ordered;
}

/** Null where no value is known. */
function meanOf(values: Float64Array): number | null {
  let [sum, count] = [0, 0];
  for (let image = 0; image < values.length; image += 1) {
    const value = values[image]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

function matrixOf(
  measured: readonly { readonly centre: number; readonly values: Float64Array }[],
  images: Int32Array,
): MeasureMatrix {
  const measures = measured.length;
  const matrix = new Float64Array(images.length * measures);
  measured.forEach(({ centre, values }, measure) => {
    for (let place = 0; place < images.length; place += 1)
      matrix[place * measures + measure] = values[images[place]!]! - centre;
  });
  return { values: matrix, measures };
}

/** All images and units: what a figure rests on that cannot be had. */
export function everyImage({ subjects }: MeasurementColumns, method: string): Basis {
  return { imageCount: subjects.imageCount, unitCount: subjects.units.unitCount, method };
}

/** The images at a pooled level; null where no condition can say it. */
export function levelImages(
  { part }: MeasurementColumns,
  { name, levels }: MeasuredFactor,
  level: PooledLevel,
): ImageSelection | null {
  const shown = levels.flatMap((one) => (one.kind === 'LEVEL' ? [one.level] : []));
  const condition = levelCondition({ name, kind: 'NOMINAL' }, level, shown);
  return condition && keptWhere(condition, ...inPart(part));
}

export function inPart(part: string | null) {
  return part === null ? [] : [isIn('part', part)];
}

function measuredFactor(name: string, recorded: NamedVariable, units: UnitStructure): MeasuredFactor {
  const { levels, indexOf } = poolLevels(countLevels(recorded, units));
  const placeOf = Int16Array.from(recorded.names, indexOf);
  const codes = new Int16Array(recorded.codes.length);
  for (let image = 0; image < codes.length; image += 1) {
    const code = recorded.codes[image]!;
    codes[image] = code < 0 ? -1 : placeOf[code]!;
  }
  const variable = { codes, levels: levels.length, names: levels.map(({ level }) => level) };
  return { name, recorded, variable, levels };
}

/** Images and distinct units of each level that an image has. */
function countLevels({ codes, names }: NamedVariable, { unitOf }: UnitStructure) {
  const images = new Float64Array(names.length);
  const units = new Float64Array(names.length);
  const lastUnit = new Int32Array(names.length).fill(-1);
  for (let image = 0; image < codes.length; image += 1) {
    const code = codes[image]!;
    if (code < 0) continue;
    images[code] = images[code]! + 1;
    if (lastUnit[code] === unitOf[image]) continue;
    lastUnit[code] = unitOf[image]!;
    units[code] = units[code]! + 1;
  }
  return names.flatMap((level, code) =>
    images[code]! > 0 ? [{ level, images: images[code]!, units: units[code]! }] : [],
  );
}
