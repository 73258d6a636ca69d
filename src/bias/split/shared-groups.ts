import type { DividedSubjects } from './divided-subjects.ts';

/** What of a key stands in two parts or more. */
export interface SharedGroups {
  readonly knownImages: number;
  readonly knownGroups: number;
  /** Codes, ascending. */
  readonly shared: readonly number[];
  /** 1 for each test image whose group is also in train; of folds, in another one. */
  readonly leaked: Uint8Array;
}

/** `groupOf`: the group of each image, below `groupCount`; −1 where it is not known. */
export function sharedGroups(
  groupOf: Int32Array,
  groupCount: number,
  { parts, roles }: DividedSubjects,
): SharedGroups {
  const firstPart = new Int16Array(groupCount).fill(-1);
  const isShared = new Uint8Array(groupCount);
  const inTrain = new Uint8Array(groupCount);
  let [knownImages, knownGroups] = [0, 0];
  for (let image = 0; image < groupOf.length; image += 1) {
    const group = groupOf[image]!;
    if (group < 0) continue;
    const part = parts.codes[image]!;
    knownImages += 1;
    if (firstPart[group]! < 0) {
      firstPart[group] = part;
      knownGroups += 1;
    }
    if (firstPart[group] !== part) isShared[group] = 1;
    if (part === roles.train) inTrain[group] = 1;
  }
  const isTaught = roles.takenBy === 'FOLDS' ? isShared : inTrain;
  const leaked = new Uint8Array(groupOf.length);
  for (let image = 0; image < groupOf.length; image += 1) {
    const group = groupOf[image]!;
    const isTested = roles.takenBy === 'FOLDS' || parts.codes[image] === roles.test;
    if (group >= 0 && isTested && isTaught[group] === 1) leaked[image] = 1;
  }
  const shared: number[] = [];
  for (let group = 0; group < groupCount; group += 1) if (isShared[group] === 1) shared.push(group);
  return { knownImages, knownGroups, shared, leaked };
}

/** Of each of these groups the images in each part. */
export function imagesByPart(
  groupOf: Int32Array,
  groups: readonly number[],
  { parts }: DividedSubjects,
): number[][] {
  const place = new Map(groups.map((group, index) => [group, index]));
  const counts = groups.map(() => new Array<number>(parts.levels).fill(0));
  if (groups.length === 0) return counts;
  for (let image = 0; image < groupOf.length; image += 1) {
    const index = place.get(groupOf[image]!);
    if (index !== undefined) counts[index]![parts.codes[image]!]! += 1;
  }
  return counts;
}
