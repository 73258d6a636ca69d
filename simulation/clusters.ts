import type { CodedVariable, UnitStructure } from '../src/statistics/coded-variable.ts';
import { BUCKET_COUNT } from '../src/statistics/unit-bucket.ts';
import type { Random } from './random.ts';

/** With this chance an image takes what its unit has, else what the population has: images of one unit then correlate at .5. */
export const LIKE_ITS_UNIT = Math.SQRT1_2;

/** Units of so many images each, in buckets as their hashes would put them. */
export function clusterImages(
  random: Random,
  unitCount: number,
  imagesOf: (random: Random) => number,
): UnitStructure {
  const few = unitCount < BUCKET_COUNT;
  const sizes = Array.from({ length: unitCount }, () => imagesOf(random));
  const unitOf = new Int32Array(sizes.reduce((images, size) => images + size, 0));
  let from = 0;
  sizes.forEach((size, unit) => {
    unitOf.fill(unit, from, from + size);
    from += size;
  });
  return {
    unitOf,
    bucketOf: Uint8Array.from(sizes, (_, unit) => (few ? unit : random.integer(BUCKET_COUNT))),
    unitCount,
    bucketCount: Math.min(BUCKET_COUNT, unitCount),
  };
}

/**
 * A variable with these shares in the population, exactly, of which images of one unit resemble each other: correlation
 * likeItsUnit² of any level's indicator within a unit, none between units.
 */
export function clusteredCodes(
  random: Random,
  { unitOf }: UnitStructure,
  shares: readonly number[],
  likeItsUnit = LIKE_ITS_UNIT,
): CodedVariable {
  const codes = new Int16Array(unitOf.length);
  let home = -1;
  for (let image = 0; image < codes.length; image += 1) {
    if (image === 0 || unitOf[image] !== unitOf[image - 1]) home = random.pick(shares);
    codes[image] = random.uniform() < likeItsUnit ? home : random.pick(shares);
  }
  return { codes, levels: shares.length };
}

/** Values of mean 0 and variance 1, half of it between units. */
export function clusteredValues(random: Random, { unitOf }: UnitStructure): Float64Array {
  const values = new Float64Array(unitOf.length);
  let own = 0;
  for (let image = 0; image < values.length; image += 1) {
    if (image === 0 || unitOf[image] !== unitOf[image - 1]) own = random.normal();
    values[image] = Math.SQRT1_2 * (own + random.normal());
  }
  return values;
}

/** One variable of several that are drawn as the cells of their table: cell = (i·c + j)·k + l. */
export function margin({ codes }: CodedVariable, sizes: readonly number[], which: number): CodedVariable {
  const inner = sizes.slice(which + 1).reduce((product, size) => product * size, 1);
  const levels = sizes[which]!;
  return { codes: codes.map((cell) => Math.floor(cell / inner) % levels), levels };
}

/** The mean of each unit's images; units lie side by side. */
export function meansOfUnits(values: Float64Array, { unitOf, unitCount }: UnitStructure): Float64Array {
  const [sums, counts] = [new Float64Array(unitCount), new Float64Array(unitCount)];
  unitOf.forEach((unit, image) => {
    sums[unit] = sums[unit]! + values[image]!;
    counts[unit] = counts[unit]! + 1;
  });
  return sums.map((sum, unit) => sum / counts[unit]!);
}

/** Of a variable that all images of a unit share. */
export function firstOfUnits({ codes, levels }: CodedVariable, { unitOf }: UnitStructure): CodedVariable {
  return { codes: codes.filter((_, image) => image === 0 || unitOf[image] !== unitOf[image - 1]), levels };
}

/** The same units with one row each. */
export function oneImageEach(units: UnitStructure): UnitStructure {
  return { ...units, unitOf: Int32Array.from({ length: units.unitCount }, (_, unit) => unit) };
}
