import { type Figure, figure, noFigure } from './figure.ts';
import type { GroupLevels } from './group-levels.ts';
import { sum } from './sum.ts';
import { totalVariation } from './total-variation.ts';

export interface RandomAssignmentNull {
  /** Share of the random splits whose TV lies below the one observed (half of those equal), range [0, 1]. */
  readonly percentile: Figure;
  /** The middle and the 95th percentile of TV over the random splits: what a split at random does not avoid. */
  readonly median: Figure;
  readonly upper: Figure;
  /** (1 + #{TV* ≥ TV})/(draws + 1); null where there is no percentile. */
  readonly p: number | null;
}

const DRAWS = 200;

/**
 * What total variation between two parts a random assignment of whole groups gives, against the TV observed, in 200 draws.
 * Each group goes to a part with a probability in proportion to the images that part still has room for, so that every
 * group has the same chances and the parts end as large as they are, but for the last group. `groups` are of the images in
 * any part; `observed` holds the level counts of each part, `parts` the two compared. `random` yields uniform numbers in
 * [0, 1): the same stream gives the same answer. Fewer than two groups: NOT_APPLICABLE; an empty part: EMPTY. Fan, Muller &
 * Rezucha 1962, JASA 57:387 (selection in sequence); Davison & Hinkley 1997, §4.3.
 */
export function randomAssignmentNull(
  groups: GroupLevels,
  observed: readonly (readonly number[])[],
  parts: readonly [number, number],
  random: () => number,
): RandomAssignmentNull {
  const groupCount = groups.starts.length - 1;
  const whole = totalVariation(observed[parts[0]]!, observed[parts[1]]!);
  if (whole.value === null) return without(whole);
  if (groupCount < 2) return without(noFigure('NOT_APPLICABLE', 'SINGLE_GROUP'));
  const draw = drawer(groups, observed, random);
  const drawn = Array.from({ length: DRAWS }, () => {
    const counts = draw();
    return totalVariation(counts[parts[0]]!, counts[parts[1]]!).value ?? 1;
  }).sort((a, b) => a - b);
  const below = drawn.filter((value) => value < whole.value! - TIE).length;
  const equal = drawn.filter((value) => Math.abs(value - whole.value!) <= TIE).length;
  return {
    percentile: figure((below + equal / 2) / DRAWS),
    median: figure((drawn[DRAWS / 2 - 1]! + drawn[DRAWS / 2]!) / 2),
    upper: figure(drawn[Math.ceil(0.95 * DRAWS) - 1]!),
    p: (1 + DRAWS - below) / (DRAWS + 1),
  };
}

/** Differences below this are rounding: the counts are whole numbers. */
const TIE = 1e-12;

function without(fault: Figure): RandomAssignmentNull {
  return { percentile: fault, median: fault, upper: fault, p: null };
}

/** A random split each call: level counts of each part. */
function drawer(groups: GroupLevels, observed: readonly (readonly number[])[], random: () => number) {
  const { starts, levels, counts, levelCount } = groups;
  const sizes = Float64Array.from(observed, sum);
  return (): number[][] => {
    const split = new Float64Array(sizes.length * levelCount);
    const room = sizes.slice();
    for (let group = 0; group + 1 < starts.length; group += 1) {
      const part = partByRoom(room, random());
      for (let place = starts[group]!; place < starts[group + 1]!; place += 1) {
        const count = counts[place]!;
        split[part * levelCount + levels[place]!]! += count;
        room[part]! -= count;
      }
    }
    return observed.map((_, part) => [...split.subarray(part * levelCount, (part + 1) * levelCount)]);
  };
}

/** A part, with a probability in proportion to the images it still has room for; a full part is not chosen. */
function partByRoom(room: Float64Array, uniform: number): number {
  let all = 0;
  for (let part = 0; part < room.length; part += 1) if (room[part]! > 0) all += room[part]!;
  let point = uniform * all;
  for (let part = 0; part < room.length; part += 1) {
    if (room[part]! <= 0) continue;
    if (point < room[part]!) return part;
    point -= room[part]!;
  }
  return room.length - 1;
}
