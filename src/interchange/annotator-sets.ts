import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { compareText } from '../kernel/compare-text.ts';
import type { ExportSource } from './export-plan.ts';
import type { AnnotatorDraft } from './import-plan.ts';
import { statementsByImage } from './statements-by-image.ts';

/** What one annotator says in one pass: one tree of files, in a format whose files name no annotator. */
export interface AnnotatorSet {
  /** The folder of its files and `/`; empty where there is one set alone. */
  readonly folder: string;
  readonly annotator: AnnotatorDraft | null;
  readonly pass: number;
  /** Only images of which something is said, in the source's order. */
  readonly byImage: ReadonlyMap<string, readonly AnnotationDraft[]>;
}

/** The statements divided by annotator and pass, so that no file merges two of them. */
export function annotatorSets(source: ExportSource): AnnotatorSet[] {
  const declared = new Map(source.annotators.map((annotator) => [annotator.name, annotator]));
  const rank = new Map([...declared.keys()].map((name, index) => [name, index]));
  const sets = new Map<
    string,
    { annotator: string | null; pass: number; byImage: Map<string, AnnotationDraft[]> }
  >();
  for (const [image, drafts] of statementsByImage(source)) {
    for (const draft of drafts) {
      const { annotator, pass = 1 } = draft;
      const key = JSON.stringify([annotator, pass]);
      const set = sets.get(key) ?? { annotator, pass, byImage: new Map() };
      sets.set(key, set);
      set.byImage.set(image, [...(set.byImage.get(image) ?? []), draft]);
    }
  }
  const place = (name: string | null) => (name === null ? -1 : (rank.get(name) ?? rank.size));
  const ordered = [...sets.values()].sort(
    (one, other) =>
      place(one.annotator) - place(other.annotator) ||
      compareText(one.annotator ?? '', other.annotator ?? '') ||
      one.pass - other.pass,
  );
  const taken = new Set<string>();
  return ordered.map(({ annotator, pass, byImage }) => ({
    folder: ordered.length === 1 ? '' : `${folderName(annotator, pass, taken)}/`,
    annotator:
      annotator === null
        ? null
        : (declared.get(annotator) ?? { name: annotator, kind: 'HUMAN', expertise: null }),
    pass,
    byImage,
  }));
}

/** A name that every file system takes, other than those taken, letter case aside. */
function folderName(annotator: string | null, pass: number, taken: Set<string>): string {
  const safe = (annotator ?? 'unnamed').replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 80) || '_';
  const name = pass === 1 ? safe : `${safe}.pass-${pass}`;
  let folder = name;
  for (let number = 2; taken.has(folder.toLowerCase()); number++) folder = `${name}.${number}`;
  taken.add(folder.toLowerCase());
  return folder;
}
