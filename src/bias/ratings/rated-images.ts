import type { RatedColumns } from '../../statistics/rated-columns.ts';
import type { Population } from '../bias-counts.ts';

/** Who said what of the kept images: the latest word of each rater. Items are images. */
export interface RatedImages extends RatedColumns {
  readonly raters: readonly string[];
  readonly classes: readonly string[];
  /** Whether the classes stand in the order in which they were declared, all of them. */
  readonly isOrdered: boolean;
  /** Distinct units among items of two ratings or more. */
  readonly sharedUnits: number;
  /** Ratings that a later one by the same rater on the same image replaced. */
  readonly superseded: number;
}

/** The numbers that raters gave under one attribute; the class of a rating is always 0. */
export interface RatedValues extends RatedColumns {
  readonly attribute: string;
  readonly raters: readonly string[];
  readonly sharedUnits: number;
  readonly superseded: number;
  /** Of each rating. */
  readonly values: Float64Array;
}

/** What the report of agreement is made from. */
export interface AgreementInput {
  readonly population: Population;
  readonly labels: RatedImages;
  /** By attribute, in the order of their bytes. */
  readonly values: readonly RatedValues[];
  readonly personal: boolean;
}
