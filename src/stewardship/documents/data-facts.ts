import type { ReportKind } from '../../bias/bias-counts.ts';
import type { Card } from '../../bias/cards/card.ts';
import type { SplitStrategy } from '../../splits/split-strategy.ts';
import type { Estimate } from '../../statistics/estimate.ts';

/** How often a value occurs; null: of people, and 1 to 4, or a number that would tell such a one. */
export interface Counted {
  readonly value: string;
  readonly count: number | null;
}

/** Over images; `mean` is a decimal of at most two places. */
export interface Spread {
  readonly least: number;
  readonly most: number;
  readonly mean: string;
}

/** A field of the acquisition record: how many kept images have a value, and which there are. */
export interface FieldFacts {
  readonly name: string;
  readonly of: 'ACQUISITION' | 'FACTOR' | 'RESTRICTED';
  readonly have: number | null;
  readonly missing: number | null;
  /** Different values; null: of people, and fewer than five. */
  readonly levels: number | null;
  /** The most frequent values; empty where there are too many to list, or of people. */
  readonly shown: readonly Counted[];
}

export interface SplitFacts {
  readonly name: string;
  readonly digest: string;
  readonly strategy: SplitStrategy;
  readonly seed: string;
  readonly groupBy: string | null;
  readonly stratifyBy: string | null;
  readonly waiver: string | null;
  readonly leaks: boolean;
  readonly counts: readonly { readonly part: string; readonly images: number | null }[];
}

/** A report that was made and kept; the latest of its kind, and of its split. */
export interface ReportFacts {
  readonly id: string;
  readonly kind: ReportKind;
  readonly revision: number;
  readonly split: string | null;
  readonly cards: readonly Card[];
  /** AGREEMENT: Krippendorff's alpha. */
  readonly alpha: Estimate | null;
}

/** What documents tell of a dataset at a revision, or of a snapshot, which is the same at the snapshot's revision. */
export interface DataFacts {
  readonly subject: {
    readonly dataset: string;
    readonly title: string;
    readonly description: string;
    readonly licence: string | null;
    readonly custodian: string | null;
    readonly dataUseTerms: readonly string[];
    readonly isPersonal: boolean;
    readonly revision: number;
    /** `YYYY-MM-DD`, in UTC, like every day here. */
    readonly created: string;
    /** Digest; null: the document is of the dataset. */
    readonly snapshot: string | null;
    readonly published: string | null;
    readonly parent: string | null;
  };
  readonly images: {
    readonly all: number;
    readonly withBytes: number;
    readonly byReference: number;
    readonly octets: number;
    /** Images that were taken back: of a snapshot those it was published with. */
    readonly withdrawn: number | null;
    readonly mediaTypes: readonly Counted[];
    readonly bitDepths: readonly Counted[];
    /** Width and height in pixels, of the images of which they are known. */
    readonly sizes: { readonly least: string; readonly most: string } | null;
  };
  readonly unit: {
    readonly field: string;
    readonly units: number | null;
    readonly imagesOfUnknownUnit: number | null;
  };
  /** The terms in force; null: none were ever declared. */
  readonly terms: {
    readonly version: number;
    readonly visibility: string;
    readonly embargoUntil: string | null;
    readonly acceptance: string;
    readonly consent: string;
    readonly text: string;
  } | null;
  /** Subjects whose consent is recorded, and to what they agreed. */
  readonly consents: { readonly subjects: number | null; readonly scopes: readonly Counted[] };
  readonly classes: readonly string[];
  readonly factors: readonly { readonly name: string; readonly kind: string; readonly unit: string | null }[];
  readonly statements: {
    readonly all: number;
    readonly kinds: readonly Counted[];
    readonly raterKinds: readonly Counted[];
    readonly labels: readonly Counted[];
    readonly labelled: number | null;
    readonly unlabelled: number | null;
    readonly perImage: Spread;
    readonly first: string | null;
    readonly last: string | null;
    readonly withConfidence: number | null;
    readonly withTime: number | null;
    readonly corrections: number | null;
    /** Formats and frames of the files that they came from. */
    readonly sources: readonly Counted[];
  };
  readonly raters: {
    readonly kinds: readonly Counted[];
    readonly expertise: readonly Counted[];
    readonly models: readonly string[];
    readonly perImage: Spread;
  };
  readonly guidelines: readonly string[];
  readonly rounds: { readonly all: number; readonly blind: number; readonly adjudication: number };
  readonly consensuses: readonly { readonly name: string; readonly method: string }[];
  readonly captured: { readonly first: string; readonly last: string } | null;
  readonly fields: readonly FieldFacts[];
  readonly acquisitionSources: readonly Counted[];
  readonly exclusions: {
    readonly all: number | null;
    readonly stages: readonly Counted[];
    readonly reasons: readonly Counted[];
  };
  readonly refused: { readonly all: number | null; readonly codes: readonly Counted[] };
  readonly duplicates: { readonly sameBytes: number | null; readonly declared: readonly Counted[] };
  readonly splits: readonly SplitFacts[];
  readonly reports: readonly ReportFacts[];
  readonly runs: { readonly all: number; readonly models: number; readonly named: readonly string[] };
  readonly versions: readonly { readonly digest: string; readonly published: string }[];
  readonly provenance: {
    readonly revisions: number;
    readonly first: string;
    readonly last: string;
    readonly steps: readonly { readonly summary: string; readonly times: number }[];
  };
}
