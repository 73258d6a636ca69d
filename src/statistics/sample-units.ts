import type { UnitStructure } from './coded-variable.ts';

/** The images of units drawn at random, each with probability `share`, in their order; `random` yields numbers in [0, 1). */
export function sampleUnits(
  { unitOf, unitCount }: UnitStructure,
  share: number,
  random: () => number,
): Int32Array {
  const drawn = new Uint8Array(unitCount);
  for (let unit = 0; unit < unitCount; unit += 1) drawn[unit] = random() < share ? 1 : 0;
  const images = new Int32Array(unitOf.length);
  let size = 0;
  for (let image = 0; image < unitOf.length; image += 1) {
    if (drawn[unitOf[image]!] === 0) continue;
    images[size] = image;
    size += 1;
  }
  return images.slice(0, size);
}
