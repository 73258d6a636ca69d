import { type Box, boxOverlap } from './box-overlap.ts';
import { optimalAssignment } from './optimal-assignment.ts';

/** A pair of boxes taken for the same object, by their places in the two lists. */
export interface BoxMatch {
  readonly first: number;
  readonly second: number;
  /** At least the threshold. */
  readonly overlap: number;
}

/**
 * The boxes that two annotators drew round the same objects: the one-to-one matching with the largest sum of overlaps
 * (IoU), where an overlap below the threshold counts as 0 and makes no match. Classes play no part. Boxes that are joined
 * by no chain of such overlaps cannot change each other's match, so each connected group is solved by itself, and a
 * thousand boxes cost little. In the order of the first list. The sum does not depend on which list comes first; among
 * equal sums the order of the lists decides.
 */
export function matchBoxes(first: readonly Box[], second: readonly Box[], threshold = 0.5): BoxMatch[] {
  const overlaps = sufficientOverlaps(first, second, threshold);
  const matches: BoxMatch[] = [];
  for (const group of connectedGroups(overlaps)) {
    if (group.length === 1) matches.push(group[0]!);
    else matches.push(...bestOfGroup(group));
  }
  return matches.sort((a, b) => a.first - b.first);
}

/** A sweep from left to right: only boxes whose horizontal extents meet are compared. */
function sufficientOverlaps(first: readonly Box[], second: readonly Box[], threshold: number): BoxMatch[] {
  const byLeft = second.map((_, index) => index).sort((a, b) => second[a]!.left - second[b]!.left);
  const widest = second.reduce((width, { left, right }) => Math.max(width, right - left), 0);
  const found: BoxMatch[] = [];
  for (const [index, box] of first.entries()) {
    let start = 0;
    let end = byLeft.length;
    while (start < end) {
      const middle = (start + end) >> 1;
      if (second[byLeft[middle]!]!.left < box.left - widest) start = middle + 1;
      else end = middle;
    }
    for (let place = start; place < byLeft.length; place += 1) {
      const other = byLeft[place]!;
      if (second[other]!.left >= box.right) break;
      const overlap = boxOverlap(box, second[other]!);
      if (overlap > 0 && overlap >= threshold) found.push({ first: index, second: other, overlap });
    }
  }
  return found.sort((a, b) => a.first - b.first || a.second - b.second);
}

/** Overlaps joined by a shared box, groups and members in the order given. */
function connectedGroups(overlaps: readonly BoxMatch[]): BoxMatch[][] {
  const parents = new Map<string, string>();
  const rootOf = (box: string): string => {
    let root = box;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    if (root !== box) parents.set(box, root);
    return root;
  };
  for (const { first, second } of overlaps) {
    const [one, other] = [rootOf(`first ${first}`), rootOf(`second ${second}`)];
    if (one !== other) parents.set(other, one);
  }
  const groups = new Map<string, BoxMatch[]>();
  for (const overlap of overlaps) {
    const root = rootOf(`first ${overlap.first}`);
    const group = groups.get(root);
    if (group) group.push(overlap);
    else groups.set(root, [overlap]);
  }
  return [...groups.values()];
}

function bestOfGroup(group: readonly BoxMatch[]): BoxMatch[] {
  const firsts = [...new Set(group.map(({ first }) => first))];
  const seconds = [...new Set(group.map(({ second }) => second))];
  const isWide = firsts.length <= seconds.length;
  const [rows, columns] = isWide ? [firsts, seconds] : [seconds, firsts];
  const rowOf = new Map(rows.map((box, place) => [box, place]));
  const columnOf = new Map(columns.map((box, place) => [box, place]));
  const places = (match: BoxMatch): [row: number, column: number] => {
    const [row, column] = isWide ? [match.first, match.second] : [match.second, match.first];
    return [rowOf.get(row)!, columnOf.get(column)!];
  };
  const weights = rows.map(() => new Array<number>(columns.length).fill(0));
  for (const match of group) {
    const [row, column] = places(match);
    weights[row]![column] = match.overlap;
  }
  const assigned = optimalAssignment(weights);
  return group.filter((match) => {
    const [row, column] = places(match);
    return assigned[row] === column;
  });
}
