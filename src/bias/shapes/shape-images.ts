import type { Box } from '../../statistics/box-overlap.ts';
import type { Mask } from '../../statistics/mask-runs.ts';

export interface LabelledBox extends Box {
  /** The class; null for a shape without one. */
  readonly label: string | null;
}

export interface LabelledMask {
  readonly label: string | null;
  readonly mask: Mask;
}

/**
 * One annotator on one image that this annotator saw. Null: did not look for shapes of this form, so that their absence says
 * nothing; an empty list: looked, and there was nothing to mark.
 */
export interface ShapeRater {
  readonly annotator: string;
  readonly boxes: readonly LabelledBox[] | null;
  readonly masks: readonly LabelledMask[] | null;
}

/** An image with all who saw it, each once; an annotator who is not listed did not see it. */
export interface ShapeImage {
  readonly image: string;
  readonly unit: string;
  /** The jackknife bucket of the unit. */
  readonly bucket: number;
  readonly raters: readonly ShapeRater[];
}

/** Every two raters of an image, each pair in the order of their names. */
export function ratersTwoByTwo<T extends { readonly annotator: string }>(
  raters: readonly T[],
  compare: (a: string, b: string) => number,
): [T, T][] {
  const ordered = [...raters].sort((a, b) => compare(a.annotator, b.annotator));
  return ordered.flatMap((first, place) => ordered.slice(place + 1).map((second): [T, T] => [first, second]));
}
