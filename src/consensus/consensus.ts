import type { ConsensusResult } from './consensus-message.ts';
import type { ConsensusRequest } from './consensus-request.ts';

/** A consensus that was made: a derived object beside the ratings, which it replaces none of. */
export interface Consensus {
  readonly id: string;
  readonly datasetId: string;
  readonly sequence: string;
  readonly request: ConsensusRequest;
  readonly inputDigest: string;
  readonly digest: string;
  readonly itemCount: number;
  readonly result: ConsensusResult;
  readonly madeAt: Date;
}

export const CONSENSUS_ORDER_STATES = ['WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type ConsensusOrderState = (typeof CONSENSUS_ORDER_STATES)[number];

/** Somebody asked for a consensus: how far it is. */
export interface ConsensusOrder {
  readonly id: string;
  readonly datasetId: string;
  /** Of the consensus it is to become. */
  readonly consensus: string;
  readonly request: ConsensusRequest;
  readonly state: ConsensusOrderState;
  /** Images read, of all; the model is fitted when all are read. */
  readonly done: number;
  readonly total: number;
  readonly fault: string | null;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
}

/** Hears how many images were read, of how many; false: stop. */
export type ConsensusProgress = (done: number, total: number) => boolean;
