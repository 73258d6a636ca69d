import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import {
  type Counts,
  type ExclusionFlow,
  exclusionFlow,
  STAGES,
  type Stage,
} from '../../statistics/exclusion-flow.ts';
import { sum } from '../../statistics/sum.ts';
import { SMALLEST_SHOWN_COUNT } from '../../statistics/suppress-small-counts.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn } from '../images/image-selection.ts';
import type { Refusals } from '../report-input.ts';
import type { Subjects } from '../subjects/subjects.ts';
import { type FlowLine, flowLosses } from './attrition-losses.ts';

export interface ShownCounts {
  readonly images: Estimate;
  readonly units: Estimate;
}

/** Images lost on the way to a stage, for one reason. */
export interface ShownLine extends ShownCounts {
  readonly kind: FlowLine['kind'];
  readonly reason: string;
  readonly selection: ImageSelection | null;
}

export interface ShownStage {
  readonly stage: Stage;
  readonly entering: ShownCounts;
  /** By falling images, at most 50. */
  readonly lost: readonly ShownLine[];
  readonly lostLineCount: number;
  readonly reached: ShownCounts;
  /** Units of which no image was left. */
  readonly unitsLost: Estimate;
  readonly adds: boolean;
}

export interface AttritionFlow extends Pick<ExclusionFlow, 'status' | 'reason'> {
  /** Exclusions and refusals are recorded since the first image came in. */
  readonly trackedSinceIngest: boolean;
  readonly stages: readonly ShownStage[];
}

const LONGEST_LIST = 50;

/**
 * The way of the candidates from collection to release. An image leaves at the first stage that it does not reach: where
 * the ledger excludes it, or, if it was not excluded before, at ANNOTATED where it has no label. A candidate refused at
 * the door is a unit of its own.
 */
export function attritionFlow(
  subjects: Subjects,
  refusals: readonly Refusals[] | null,
  personal: boolean,
): AttritionFlow {
  const { lines, reached } = flowLosses(subjects, refusals ?? []);
  const refused = sum((refusals ?? []).map(({ images }) => images));
  const flow = exclusionFlow(
    { imageCount: subjects.imageCount + refused, unitCount: subjects.units.unitCount + refused },
    STAGES.map((stage, place) => ({
      stage,
      excluded: lines.filter((line) => line.stage === stage),
      reached: reached[place]!,
    })),
  );
  const shown = shownFlow(flow, lines, personal);
  return { status: flow.status, reason: flow.reason, trackedSinceIngest: refusals !== null, stages: shown };
}

/**
 * Lines are cells of one margin, all that was lost. Where one may not be told, nor may what enters and reaches the stages
 * between, whose differences tell it; nor the end of the flow, where all that was lost, or its units, are a small count.
 */
function shownFlow({ stages }: ExclusionFlow, lines: readonly FlowLine[], personal: boolean): ShownStage[] {
  const basis = { imageCount: stages[0]!.entering.imageCount, unitCount: stages[0]!.entering.unitCount };
  const images = { ...basis, method: 'images' };
  const told = hideSmallCounts(
    lines.map(({ imageCount }) => imageCount),
    images,
    personal,
  );
  const ofLine = new Map(lines.map((line, index) => [line, told[index]!]));
  const isSmall = (count: number) => personal && count > 0 && count < SMALLEST_SHOWN_COUNT;
  const between =
    told.some(({ status }) => status === 'SUPPRESSED') || stages.some(({ unitsLost }) => isSmall(unitsLost));
  const [first, last] = [stages[0]!.entering, stages.at(-1)!.reached];
  const end = isSmall(first.imageCount - last.imageCount) || isSmall(first.unitCount - last.unitCount);
  const count = (value: number, method: string, hidden: boolean): Estimate =>
    hidden || isSmall(value)
      ? notEstimable('SUPPRESSED', 'SMALL_COUNT_OR_WOULD_REVEAL_ONE', { ...basis, method })
      : estimate({ ...basis, method, value });
  const both = (counts: Counts, hidden: boolean): ShownCounts => ({
    images: count(counts.imageCount, 'images', hidden),
    units: count(counts.unitCount, 'units', hidden),
  });
  return stages.map(({ stage, entering, reached, unitsLost, adds }, place): ShownStage => {
    const own = lines.filter((line) => line.stage === stage);
    const isLast = place === stages.length - 1;
    return {
      stage,
      entering: both(entering, place > 0 && between),
      lost: own.slice(0, LONGEST_LIST).map((line) => ({
        kind: line.kind,
        reason: line.reason,
        images: ofLine.get(line)!,
        units: hideWith(ofLine.get(line)!, count(line.unitCount, 'units', false)),
        selection: selectionOf(line),
      })),
      lostLineCount: own.length,
      reached: both(reached, isLast ? end : between),
      unitsLost: count(unitsLost, 'units lost', between),
      adds,
    };
  });
}

function selectionOf({ kind, reason, stage, isPooled }: FlowLine): ImageSelection | null {
  if (kind === 'REFUSED') return null;
  if (kind === 'UNLABELLED') return { where: [{ kind: 'MISSING', field: 'label' }], among: 'ALL' };
  const atStage = isIn('stage', stage);
  return { where: isPooled ? [atStage] : [atStage, isIn('reason', reason)], among: 'EXCLUDED' };
}
