import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { imagesByUnit } from './images-by-unit.ts';

/** The images of each group by level: those of group g are at places `starts[g]` to before `starts[g + 1]`. */
export interface GroupLevels {
  readonly starts: Int32Array;
  readonly levels: Int16Array;
  readonly counts: Int32Array;
  readonly levelCount: number;
}

/** Counts the images of each group by the levels of a variable, only the levels a group has; unknown ones (−1) not. */
export function groupLevels(groups: UnitStructure, variable: CodedVariable): GroupLevels {
  const starts = new Int32Array(groups.unitCount + 1);
  const levels = new Int16Array(groups.unitOf.length);
  const counts = new Int32Array(groups.unitOf.length);
  const placeOf = new Int32Array(variable.levels).fill(-1);
  let [place, group] = [0, -1];
  const startUpTo = (next: number) => {
    while (group < next) {
      group += 1;
      starts[group] = place;
    }
  };
  for (const image of imagesByUnit(groups)) {
    const level = variable.codes[image]!;
    if (level < 0) continue;
    startUpTo(groups.unitOf[image]!);
    if (placeOf[level]! < starts[group]!) {
      placeOf[level] = place;
      levels[place] = level;
      place += 1;
    }
    counts[placeOf[level]!]! += 1;
  }
  startUpTo(groups.unitCount);
  return {
    starts,
    levels: levels.slice(0, place),
    counts: counts.slice(0, place),
    levelCount: variable.levels,
  };
}
