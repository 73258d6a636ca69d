import type { CodedVariable, UnitStructure } from '../../src/statistics/coded-variable.ts';
import { imagesByUnit } from '../../src/statistics/images-by-unit.ts';
import type { UnitMeans } from '../../src/statistics/unit-means.ts';
import { type UnitMoments, unitMoments } from '../../src/statistics/unit-moments.ts';

/** Codes in the order in which the names are first seen; null is not known. */
export function coded(names: readonly (string | number | null)[]): CodedVariable {
  const levels = [...new Set(names.filter((name) => name !== null))];
  return { codes: Int16Array.from(names, (name) => levels.indexOf(name!)), levels: levels.length };
}

/** Units of the images by number, each unit its own bucket up to 50. */
export function unitsOf(unitOf: readonly number[]): UnitStructure {
  const unitCount = Math.max(-1, ...unitOf) + 1;
  return {
    unitOf: Int32Array.from(unitOf),
    bucketOf: Uint8Array.from({ length: unitCount }, (_, unit) => unit % 50),
    unitCount,
    bucketCount: Math.min(50, unitCount),
  };
}

/** Rows of which each is its own unit. */
export function separateUnits(
  values: readonly number[],
  names: readonly (string | number | null)[],
): UnitMeans {
  return {
    values: Float64Array.from(values),
    factor: coded(names),
    units: unitsOf(values.map((_, row) => row)),
    imageCount: values.length,
    unitCount: values.length,
  };
}

/** One measure of images in any order; every unit is listed unless said. */
export function momentsOf(
  values: ArrayLike<number>,
  factor: CodedVariable,
  units: UnitStructure,
  isListed: Uint8Array = new Uint8Array(units.unitCount).fill(1),
): UnitMoments {
  const images = imagesByUnit(units);
  const [moments] = unitMoments(
    { values: Float64Array.from(images, (image) => values[image]!), measures: 1 },
    { ...factor, codes: Int16Array.from(images, (image) => factor.codes[image]!) },
    { ...units, unitOf: images.map((image) => units.unitOf[image]!) },
    isListed,
  );
  return moments!;
}
