import type { Box } from './box-overlap.ts';
import { matchBoxes } from './match-boxes.ts';

export interface ClassedBox extends Box {
  /** Index of the class. */
  readonly class: number;
}

/** What two annotators who both saw an image share of its objects. Counts add up over images and pairs of annotators. */
export interface DetectionCounts {
  /** n_a + n_b. */
  readonly boxes: number;
  /** Matched at an overlap of .5 or more, their summed overlap, and how many of them have one class. */
  readonly matchedAt50: number;
  readonly overlapAt50: number;
  readonly sameClass: number;
  /** Matched anew at an overlap of .75 or more. */
  readonly matchedAt75: number;
  /** 1 where neither, or just one of the two, drew nothing. */
  readonly bothEmpty: number;
  readonly oneEmpty: number;
}

/** Compares the boxes of two annotators on one image. Matching does not look at classes; the matched are asked for theirs. */
export function detectionCounts(
  first: readonly ClassedBox[],
  second: readonly ClassedBox[],
): DetectionCounts {
  const matched = matchBoxes(first, second, 0.5);
  const same = matched.filter((match) => first[match.first]!.class === second[match.second]!.class);
  const empty = Number(first.length === 0) + Number(second.length === 0);
  return {
    boxes: first.length + second.length,
    matchedAt50: matched.length,
    overlapAt50: matched.reduce((total, { overlap }) => total + overlap, 0),
    sameClass: same.length,
    matchedAt75: matched.length === 0 ? 0 : matchBoxes(first, second, 0.75).length,
    bothEmpty: Number(empty === 2),
    oneEmpty: Number(empty === 1),
  };
}
