import type { CodedClasses } from '../../statistics/coded-classes.ts';
import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';
import type { Basis } from '../../statistics/estimate.ts';
import { imagesByUnit } from '../../statistics/images-by-unit.ts';
import { unitsPerClass } from '../../statistics/units-per-class.ts';
import type { UnitsPerLevel } from '../../statistics/units-per-level.ts';
import { type Condition, type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import type { ReportInput } from '../report-input.ts';
import type { Factor, Subjects } from '../subjects/subjects.ts';
import { subsetSubjects } from '../subjects/subset-subjects.ts';
import { isLabelled } from '../variables/label-variable.ts';
import { type Attribute, attributeOf } from './association-attributes.ts';
import { unitFolds } from './unit-folds.ts';

/**
 * What the association report is made of: the labelled images, those of one unit side by side and the units in the order of
 * their buckets, so that passes over them read and write memory in its order.
 */
export interface AssociationColumns {
  readonly isMultiple: boolean;
  readonly classNames: readonly string[];
  /** One each, or several. */
  readonly classes: CodedClasses;
  readonly perClass: UnitsPerLevel;
  readonly units: UnitStructure;
  readonly foldOf: Uint8Array;
  /** Factors of which some labelled image has a value. */
  readonly attributes: readonly Attribute[];
  /** Of more than 1000 levels: identifiers. */
  readonly refusedFactors: readonly string[];
  readonly unlabelledImages: number;
  readonly tiedImages: number;
  readonly unknownUnits: boolean;
  readonly personal: boolean;
  readonly part: string | null;
}

export function associationColumns({ subjects, request }: ReportInput): AssociationColumns {
  const labelled = isLabelled(subjects);
  const kept = subsetSubjects(subjects, labelled);
  const { units, foldOf } = unitsByBucket(kept);
  const images = imagesByUnit(units);
  const sorted = { ...units, unitOf: images.map((image) => units.unitOf[image]!) };
  const classes = sortedClasses(kept, images);
  const usable = kept.factors.flatMap((factor) => {
    const { variable } = factor;
    if (variable === null) return [];
    const attribute = attributeOf(sortedFactor(factor, images), sortedVariable(variable, images), sorted);
    return attribute === null ? [] : [attribute];
  });
  const offsets = subjects.classes.offsets;
  const unlabelledImages = labelled.filter((_, image) => offsets[image] === offsets[image + 1]).length;
  return {
    isMultiple: subjects.classes.mode === 'MULTIPLE',
    classNames: subjects.classes.names,
    classes,
    perClass: unitsPerClass(classes, sorted),
    units: sorted,
    foldOf,
    attributes: usable,
    refusedFactors: kept.factors.flatMap(({ name, variable }) => (variable === null ? [name] : [])),
    unlabelledImages,
    tiedImages: subjects.imageCount - kept.imageCount - unlabelledImages,
    unknownUnits: subjects.unitKnown.includes(0),
    personal: request.personal,
    part: request.part,
  };
}

/** All labelled images: what a figure rests on that cannot be had. */
export function labelledImages({ perClass }: AssociationColumns, method: string): Basis {
  return { imageCount: perClass.imageCount, unitCount: perClass.unitCount, method };
}

/** 1 where an image shows the class, 0 where it does not. */
export function presenceOf({ classes, units }: AssociationColumns, label: number): CodedVariable {
  const codes = new Int16Array(units.unitOf.length);
  for (let image = 0; image < codes.length; image += 1)
    for (let at = classes.offsets[image]!; at < classes.offsets[image + 1]!; at += 1)
      if (classes.codes[at] === label) codes[image] = 1;
  return { codes, levels: 2 };
}

/** The class of each image, where each has one. */
export function singleLabel({ classes }: AssociationColumns): CodedVariable {
  return { codes: classes.codes, levels: classes.levels };
}

/** The kept images of the report's part for which all of this holds; null where one of them cannot be said. */
export function imagesWhere(
  { part }: AssociationColumns,
  ...conditions: readonly (Condition | null)[]
): ImageSelection | null {
  const where = conditions.flatMap((condition) => condition ?? []);
  if (where.length < conditions.length) return null;
  return keptWhere(...where, ...(part === null ? [] : [isIn('part', part)]));
}

/** The units numbered bucket by bucket, with their folds. */
function unitsByBucket({ units, unitNames }: Subjects): { units: UnitStructure; foldOf: Uint8Array } {
  const { unitOf, bucketOf, unitCount } = units;
  const order = imagesByUnit({ ...units, unitOf: Int32Array.from(bucketOf), unitCount: units.bucketCount });
  const placeOf = new Int32Array(unitCount);
  order.forEach((unit, place) => {
    placeOf[unit] = place;
  });
  const folds = unitFolds(units, unitNames);
  return {
    units: {
      ...units,
      unitOf: unitOf.map((unit) => placeOf[unit]!),
      bucketOf: Uint8Array.from(order, (unit) => bucketOf[unit]!),
    },
    foldOf: Uint8Array.from(order, (unit) => folds[unit]!),
  };
}

function sortedClasses({ classes }: Subjects, images: Int32Array): CodedClasses {
  const offsets = new Int32Array(images.length + 1);
  const codes = new Int16Array(classes.codes.length);
  for (let place = 0, to = 0; place < images.length; place += 1) {
    const image = images[place]!;
    for (let at = classes.offsets[image]!; at < classes.offsets[image + 1]!; at += 1, to += 1)
      codes[to] = classes.codes[at]!;
    offsets[place + 1] = to;
  }
  return { offsets, codes: codes.subarray(0, offsets.at(-1)), levels: classes.names.length };
}

function sortedVariable<Variable extends CodedVariable>(variable: Variable, images: Int32Array): Variable {
  const codes = new Int16Array(images.length);
  for (let place = 0; place < images.length; place += 1) codes[place] = variable.codes[images[place]!]!;
  return { ...variable, codes };
}

function sortedFactor(factor: Factor, images: Int32Array): Factor {
  const { numbers } = factor;
  if (numbers === null) return factor;
  const sorted = new Float64Array(images.length);
  for (let place = 0; place < images.length; place += 1) sorted[place] = numbers[images[place]!]!;
  return { ...factor, numbers: sorted };
}
