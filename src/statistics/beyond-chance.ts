import type { RandomAssignmentNull } from './random-assignment-null.ts';

const LEVEL = 0.05;

/**
 * Which comparisons stand further out than chance puts any of them, all taken together: those whose deviate the largest
 * deviate of a random split reaches in at most 5 % of the draws, and that lie above the 95th percentile of their own. A
 * split made at random has one in at most 5 % of cases, however many comparisons are made. The nulls are of the same draws;
 * null: no percentile. Westfall & Young 1993, Resampling-Based Multiple Testing, §2.3 (maxT, single step).
 */
export function beyondChance(nulls: readonly RandomAssignmentNull[]): (boolean | null)[] {
  const known = nulls.filter(({ deviate }) => deviate !== null);
  const draws = known[0]?.deviates.length ?? 0;
  const largest = Array.from({ length: draws }, (_, draw) =>
    known.reduce((most, { deviates }) => Math.max(most, deviates[draw]!), Number.NEGATIVE_INFINITY),
  );
  return nulls.map(({ deviate, percentile }) => {
    if (deviate === null) return null;
    const asFar = largest.filter((other) => other >= deviate).length;
    return (1 + asFar) / (draws + 1) <= LEVEL && percentile.value! > 1 - LEVEL;
  });
}
