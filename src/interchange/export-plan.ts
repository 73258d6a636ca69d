import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { AnnotatorDraft } from './import-plan.ts';

/** What a writer is given: images of known size, in the order in which they are to be written, and what was said of them. */
export interface ExportSource {
  readonly title: string;
  readonly classes: readonly string[];
  readonly annotators: readonly AnnotatorDraft[];
  readonly images: readonly { readonly name: string; readonly width: number; readonly height: number }[];
  readonly annotations: readonly AnnotationDraft[];
}

/** What the format cannot carry, of how many statements. */
export interface Loss {
  readonly what: string;
  readonly count: number;
  readonly message: string;
}

/** The files of an export, paths relative to its folder with `/`, and what they do not say. The same source gives the same bytes. */
export interface ExportPlan {
  readonly files: readonly { readonly path: string; readonly content: string | Uint8Array }[];
  readonly losses: readonly Loss[];
}
