import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';

/**
 * Distinct units with an image of side 0 and of side 1 whose value is known (−1 and NaN are not): the fewer of the two,
 * which decides what a comparison of the sides can tell.
 */
export function fewerUnits(
  { unitOf, unitCount }: UnitStructure,
  sides: CodedVariable,
  values: Int16Array | Float64Array,
): number {
  const seen = new Uint8Array(unitCount);
  const numeric = values instanceof Float64Array;
  for (let image = 0; image < unitOf.length; image += 1) {
    const value = values[image]!;
    if (numeric ? Number.isNaN(value) : value < 0) continue;
    const unit = unitOf[image]!;
    seen[unit] = seen[unit]! | (sides.codes[image] === 0 ? 1 : 2);
  }
  let [first, second] = [0, 0];
  for (const both of seen) {
    first += both & 1;
    second += both >> 1;
  }
  return Math.min(first, second);
}
