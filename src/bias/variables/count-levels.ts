import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';

/** Images and distinct units of each level. One pass; of each unit a bit a level tells whether it was counted. */
export function countLevels(
  { codes, levels }: CodedVariable,
  { unitOf, unitCount }: UnitStructure,
): { readonly images: Int32Array; readonly units: Int32Array } {
  const [images, units] = [new Int32Array(levels), new Int32Array(levels)];
  const words = Math.ceil(levels / 32);
  const counted = new Int32Array(unitCount * words);
  for (let image = 0; image < codes.length; image += 1) {
    const code = codes[image]!;
    if (code < 0) continue;
    images[code] = images[code]! + 1;
    const word = unitOf[image]! * words + (code >>> 5);
    const before = counted[word]!;
    const after = before | (1 << (code & 31));
    if (after === before) continue;
    counted[word] = after;
    units[code] = units[code]! + 1;
  }
  return { images, units };
}
