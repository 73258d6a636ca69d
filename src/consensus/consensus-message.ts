import type { ConsensusRequest } from './consensus-request.ts';
import type { FitSummary } from './dawid-skene-consensus.ts';
import type { ImageRatings } from './image-ratings.ts';

/** What the thread that makes a consensus is told; `control`: [1 to stop, iterations done], shared. */
export type ConsensusMessage =
  | {
      readonly type: 'BEGIN';
      readonly request: ConsensusRequest;
      readonly classCount: number;
      readonly control: SharedArrayBuffer;
    }
  | { readonly type: 'IMAGES'; readonly images: readonly ImageRatings[] }
  | { readonly type: 'FINISH' }
  /** The next documents of what was made, in the order of the images. */
  | { readonly type: 'ITEMS'; readonly most: number };

/** One image's item, as canonical JSON. */
export interface ItemDocument {
  readonly imageId: string;
  readonly document: string;
}

export interface MadeConsensus {
  /** SHA-256 of the ratings that went in, one canonical line an image. */
  readonly inputDigest: string;
  /** SHA-256 of the documents, one line each. */
  readonly digest: string;
  readonly itemCount: number;
  readonly result: ConsensusResult;
}

/** What is said of a consensus as a whole. */
export interface ConsensusResult {
  /** Images that somebody labelled, and those of them without one likeliest class. */
  readonly tied: number;
  /** DAWID_SKENE: of each connected part of the ratings. */
  readonly fits: readonly FitSummary[];
  /** Ratings of people who are only counted; DAWID_SKENE cannot use them. */
  readonly unnamedVotes: number;
  /** Images show several classes: shares are of each class by itself. */
  readonly severalClasses: boolean;
}
