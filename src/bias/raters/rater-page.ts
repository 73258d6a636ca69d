import type { AnnotatorKind } from '../../annotation/annotator-kind.ts';

/** Who gave some kept images which class, in every look; images in the order of their ids. */
export interface RaterPage {
  readonly images: readonly {
    readonly image: string;
    readonly unit: string;
    readonly unitKnown: boolean;
    readonly bucket: number;
    /** Of each factor, in the order of RATER_FACTORS. */
    readonly factors: readonly (string | null)[];
    readonly ratings: readonly RaterStatement[];
  }[];
}

export interface RaterStatement {
  readonly annotator: string;
  readonly kind: AnnotatorKind;
  readonly label: string;
  readonly pass: number;
  readonly votes: number;
  /** RFC 3339 as recorded; null: not known. */
  readonly at: string | null;
  /** Time spent, a decimal. */
  readonly seconds: string | null;
  /** Later statements of one look come after earlier ones. */
  readonly order: string;
}

/** Who may be worse on one level of: what differs between images and not between raters. */
export const RATER_FACTORS = ['site', 'device', 'stage', 'view', 'protocol', 'illumination'] as const;
