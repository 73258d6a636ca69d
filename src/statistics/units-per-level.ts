import type { CodedVariable, UnitStructure } from './coded-variable.ts';

/** Of each level: its images, the units that have it, and the units that have another; then all that is known. */
export interface UnitsPerLevel {
  readonly images: Int32Array;
  readonly having: Int32Array;
  readonly lacking: Int32Array;
  readonly imageCount: number;
  readonly unitCount: number;
}

/**
 * Counts images and distinct units of each level of one variable, the images in unit order (`inUnitOrder`). A unit of
 * several levels has and lacks each of them.
 */
export function unitsPerLevel({ codes, levels }: CodedVariable, { unitOf }: UnitStructure): UnitsPerLevel {
  const images = new Int32Array(levels);
  const having = new Int32Array(levels);
  const pure = new Int32Array(levels);
  const lastUnit = new Int32Array(levels).fill(-1);
  let imageCount = 0;
  let unitCount = 0;
  let unit = -1;
  let first = -1;
  let isPure = true;
  for (let image = 0; image < codes.length; image += 1) {
    const code = codes[image]!;
    if (code < 0) continue;
    imageCount += 1;
    images[code] = images[code]! + 1;
    if (unitOf[image] !== unit) {
      if (first >= 0 && isPure) pure[first] = pure[first]! + 1;
      unit = unitOf[image]!;
      first = code;
      isPure = true;
      unitCount += 1;
    }
    if (code !== first) isPure = false;
    if (lastUnit[code] !== unit) having[code] = having[code]! + 1;
    lastUnit[code] = unit;
  }
  if (first >= 0 && isPure) pure[first] = pure[first]! + 1;
  return { images, having, lacking: pure.map((own) => unitCount - own), imageCount, unitCount };
}
