import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';

/** The images of a sample (side 0) followed by those of a reference (side 1). */
export interface TwoSamples {
  readonly units: UnitStructure;
  readonly side: CodedVariable;
  /** A number of the images of both. */
  readonly joined: (first: Float64Array, second: Float64Array) => Float64Array;
}

/** Units of two datasets are units apart; their buckets are left out together. */
export function twoSamples(first: UnitStructure, second: UnitStructure): TwoSamples {
  const size = first.unitOf.length;
  const unitOf = new Int32Array(size + second.unitOf.length);
  unitOf.set(first.unitOf);
  for (let image = size; image < unitOf.length; image += 1)
    unitOf[image] = second.unitOf[image - size]! + first.unitCount;
  const bucketOf = new Uint8Array(first.unitCount + second.unitCount);
  bucketOf.set(first.bucketOf);
  bucketOf.set(second.bucketOf, first.unitCount);
  return {
    units: {
      unitOf,
      bucketOf,
      unitCount: first.unitCount + second.unitCount,
      bucketCount: Math.max(first.bucketCount, second.bucketCount),
    },
    side: { codes: new Int16Array(unitOf.length).fill(1, size), levels: 2 },
    joined: (one, other) => {
      const both = new Float64Array(unitOf.length);
      both.set(one);
      both.set(other, size);
      return both;
    },
  };
}
