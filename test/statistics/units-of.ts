import type { UnitStructure } from '../../src/statistics/coded-variable.ts';

/** Units of the images by number, each unit its own bucket up to 50. */
export function unitsOf(unitOf: readonly number[]): UnitStructure {
  const unitCount = Math.max(-1, ...unitOf) + 1;
  const bucketOf = Uint8Array.from({ length: unitCount }, (_, unit) => unit % 50);
  return { unitOf: Int32Array.from(unitOf), bucketOf, unitCount, bucketCount: Math.min(50, unitCount) };
}
