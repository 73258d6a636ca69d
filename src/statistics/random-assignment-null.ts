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

/**
 * What total variation between parts random splits of whole groups give (`assignments`, of `randomAssignments`), against the
 * TV observed, for each comparison. `groups` are of the images in any part; `observed` holds the level counts of each part.
 * Fewer than two groups: NOT_APPLICABLE; an empty side: EMPTY. Davison & Hinkley 1997, §4.3.
 */
export function randomAssignmentNull(
  groups: GroupLevels,
  assignments: readonly Uint16Array[],
  observed: readonly (readonly number[])[],
  comparisons: readonly ComparedParts[],
): RandomAssignmentNull[] {
  const groupCount = groups.starts.length - 1;
  const whole = comparisons.map((compared) => variationOf(observed, compared));
  const faults = whole.map((of) =>
    of.value !== null && groupCount < 2 ? noFigure('NOT_APPLICABLE', 'SINGLE_GROUP') : of,
  );
  if (faults.every(({ value }) => value === null)) return faults.map(without);
  const drawn = comparisons.map(() => new Float64Array(assignments.length));
  assignments.forEach((partOf, draw) => {
    const counts = countLevels(groups, partOf, observed.length);
    comparisons.forEach((compared, place) => {
      drawn[place]![draw] = variationOf(counts, compared).value ?? 1;
    });
  });
  return faults.map((fault, place) =>
    fault.value === null ? without(fault) : summary(fault.value, drawn[place]!),
  );
}

/** Differences below this are rounding: the counts are whole numbers. */
const TIE = 1e-12;

function summary(whole: number, drawn: Float64Array): RandomAssignmentNull {
  const draws = drawn.length;
  const sorted = drawn.slice().sort();
  const below = sorted.filter((value) => value < whole - TIE).length;
  const equal = sorted.filter((value) => Math.abs(value - whole) <= TIE).length;
  const mean = sum([...drawn]) / draws;
  const deviation = Math.sqrt(sum([...drawn].map((value) => (value - mean) ** 2)) / draws);
  const deviateOf = (value: number) => (deviation > TIE ? (value - mean) / deviation : 0);
  return {
    percentile: figure((below + equal / 2) / draws),
    median: figure((sorted[(draws - 1) >> 1]! + sorted[draws >> 1]!) / 2),
    upper: figure(sorted[Math.ceil(0.95 * draws) - 1]!),
    p: (1 + draws - below) / (draws + 1),
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

/** The level counts of each part of a split of the groups. */
function countLevels(groups: GroupLevels, partOf: Uint16Array, parts: number): number[][] {
  const { starts, levels, counts, levelCount } = groups;
  const split = new Float64Array(parts * levelCount);
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const offset = partOf[group]! * levelCount;
    for (let place = starts[group]!; place < starts[group + 1]!; place += 1)
      split[offset + levels[place]!]! += counts[place]!;
  }
  return Array.from({ length: parts }, (_, part) => [
    ...split.subarray(part * levelCount, (part + 1) * levelCount),
  ]);
}
