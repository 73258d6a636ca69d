import type { CodedVariable } from './coded-variable.ts';

/** The capture day of an image of which it is not known. */
export const UNKNOWN_DAY = -2147483648;

/** More days than this are taken by the week. */
const MOST_PERIODS = 2000;

/** A day, or a week from Monday, in which a group (site and camera) took images. `start`: days since 1970-01-01. */
export interface Periods {
  /** Of each image: its period, or −1 where day or group is not known. */
  readonly periodOf: Int32Array;
  /** Of each period, which are sorted by group and then by time: its group, and its first day. */
  readonly groupOf: Int32Array;
  readonly startOf: Int32Array;
  /** Of each group: the days of its periods, 1 or 7. */
  readonly lengthOf: Uint8Array;
}

/**
 * Days, or weeks for a group that took images on more than 2000 days. `captureDay`: days since 1970-01-01,
 * UNKNOWN_DAY where not known; groups with fewer than 20 days keep them, for weeks would leave fewer still.
 */
export function periods(captureDay: Int32Array, groups: CodedVariable): Periods {
  const daysOf = Array.from({ length: groups.levels }, () => new Set<number>());
  captureDay.forEach((day, image) => {
    const group = groups.codes[image]!;
    if (group >= 0 && day !== UNKNOWN_DAY) daysOf[group]!.add(day);
  });
  const lengthOf = Uint8Array.from(daysOf, (days) => (days.size > MOST_PERIODS ? 7 : 1));
  const groupOf: number[] = [];
  const startOf: number[] = [];
  const placeOf = daysOf.map((days, group) => {
    const starts = new Set(Array.from(days, (day) => startOfPeriod(day, lengthOf[group]!)));
    const places = new Map<number, number>();
    for (const start of [...starts].sort((a, b) => a - b)) {
      places.set(start, startOf.length);
      groupOf.push(group);
      startOf.push(start);
    }
    return places;
  });
  const periodOf = captureDay.map((day, image) => {
    const group = groups.codes[image]!;
    if (group < 0 || day === UNKNOWN_DAY) return -1;
    return placeOf[group]!.get(startOfPeriod(day, lengthOf[group]!))!;
  });
  return { periodOf, groupOf: Int32Array.from(groupOf), startOf: Int32Array.from(startOf), lengthOf };
}

/** 1970-01-01 was a Thursday, so that weeks begin on day −3. */
function startOfPeriod(day: number, length: number): number {
  return length === 1 ? day : Math.floor((day + 3) / 7) * 7 - 3;
}
