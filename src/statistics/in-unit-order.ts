import type { UnitStructure } from './coded-variable.ts';
import { imagesByUnit } from './images-by-unit.ts';

/** The same images, those of one unit side by side; place p holds image `images[p]`. */
export interface InUnitOrder {
  readonly units: UnitStructure;
  readonly images: Int32Array;
  /** A variable of the images, in the new order. */
  readonly ordered: <Variable extends { readonly codes: Int16Array | Int32Array }>(
    variable: Variable,
  ) => Variable;
}

/**
 * Brings the images into the order of their units, so that passes over the units read memory in its order. Images that
 * stand so already stay as they are.
 */
export function inUnitOrder(units: UnitStructure): InUnitOrder {
  if (isAscending(units.unitOf)) {
    const images = new Int32Array(units.unitOf.length);
    for (let image = 0; image < images.length; image += 1) images[image] = image;
    return { units, images, ordered: (variable) => variable };
  }
  const images = imagesByUnit(units);
  const unitOf = images.map((image) => units.unitOf[image]!);
  return {
    units: { ...units, unitOf },
    images,
    ordered: (variable) => {
      const codes = variable.codes.slice();
      for (let place = 0; place < images.length; place += 1) codes[place] = variable.codes[images[place]!]!;
      return { ...variable, codes };
    },
  };
}

function isAscending(unitOf: Int32Array): boolean {
  for (let image = 1; image < unitOf.length; image += 1)
    if (unitOf[image - 1]! > unitOf[image]!) return false;
  return true;
}
