export const REPORT_KINDS = [
  'SELECTION',
  'MEASUREMENT',
  'ASSOCIATION',
  'ATTRITION',
  'SPLIT',
  'AGREEMENT',
  'SHAPES',
  'RATERS',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** SINGLE: an image has one class. MULTIPLE: it may show several, so each class is asked for as present or absent. */
export type LabelMode = 'SINGLE' | 'MULTIPLE';

/** The kept images of a dataset at one revision. */
export interface Population {
  readonly imageCount: number;
  readonly unitCount: number;
  /** Images whose unit is not known; each counts as a unit of its own. */
  readonly imagesOfUnknownUnit: number;
}

/** NOMINAL: names, ordered or not. CONTINUOUS: numbers, in ten quantile bins. */
export type FactorKind = 'NOMINAL' | 'CONTINUOUS';

export type FactorStatus = 'COUNTED' | 'NEVER_RECORDED' | 'TOO_MANY_LEVELS';

/** A factor with its levels; `levels` is empty unless COUNTED. */
export interface FactorLevels {
  readonly name: string;
  readonly kind: FactorKind;
  readonly status: FactorStatus;
  readonly levels: readonly LevelCount[];
}

export interface LevelCount {
  readonly level: string;
  readonly images: number;
  readonly units: number;
}

/**
 * Images of one bucket with one label. SINGLE: these rows divide all images; `label` null is unlabelled, or tied between
 * labels. MULTIPLE: rows with `label` null divide all images, rows with a label count the images that show it.
 * `known[f]` of the images have a value of factor f.
 */
export interface PresenceRow {
  readonly bucket: number;
  readonly label: string | null;
  readonly labelled: boolean;
  readonly images: number;
  readonly known: readonly number[];
}

/** Images of one bucket at one level of a factor (null: unknown). */
export interface LevelRow {
  readonly factor: number;
  readonly bucket: number;
  readonly level: string | null;
  readonly images: number;
}

/** The same by label, as in `PresenceRow`. */
export interface CellRow extends LevelRow {
  readonly label: string | null;
  readonly labelled: boolean;
}

/** Distinct units of one bucket that have an image of the label. */
export interface ClassUnitsRow {
  readonly bucket: number;
  readonly label: string;
  readonly units: number;
}

export interface LabelCounts {
  readonly mode: LabelMode;
  /** Declared classes in their order, then classes in use that are declared no longer. */
  readonly classes: readonly string[];
  readonly unlabelledImages: number;
  /** Images whose raters are tied between labels (SINGLE). */
  readonly tiedImages: number;
}

/** Units with a value of factor f, and of these the ones with a label on such an image. */
export interface FactorUnits {
  readonly known: number;
  readonly labelled: number;
}

/** What the selection and the association report both read: additive tables at one revision. */
export interface BiasCounts {
  readonly population: Population;
  readonly labels: LabelCounts;
  readonly labelledUnits: number;
  readonly factors: readonly FactorLevels[];
  readonly factorUnits: readonly FactorUnits[];
  readonly presence: readonly PresenceRow[];
}

/** A stream of uniform numbers in [0, 1) for each statistic, the same stream whenever the same report is made. */
export type RandomStreams = (statistic: string) => () => number;
