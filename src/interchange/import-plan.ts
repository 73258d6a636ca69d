import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { AnnotatorKind } from '../annotation/annotator-kind.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import type { InferredKind } from './infer-factor-kind.ts';

export interface ImageDraft {
  /** As the source writes it. */
  readonly name: string;
  /** Pixels, as the source states them; absent where it does not. */
  readonly width?: number;
  readonly height?: number;
  /** For registration by reference: where the bytes stay, their SHA-256 (64 hexadecimal characters), bytes, type. */
  readonly address?: string;
  readonly digest?: string;
  readonly size?: number;
  readonly mediaType?: string;
}

export interface AcquisitionDraft {
  readonly image: string;
  /** The row of the source, 1 for its first line. */
  readonly row: number;
  /** Only columns with a value. */
  readonly columns: readonly { readonly name: string; readonly value: string }[];
}

/** Who annotates, as a source says. */
export interface AnnotatorDraft {
  readonly name: string;
  readonly kind: AnnotatorKind;
  readonly expertise: string | null;
}

/** A statement of the source that is not taken over, and why. */
export interface Refusal {
  /** The file, row or element. */
  readonly where: string;
  readonly field: string | null;
  readonly code: ErrorCode;
  readonly message: string;
  /** The image that the statement would have brought. */
  readonly image?: string;
}

/** Something taken over changed, or a kind of content that is not taken over at all. */
export interface Note {
  readonly where: string;
  readonly message: string;
}

/** What a source says, read but not yet stored. Each of its statements is in here or in `refused`. */
export interface ImportPlan {
  /** `frame` is the pixel frame of the source's coordinates, from which the geometries were converted. */
  source: { readonly format: string; readonly version: string | null; readonly frame: string };
  images: ImageDraft[];
  acquisition: AcquisitionDraft[];
  /** Columns that are no standard field, with the kind their values suggest. */
  factors: { readonly name: string; readonly kind: InferredKind }[];
  annotations: AnnotationDraft[];
  /** What the source says of its annotators; who is not in here is a person. */
  annotators: AnnotatorDraft[];
  /** In the order of the source. */
  classes: string[];
  parts: { readonly image: string; readonly part: string }[];
  refused: Refusal[];
  notes: Note[];
}

export function emptyPlan(source: ImportPlan['source']): ImportPlan {
  return {
    source,
    images: [],
    acquisition: [],
    factors: [],
    annotations: [],
    annotators: [],
    classes: [],
    parts: [],
    refused: [],
    notes: [],
  };
}
