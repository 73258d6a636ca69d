import type { AnnotationKind, Geometry } from '../annotation/geometry.ts';
import { compareText } from '../kernel/compare-text.ts';

/** One statement of one annotator, as a consensus reads it. */
export interface Rating {
  /** Of the annotation. */
  readonly id: string;
  readonly annotator: string;
  /** The annotator is a GROUP: people who are only counted. */
  readonly isGroup: boolean;
  readonly kind: AnnotationKind;
  readonly label: string | null;
  readonly geometry: Geometry | null;
  readonly pass: number;
  readonly votes: number;
  /** Later statements of one look come after earlier ones. */
  readonly order: string;
}

/** What was said of one kept image, in the order of the statements' ids. */
export interface ImageRatings {
  readonly imageId: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly ratings: readonly Rating[];
}

/** Who saw the image: whoever said anything of it but that they skipped it, at the first look. */
export function seenBy({ ratings }: ImageRatings): string[] {
  const seen = ratings.filter(({ kind, pass }) => kind !== 'SKIP' && pass === 1);
  return [...new Set(seen.map(({ annotator }) => annotator))].sort(compareText);
}

/** The class each annotator gave the image in each look: the latest of several, but of a GROUP all. */
export function classRatings({ ratings }: ImageRatings, looks: 'FIRST' | 'ALL'): Rating[] {
  const latest = new Map<string, Rating>();
  for (const rating of ratings) {
    if (rating.kind !== 'CLASS' || rating.label === null || (looks === 'FIRST' && rating.pass > 1)) continue;
    const key = JSON.stringify([rating.annotator, rating.pass, rating.isGroup ? rating.label : null]);
    const held = latest.get(key);
    if (held === undefined || compareText(held.order, rating.order) < 0) latest.set(key, rating);
  }
  return [...latest.values()];
}
