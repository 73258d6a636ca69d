import type { ErrorCode } from '../../kernel/errors.ts';
import type { WithdrawalReason } from './withdrawal.ts';

export const SUCCESSOR_STATES = ['WAITING', 'RUNNING', 'DONE', 'FAILED'] as const;
export type SuccessorState = (typeof SUCCESSOR_STATES)[number];

/** The successor of a degraded snapshot: ordered with the withdrawal, proposed once nothing is left to destroy. */
export interface Successor {
  readonly id: string;
  readonly withdrawalId: string;
  /** Digest of the degraded snapshot. */
  readonly parent: string;
  readonly state: SuccessorState;
  /** Id of what was proposed; null: nothing yet. */
  readonly proposalId: string | null;
  readonly faultCode: ErrorCode | null;
  readonly fault: string | null;
}

/** A snapshot of the dataset as far as it matters to whose successor is due. */
export interface Candidate {
  readonly digest: string;
  readonly parent: string | null;
  /** Names, in order. */
  readonly splits: readonly string[];
}

/**
 * Which of the degraded snapshots get a successor. A lineage is what is linked by parents, or carries the same splits, for of these the
 * successor would be the same images in the same parts: only its newest gets one, and none where the newest is whole. `candidates` are
 * the snapshots of the dataset that are not deprecated, the oldest first.
 */
export function successorsDue(candidates: readonly Candidate[], degraded: readonly string[]): string[] {
  const succeeded = new Set(candidates.map(({ parent }) => parent));
  const newest = new Map<string, string>();
  for (const { digest, splits } of candidates)
    if (!succeeded.has(digest)) newest.set(JSON.stringify(splits), digest);
  const isDegraded = new Set(degraded);
  return [...newest.values()].filter((digest) => isDegraded.has(digest));
}

/** What the reviewers of a successor read of it. */
export function successorMessage(of: {
  readonly parent: string;
  readonly withdrawal: { readonly id: string; readonly number: number; readonly reason: WithdrawalReason };
  readonly splits: readonly string[];
  readonly consensuses: readonly string[];
}): string {
  const { parent, withdrawal, splits, consensuses } = of;
  const parts =
    splits.length === 0
      ? 'It has no split, as before.'
      : `The parts of ${splits.join(', ')} are as they were.`;
  const left =
    consensuses.length === 0
      ? ''
      : ` It lacks the consensus ${consensuses.join(', ')}, which counted images that are gone: order it again and propose anew to have it.`;
  return `Succeeds ${parent}, of which images were withdrawn: withdrawal ${withdrawal.number} of the dataset, ${withdrawal.id}, ${withdrawal.reason}. It holds the images that are kept now. ${parts}${left}`;
}
