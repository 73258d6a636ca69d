import type { CodedClasses } from './coded-classes.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';

/** bucket·levels + level of each image; −1 for one that lacks the factor or shows no class. */
export interface ClassRows {
  readonly places: Int32Array;
  readonly levels: number;
}

/** Where the images of a factor are counted (`classTable`): made once, for the factor meets every other one. */
export function classRows(
  { codes, levels }: CodedVariable,
  { offsets }: CodedClasses,
  { unitOf, bucketOf }: UnitStructure,
): ClassRows {
  const places = new Int32Array(codes.length);
  for (let image = 0; image < codes.length; image += 1) {
    const code = codes[image]!;
    const isCounted = code >= 0 && offsets[image]! < offsets[image + 1]!;
    places[image] = isCounted ? bucketOf[unitOf[image]!]! * levels + code : -1;
  }
  return { places, levels };
}
