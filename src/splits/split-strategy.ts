/** The words of the chapter: what is asked of a split, what is divided, and who went where. */
export type SplitStrategy =
  | 'RANDOM'
  | 'STRATIFIED'
  | 'GROUPED'
  | 'GROUPED_STRATIFIED'
  | 'K_FOLD'
  | 'GROUPED_K_FOLD'
  | 'STRATIFIED_K_FOLD'
  | 'GROUPED_STRATIFIED_K_FOLD'
  | 'LEAVE_ONE_GROUP_OUT'
  | 'BY_TIME'
  | 'IMPORTED';

/** One image as the split sees it. */
export interface SplitSubject {
  /** The image's id as manifests write it: 32 lower-case hexadecimal characters. */
  readonly image: string;
  /** The value of the group key; null where it is unknown. */
  readonly group: string | null;
  /** The labels the image carries, as a set: a repeated label counts once. */
  readonly labels: readonly string[];
  /** ISO 8601 as recorded, with or without a zone; null where it is unknown. */
  readonly time: string | null;
  /** The part the image was given elsewhere: strategy IMPORTED alone. */
  readonly part?: string;
}

export interface SplitPart {
  readonly name: string;
  /** Canonical decimal text between 0 and 1, at most six decimals, such as `0.7`. */
  readonly share: string;
}

export interface SplitRequest {
  readonly strategy: SplitStrategy;
  readonly seed: string;
  /** In order; empty where the strategy makes its own parts. */
  readonly parts: readonly SplitPart[];
  /** Number of folds of a K_FOLD strategy; null for the others. */
  readonly folds: number | null;
}

/** What the groups and the labels of the subjects were taken from; null: not used. */
export interface SplitKeys {
  readonly groupBy: string | null;
  readonly stratifyBy: string | null;
}

/** One entry an image, in the order of the image ids. */
export type SplitAssignment = readonly { readonly image: string; readonly part: string }[];

interface StrategyTraits {
  /** Where the parts come from. */
  readonly parts: 'SHARES' | 'FOLDS' | 'VALUES';
  /** Images of one group stay together. */
  readonly grouped: boolean;
  /** Labels are balanced over the parts. */
  readonly stratified: boolean;
}

const TRAITS: Record<SplitStrategy, StrategyTraits> = {
  RANDOM: { parts: 'SHARES', grouped: false, stratified: false },
  STRATIFIED: { parts: 'SHARES', grouped: false, stratified: true },
  GROUPED: { parts: 'SHARES', grouped: true, stratified: false },
  GROUPED_STRATIFIED: { parts: 'SHARES', grouped: true, stratified: true },
  K_FOLD: { parts: 'FOLDS', grouped: false, stratified: false },
  GROUPED_K_FOLD: { parts: 'FOLDS', grouped: true, stratified: false },
  STRATIFIED_K_FOLD: { parts: 'FOLDS', grouped: false, stratified: true },
  GROUPED_STRATIFIED_K_FOLD: { parts: 'FOLDS', grouped: true, stratified: true },
  LEAVE_ONE_GROUP_OUT: { parts: 'VALUES', grouped: true, stratified: false },
  BY_TIME: { parts: 'SHARES', grouped: false, stratified: false },
  IMPORTED: { parts: 'VALUES', grouped: false, stratified: false },
};

export const SPLIT_STRATEGIES = Object.keys(TRAITS) as readonly SplitStrategy[];

export function splitTraits(strategy: SplitStrategy): StrategyTraits {
  return TRAITS[strategy];
}
