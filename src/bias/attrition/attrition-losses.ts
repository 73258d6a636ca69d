import { type Counts, type ReasonCounts, STAGES, type Stage } from '../../statistics/exclusion-flow.ts';
import { latticeCells } from '../../statistics/lattice-cells.ts';
import { latticeCoordinates } from '../../statistics/lattice-key.ts';
import type { Refusals } from '../report-input.ts';
import type { Subjects } from '../subjects/subjects.ts';

/** EXCLUDED: by the ledger. REFUSED: at the door, by a code. UNLABELLED: nobody labelled it. */
export interface FlowLine extends ReasonCounts {
  readonly kind: 'EXCLUDED' | 'REFUSED' | 'UNLABELLED';
  readonly stage: Stage;
  /** The reason stands for all reasons, which are too many. */
  readonly isPooled: boolean;
}

const ANNOTATED = STAGES.indexOf('ANNOTATED');
const RELEASED = STAGES.indexOf('RELEASED');
/** The stage at which a kept image is lost: none. */
const NEVER = STAGES.length;

/** What was lost at each stage for each reason, by falling images; and what is found to have reached each stage. */
export function flowLosses(
  subjects: Subjects,
  refusals: readonly Refusals[],
): { lines: readonly FlowLine[]; reached: readonly Counts[] } {
  const { exclusions, units, classes, imageCount } = subjects;
  const stageOf = Int16Array.from(exclusions.stage.names, (name) => STAGES.indexOf(name as Stage));
  const reasons = exclusions.reason?.names ?? ['(more than 1000 reasons)'];
  const lostAt = new Uint8Array(imageCount);
  const stages = new Int16Array(imageCount).fill(-1);
  const codes = new Int16Array(imageCount).fill(-1);
  for (let image = 0; image < imageCount; image += 1) {
    const own = exclusions.stage.codes[image]!;
    const excludedAt = own < 0 ? NEVER : stageOf[own]!;
    const labelled = classes.offsets[image] !== classes.offsets[image + 1];
    if (excludedAt > ANNOTATED && !labelled) {
      lostAt[image] = ANNOTATED;
      stages[image] = ANNOTATED;
      codes[image] = reasons.length;
    } else {
      // A stage that is none of the flow is in no line of it, so that the flow does not add up.
      lostAt[image] = excludedAt < 0 ? RELEASED : excludedAt;
      stages[image] = excludedAt < 0 || excludedAt === NEVER ? -1 : excludedAt;
      codes[image] = own < 0 ? -1 : (exclusions.reason?.codes[image] ?? 0);
    }
  }
  const levels = [STAGES.length, reasons.length + 1];
  const observed = latticeCells(units, [
    { codes: stages, levels: levels[0]! },
    { codes, levels: levels[1]! },
  ]);
  const lost = [...observed.cells].map(([key, { imageCount: images, unitCount }]): FlowLine => {
    const [stage, reason] = latticeCoordinates(key, levels) as [number, number];
    const unlabelled = reason === reasons.length;
    return {
      stage: STAGES[stage]!,
      kind: unlabelled ? 'UNLABELLED' : 'EXCLUDED',
      reason: unlabelled ? '(without a label)' : reasons[reason]!,
      isPooled: exclusions.reason === null,
      imageCount: images,
      unitCount,
    };
  });
  const refused = refusals.map(({ stage, code, images }): FlowLine => {
    return { stage, kind: 'REFUSED', reason: code, isPooled: false, imageCount: images, unitCount: images };
  });
  const lines = [...refused, ...lost].sort((a, b) => b.imageCount - a.imageCount);
  return { lines, reached: reachedStages(subjects, lostAt, refusals) };
}

/** An image reaches every stage before the one at which it is lost, a unit every stage that one of its images reaches. */
function reachedStages(
  { units: { unitOf, unitCount } }: Subjects,
  lostAt: Uint8Array,
  refusals: readonly Refusals[],
): Counts[] {
  const furthest = new Uint8Array(unitCount);
  const [images, units] = [new Array<number>(NEVER + 1).fill(0), new Array<number>(NEVER + 1).fill(0)];
  lostAt.forEach((stage, image) => {
    images[stage]! += 1;
    furthest[unitOf[image]!] = Math.max(furthest[unitOf[image]!]!, stage);
  });
  for (const stage of furthest) units[stage]! += 1;
  for (const { stage, images: refused } of refusals) {
    images[STAGES.indexOf(stage)]! += refused;
    units[STAGES.indexOf(stage)]! += refused;
  }
  const beyond = (counts: readonly number[], stage: number) =>
    counts.reduce((sum, count, at) => (at > stage ? sum + count : sum), 0);
  return STAGES.map((_, stage) => ({ imageCount: beyond(images, stage), unitCount: beyond(units, stage) }));
}
