import type { GroupLevels } from '../../src/statistics/group-levels.ts';
import { randomAssignments } from '../../src/statistics/random-assignments.ts';
import { sum } from '../../src/statistics/sum.ts';

/** Random splits of the groups into parts as large as those observed (level counts of each). */
export function splitsLike(
  { starts, counts }: GroupLevels,
  observed: readonly (readonly number[])[],
  random: () => number,
): Uint16Array[] {
  const sizes = Int32Array.from({ length: starts.length - 1 }, (_, group) =>
    sum([...counts.subarray(starts[group], starts[group + 1])]),
  );
  return randomAssignments(sizes, observed.map(sum), random);
}
