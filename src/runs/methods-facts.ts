import type { AnnotatorKind } from '../annotation/annotator-kind.ts';
import type { SnapshotConsensus } from '../snapshots/snapshot-header.ts';
import type { SplitStrategy } from '../splits/split-strategy.ts';

/** The first few of many distinct values, in order, with how many there are. */
export interface Listed {
  readonly shown: readonly string[];
  readonly count: number;
}

/** Something recorded of some images alone: `images` of them have it. */
export interface RecordedValues {
  readonly images: number;
  readonly values: Listed;
}

export interface MethodsAgreement {
  /** Id of the report that was kept. */
  readonly report: string;
  /** Krippendorff's α, nominal; null: `reason` says why it has none. */
  readonly alpha: number | null;
  readonly reason: string | null;
  readonly interval: { readonly lower: number; readonly upper: number; readonly level: number } | null;
  /** Images with two ratings or more, and the independent units they are of. */
  readonly images: number;
  readonly units: number;
  readonly specification: string;
}

export interface MethodsSplit {
  readonly name: string;
  readonly digest: string;
  readonly strategy: SplitStrategy;
  /** Null where the strategy draws nothing. */
  readonly seed: string | null;
  readonly algorithm: string | null;
  readonly groupBy: string | null;
  readonly stratifyBy: string | null;
  /** Why a split that leaks was frozen all the same. */
  readonly waiver: string | null;
  readonly counts: readonly { readonly part: string; readonly images: number }[];
}

export interface MethodsModel {
  readonly model: string;
  readonly runs: number;
  readonly seeds: Listed;
  readonly runsWithoutSeed: number;
  readonly folds: Listed;
  readonly repeats: Listed;
  readonly splits: Listed;
}

/** A library or a piece of hardware: its versions, told by `runs` runs. */
export interface MethodsTool {
  readonly name: string;
  readonly runs: number;
  readonly values: Listed;
}

/** A sum over the `runs` that tell it. */
export interface MethodsTotal {
  readonly runs: number;
  readonly sum: number;
}

/** The runs that were not withdrawn. */
export interface MethodsRuns {
  readonly runs: number;
  readonly models: readonly MethodsModel[];
  readonly codeVersions: Listed;
  readonly libraries: readonly MethodsTool[];
  readonly hardware: readonly MethodsTool[];
  readonly seconds: MethodsTotal | null;
  readonly kilowattHours: (MethodsTotal & { readonly methods: Listed }) | null;
}

/** What a "Materials and methods" paragraph rests on. Null, or an empty list: nobody recorded it. */
export interface MethodsFacts {
  readonly title: string;
  readonly slug: string;
  readonly licence: string | null;
  readonly digest: string;
  readonly revision: number;
  readonly tags: readonly string[];
  /** `YYYY-MM-DD`, in UTC. */
  readonly published: string;
  readonly isPersonal: boolean;
  readonly images: number;
  /** Images whose pixels lie elsewhere. */
  readonly references: number;
  /** `field` is `image` where every image stands for itself. */
  readonly unit: { readonly field: string; readonly units: number; readonly imagesOfUnknownUnit: number };
  /** `from` and `to`: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly captured: { readonly images: number; readonly from: string; readonly to: string } | null;
  readonly sites: RecordedValues | null;
  readonly devices: RecordedValues | null;
  readonly classes: readonly string[];
  readonly annotations: readonly { readonly kind: string; readonly count: number }[];
  readonly raters: readonly { readonly kind: AnnotatorKind; readonly count: number }[];
  /** People who annotated an image, over all images, a group with as many as voted; null: none annotated any. */
  readonly ratings: {
    readonly mean: number;
    readonly least: number;
    readonly most: number;
    readonly imagesWithout: number;
  } | null;
  readonly agreement: MethodsAgreement | null;
  readonly consensus: readonly SnapshotConsensus[];
  readonly splits: readonly MethodsSplit[];
  readonly runs: MethodsRuns | null;
}
