import { sum } from './sum.ts';

/** The stages that an image passes, in their order. Bossuyt et al. 2015 (STARD), BMJ 351:h5527. */
export const STAGES = ['COLLECTED', 'DECODED', 'ELIGIBLE', 'ANNOTATED', 'RELEASED'] as const;

export type Stage = (typeof STAGES)[number];

/** Images, and the distinct units that they are of. */
export interface Counts {
  readonly imageCount: number;
  readonly unitCount: number;
}

export interface ReasonCounts extends Counts {
  readonly reason: string;
}

/** What the ledger says was excluded on the way to a stage, and what is found to have reached it. */
export interface StageRecord {
  readonly stage: Stage;
  readonly excluded: readonly ReasonCounts[];
  readonly reached: Counts;
}

export interface FlowStage extends StageRecord {
  readonly entering: Counts;
  /** Units of which no image was left at the stage; the reasons' units also count those that lost some only. */
  readonly unitsLost: number;
  readonly adds: boolean;
}

/** `status` DEGENERATE, FLOW_MISMATCH: ledger and images contradict each other at the stages that do not add. */
export interface ExclusionFlow {
  readonly status: 'OK' | 'EMPTY' | 'DEGENERATE';
  readonly reason: string | null;
  readonly stages: readonly FlowStage[];
}

/**
 * The flow of images from collection to release. At every stage the images that enter, less those excluded by reason,
 * must be those that reach it; a unit leaves with its last image, so units are bounded and not added: no more reach a
 * stage than enter it, and those lost were each excluded for some reason. Nothing collected: EMPTY.
 */
export function exclusionFlow(collected: Counts, records: readonly StageRecord[]): ExclusionFlow {
  let entering = collected;
  const stages = records.map((record): FlowStage => {
    const stage = {
      ...record,
      entering,
      unitsLost: Math.max(0, entering.unitCount - record.reached.unitCount),
    };
    entering = record.reached;
    return { ...stage, adds: addsUp(stage) };
  });
  if (!stages.every(({ adds }) => adds)) return { status: 'DEGENERATE', reason: 'FLOW_MISMATCH', stages };
  if (collected.imageCount === 0) return { status: 'EMPTY', reason: 'NO_IMAGE', stages };
  return { status: 'OK', reason: null, stages };
}

function addsUp({ entering, excluded, reached, unitsLost }: Omit<FlowStage, 'adds'>): boolean {
  const images = sum(excluded.map(({ imageCount }) => imageCount));
  const units = sum(excluded.map(({ unitCount }) => unitCount));
  const within = (part: Counts) => part.unitCount <= Math.min(part.imageCount, entering.unitCount);
  return (
    entering.imageCount - images === reached.imageCount &&
    unitsLost <= units &&
    [reached, ...excluded].every(within)
  );
}
