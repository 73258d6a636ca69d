import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';
import type { LabelMode } from '../bias-counts.ts';

/** A nominal variable with the names of its codes. */
export interface NamedVariable extends CodedVariable {
  readonly names: readonly string[];
}

/** COLUMN: of every acquisition record; DECLARED: of this dataset; DERIVED: read off other fields. */
export type FactorOrigin = 'COLUMN' | 'DECLARED' | 'DERIVED';

/** What every image may have a value of. CONTINUOUS: numbers, coded in ten quantile bins. */
export interface Factor {
  readonly name: string;
  readonly kind: 'NOMINAL' | 'CONTINUOUS';
  readonly origin: FactorOrigin;
  /** Null: more than 1000 levels, an identifier and no factor (specification §0.6). */
  readonly variable: NamedVariable | null;
  /** CONTINUOUS: the numbers themselves, NaN where unknown. */
  readonly numbers: Float64Array | null;
}

/** The classes of the images: those of image i are `codes` from `offsets[i]` up to `offsets[i + 1]`. */
export interface ImageClasses {
  readonly mode: LabelMode;
  /** Declared classes in their order, then classes in use that are declared no longer. */
  readonly names: readonly string[];
  readonly offsets: Int32Array;
  readonly codes: Int16Array;
}

/** A quality measure of each image, NaN where it has none. */
export interface MeasureColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** What each image was excluded for; the codes of one that is kept are −1. Null: more than 1000 reasons. */
export interface Exclusions {
  readonly stage: NamedVariable;
  readonly reason: NamedVariable | null;
  readonly by: NamedVariable;
}

/** A key that may have any number of values, such as a session: what leaks between parts. */
export interface GroupKey {
  readonly name: string;
  readonly groupOf: Int32Array;
  readonly names: readonly string[];
}

/** Which image each place is, and which bytes it has; read where single images are compared. */
export interface Identities {
  readonly ids: readonly string[];
  /** −1: the bytes are not known. */
  readonly digestOf: Int32Array;
  readonly digests: readonly string[];
}

/** n images of a dataset at one revision, column by column, in the order of their ids. */
export interface Subjects {
  readonly imageCount: number;
  readonly units: UnitStructure;
  readonly unitNames: readonly string[];
  /** Of each image: 1 where its unit is known; else the image is a unit of its own. */
  readonly unitKnown: Uint8Array;
  readonly factors: readonly Factor[];
  readonly classes: ImageClasses;
  readonly measures: readonly MeasureColumn[];
  /** Days since 1970-01-01 of the capture; NO_DAY where unknown. */
  readonly days: Int32Array;
  readonly exclusions: Exclusions;
  /** The parts of the split the report is of; −1: in none. */
  readonly parts: NamedVariable | null;
  readonly groupKeys: readonly GroupKey[];
  readonly identities: Identities | null;
}

export const NO_DAY = -2_147_483_648;
