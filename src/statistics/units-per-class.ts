import type { CodedClasses } from './coded-classes.ts';
import type { UnitStructure } from './coded-variable.ts';
import type { UnitsPerLevel } from './units-per-level.ts';

/**
 * Images and distinct units of each class, the images in unit order (`inUnitOrder`): the units with an image that shows it,
 * and the units with a labelled image that does not. A unit of several images may have and lack a class.
 */
export function unitsPerClass(classes: CodedClasses, { unitOf }: UnitStructure): UnitsPerLevel {
  const { offsets, codes, levels } = classes;
  const images = new Int32Array(levels);
  const having = new Int32Array(levels);
  const lacking = new Int32Array(levels);
  const inUnit = new Int32Array(levels);
  let [imageCount, unitCount] = [0, 0];
  for (let from = 0, to = 0; from < unitOf.length; from = to) {
    const unit = unitOf[from]!;
    while (to < unitOf.length && unitOf[to] === unit) to += 1;
    let own = 0;
    for (let image = from; image < to; image += 1) if (offsets[image + 1]! > offsets[image]!) own += 1;
    if (own === 0) continue;
    imageCount += own;
    unitCount += 1;
    for (let at = offsets[from]!; at < offsets[to]!; at += 1) inUnit[codes[at]!]! += 1;
    for (let at = offsets[from]!; at < offsets[to]!; at += 1) {
      const code = codes[at]!;
      if (inUnit[code] === 0) continue;
      images[code]! += inUnit[code]!;
      having[code]! += 1;
      if (inUnit[code] === own) lacking[code]! -= 1;
      inUnit[code] = 0;
    }
  }
  return { images, having, lacking: lacking.map((pure) => unitCount + pure), imageCount, unitCount };
}
