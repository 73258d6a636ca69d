import type { UnitStructure } from './coded-variable.ts';

/** The images in the order of their units and, within one, in their own: a counting sort, so that no unit is an object. */
export function imagesByUnit({ unitOf, unitCount }: UnitStructure): Int32Array {
  if (isAscending(unitOf)) return unitOf.map((_, image) => image);
  const next = new Int32Array(unitCount + 1);
  for (const unit of unitOf) next[unit + 1] = next[unit + 1]! + 1;
  for (let unit = 0; unit < unitCount; unit += 1) next[unit + 1] = next[unit + 1]! + next[unit]!;
  const images = new Int32Array(unitOf.length);
  for (let image = 0; image < unitOf.length; image += 1) {
    const unit = unitOf[image]!;
    images[next[unit]!] = image;
    next[unit] = next[unit]! + 1;
  }
  return images;
}

function isAscending(unitOf: Int32Array): boolean {
  for (let image = 1; image < unitOf.length; image += 1)
    if (unitOf[image]! < unitOf[image - 1]!) return false;
  return true;
}
