import { type Figure, figure, noFigure } from './figure.ts';
import type { GroupLevels } from './group-levels.ts';
import { sum } from './sum.ts';
import { totalVariation } from './total-variation.ts';

/** Two sets of parts that are compared, such as test against train, or one fold against all others. */
export interface ComparedParts {
  readonly of: readonly number[];
  readonly against: readonly number[];
}

export interface RandomAssignmentNull {
  /** Share of the random splits whose TV lies below the one observed (half of those equal), range [0, 1]. */
  readonly percentile: Figure;
  /** The middle and the 95th percentile of TV over the random splits: what a split at random does not avoid. */
  readonly median: Figure;
  readonly upper: Figure;
  /** (1 + #{TV* ≥ TV})/(draws + 1); null where there is no percentile. */
  readonly p: number | null;
  /** TV observed, and that of each random split, less the mean of the random ones, in their standard deviations. */
  readonly deviate: number | null;
  readonly deviates: readonly number[];
}

const DRAWS = 200;

/**
 * What total variation between parts a random assignment of whole groups gives, against the TV observed, in 200 draws; of
 * each comparison, all of them in the same draws. Each group goes to a part with a probability in proportion to the images
 * that part still has room for, so that every group has the same chances and the parts end as large as they are, but for
 * the last group. `groups` are of the images in any part; `observed` holds the level counts of each part. `random` yields
 * uniform numbers in [0, 1): the same stream gives the same answer, and the groups the same parts whatever the variable, if
 * every image has a level. Fewer than two groups: NOT_APPLICABLE; an empty side: EMPTY. Fan, Muller & Rezucha 1962, JASA
 * 57:387 (selection in sequence); Davison & Hinkley 1997, §4.3.
 */
export function randomAssignmentNull(
  groups: GroupLevels,
  observed: readonly (readonly number[])[],
  comparisons: readonly ComparedParts[],
  random: () => number,
): RandomAssignmentNull[] {
  const groupCount = groups.starts.length - 1;
  const whole = comparisons.map((compared) => variationOf(observed, compared));
  const faults = whole.map((of) =>
    of.value !== null && groupCount < 2 ? noFigure('NOT_APPLICABLE', 'SINGLE_GROUP') : of,
  );
  if (faults.every(({ value }) => value === null)) return faults.map(without);
  const draw = drawer(groups, observed, random);
  const drawn = comparisons.map(() => new Float64Array(DRAWS));
  for (let index = 0; index < DRAWS; index += 1) {
    const counts = draw();
    comparisons.forEach((compared, place) => {
      drawn[place]![index] = variationOf(counts, compared).value ?? 1;
    });
  }
  return faults.map((fault, place) =>
    fault.value === null ? without(fault) : summary(fault.value, drawn[place]!),
  );
}

/** Differences below this are rounding: the counts are whole numbers. */
const TIE = 1e-12;

function summary(whole: number, drawn: Float64Array): RandomAssignmentNull {
  const sorted = drawn.slice().sort();
  const below = sorted.filter((value) => value < whole - TIE).length;
  const equal = sorted.filter((value) => Math.abs(value - whole) <= TIE).length;
  const mean = sum([...drawn]) / DRAWS;
  const deviation = Math.sqrt(sum([...drawn].map((value) => (value - mean) ** 2)) / DRAWS);
  const deviateOf = (value: number) => (deviation > TIE ? (value - mean) / deviation : 0);
  return {
    percentile: figure((below + equal / 2) / DRAWS),
    median: figure((sorted[DRAWS / 2 - 1]! + sorted[DRAWS / 2]!) / 2),
    upper: figure(sorted[Math.ceil(0.95 * DRAWS) - 1]!),
    p: (1 + DRAWS - below) / (DRAWS + 1),
    deviate: deviateOf(whole),
    deviates: Array.from(drawn, deviateOf),
  };
}

function without(fault: Figure): RandomAssignmentNull {
  return { percentile: fault, median: fault, upper: fault, p: null, deviate: null, deviates: [] };
}

function variationOf(counts: readonly (readonly number[])[], { of, against }: ComparedParts): Figure {
  return totalVariation(together(counts, of), together(counts, against));
}

function together(counts: readonly (readonly number[])[], parts: readonly number[]): readonly number[] {
  if (parts.length === 1) return counts[parts[0]!]!;
  return counts[0]!.map((_, level) => sum(parts.map((part) => counts[part]![level]!)));
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
