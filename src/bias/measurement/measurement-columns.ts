import type { UnitStructure } from '../../statistics/coded-variable.ts';
import type { Basis } from '../../statistics/estimate.ts';
import { imagesByUnit } from '../../statistics/images-by-unit.ts';
import type { MeasureMatrix } from '../../statistics/unit-moments.ts';
import { type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import type { ReportInput } from '../report-input.ts';
import type { NamedVariable, Subjects } from '../subjects/subjects.ts';
import { levelCondition } from '../variables/level-condition.ts';
import {
  type PooledVariable,
  type PooledVariableLevel,
  pooledVariable,
} from '../variables/pooled-variable.ts';
import type { ReportedMeasure } from './moments.ts';

/** A nominal factor of which some image has a value. */
export interface MeasuredFactor extends PooledVariable {
  readonly name: string;
  /** Every level for itself. */
  readonly recorded: NamedVariable;
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
      const recorded = { ...variable, codes: inOrder(variable.codes, images) };
      return [{ name, recorded, ...pooledVariable(recorded, units) }];
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
  const columns = measured.map(({ values }) => values);
  const centres = Float64Array.from(measured, ({ centre }) => centre);
  const matrix = new Float64Array(images.length * measures);
  for (let place = 0, cell = 0; place < images.length; place += 1) {
    const image = images[place]!;
    for (let measure = 0; measure < measures; measure += 1, cell += 1)
      matrix[cell] = columns[measure]![image]! - centres[measure]!;
  }
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
  level: PooledVariableLevel,
): ImageSelection | null {
  const shown = levels.flatMap((one) => (one.kind === 'LEVEL' ? [one.level] : []));
  const condition = levelCondition({ name, kind: 'NOMINAL' }, level, shown);
  return condition && keptWhere(condition, ...inPart(part));
}

export function inPart(part: string | null) {
  return part === null ? [] : [isIn('part', part)];
}
