import type { AnnotationKind, Geometry } from '../annotation/geometry.ts';
import type { RunLengthEncoding } from '../annotation/run-length-encoding.ts';
import type { NamedValue } from '../snapshots/annotation-document.ts';

/** One statement of one rater, as the annotation document of a snapshot holds it; what is unknown is absent. */
export interface Statement {
  readonly id: string;
  readonly annotator: { readonly name: string; readonly kind: string; readonly expertise?: string };
  readonly kind: AnnotationKind;
  readonly label?: string;
  readonly attribute?: string;
  readonly value?: string;
  readonly geometry?: Geometry;
  /** Decimals. */
  readonly confidence?: string;
  readonly seconds?: string;
  readonly annotatedAt?: string;
  readonly attributes?: readonly NamedValue[];
  readonly supersedes?: string;
  readonly corrects?: string;
  readonly pass?: number;
  readonly votes?: number;
  readonly purpose?: string;
  readonly round?: string;
  readonly guideline?: string;
}

/** What a consensus that the snapshot carries says of an image: of its class, of boxes, or of masks. Decimals are text. */
export interface ConsensusStatement {
  readonly name: string;
  readonly method?: string;
  readonly label?: string | null;
  readonly ties?: readonly string[];
  readonly soft?: readonly { readonly label: string; readonly share: string }[];
  readonly boxes?: readonly {
    readonly label: string;
    readonly x: string;
    readonly y: string;
    readonly width: string;
    readonly height: string;
    readonly support: string;
  }[];
  /** A mask is null where no pixel is supported enough. */
  readonly masks?: readonly { readonly label: string | null; readonly mask: RunLengthEncoding | null }[];
}

export interface AnnotationDocument {
  readonly image: string;
  readonly annotations: readonly Statement[];
  readonly consensus?: readonly ConsensusStatement[];
}

/** The metadata document of an image (docs/snapshot-format.md); what is unknown is absent. */
export interface MetadataDocument {
  readonly image: string;
  readonly name?: string;
  readonly address?: string;
  readonly width?: number;
  readonly height?: number;
  readonly orientation?: number;
  readonly bitDepth?: number;
  readonly channels?: number;
  readonly pages?: number;
  readonly mediaType?: string;
  readonly acquisition: Readonly<Record<string, { readonly value: string; readonly source?: string }>>;
  readonly factors: readonly NamedValue[];
}
