import type { UnitStructure } from './coded-variable.ts';

/**
 * The same images, their groups joined at random into `most` clumps where there are more: what a null of random assignment
 * may draw in place of very many groups. A random assignment of random clumps is one of groups, and its counts vary as
 * much, but for the error of estimating a variance from `most` clumps (3 % with 2048). `random` yields uniform numbers in
 * [0, 1). All clumps are of one bucket. Wolter 2007, Introduction to Variance Estimation, §2.2 (random groups).
 */
export function randomClumps(groups: UnitStructure, most: number, random: () => number): UnitStructure {
  const { unitOf, unitCount } = groups;
  if (unitCount <= most) return groups;
  const order = Int32Array.from({ length: unitCount }, (_, group) => group);
  for (let last = unitCount - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    [order[last], order[chosen]] = [order[chosen]!, order[last]!];
  }
  return {
    unitOf: unitOf.map((group) => order[group]! % most),
    unitCount: most,
    bucketOf: new Uint8Array(most),
    bucketCount: 1,
  };
}
