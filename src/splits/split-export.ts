import { compareText } from '../kernel/compare-text.ts';
import type { SplitDocument } from './split-document.ts';
import { type SplitAssignment, type SplitSubject, splitTraits } from './split-strategy.ts';

/** All that a stranger needs to recompute a split without this product (docs/splits.md). */
export interface SplitExport {
  readonly digest: string;
  readonly split: SplitDocument;
  /** In the order of the ids: what the algorithm reads of each image, null where it reads none, and its part. */
  readonly images: readonly {
    readonly id: string;
    readonly part: string;
    readonly group: string | null;
    readonly labels: readonly string[];
    readonly time: string | null;
  }[];
}

/** Joins a split’s document with its images; every image of the assignment must be among the subjects. */
export function splitExport(
  { document, digest }: { readonly document: SplitDocument; readonly digest: string },
  subjects: readonly SplitSubject[],
  assignment: SplitAssignment,
): SplitExport {
  const { grouped, stratified } = splitTraits(document.strategy);
  const subjectOf = new Map(subjects.map((subject) => [subject.image, subject]));
  const images = assignment.map(({ image, part }) => {
    const subject = subjectOf.get(image)!;
    return {
      id: image,
      part,
      group: grouped ? subject.group : null,
      labels: stratified ? [...new Set(subject.labels)].sort(compareText) : [],
      time: document.strategy === 'BY_TIME' ? subject.time : null,
    };
  });
  return {
    digest,
    split: document,
    images: images.sort((first, second) => compareText(first.id, second.id)),
  };
}
