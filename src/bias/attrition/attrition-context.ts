import { type Colour, colour, type Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { RandomStreams } from '../bias-counts.ts';
import type { Subjects } from '../subjects/subjects.ts';
import type { Thresholds } from '../threshold/own-threshold.ts';
import type { Outcomes } from './attrition-outcomes.ts';

/** What every table of the attrition report is made from. */
export interface ExclusionContext {
  readonly subjects: Subjects;
  readonly outcomes: Outcomes;
  /** Exclusions are recorded since the first image came in. */
  readonly tracked: boolean;
  readonly personal: boolean;
  readonly thresholds: Thresholds;
  readonly random: RandomStreams;
}

/** Where nothing was excluded the figure is the whole truth at any number of units. */
export function judgedExclusion(
  estimate: Estimate,
  threshold: 'exclusionShare' | 'differentialExclusion' | 'standardizedDifference',
  { outcomes, thresholds }: Pick<ExclusionContext, 'outcomes' | 'thresholds'>,
): Verdict {
  return colour(estimate, thresholds[threshold].bands, outcomes.excluded === 0);
}

export const WORST_FIRST: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];
