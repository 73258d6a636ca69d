import type { AnnotatorKind } from '../../annotation/annotator-kind.ts';
import type { ShapeStatement } from './shape-rater.ts';

/** What was said about shapes on some kept images, in the order of the images' ids. */
export interface ShapePage {
  readonly images: readonly {
    readonly image: string;
    readonly unit: string;
    readonly unitKnown: boolean;
    readonly bucket: number;
    readonly width: number | null;
    readonly height: number | null;
    readonly raters: readonly {
      readonly annotator: string;
      readonly kind: AnnotatorKind;
      readonly statements: readonly ShapeStatement[];
    }[];
  }[];
}
