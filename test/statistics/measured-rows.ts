import type { CodedVariable, UnitStructure } from '../../src/statistics/coded-variable.ts';
import type { UnitMeans } from '../../src/statistics/unit-means.ts';

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
