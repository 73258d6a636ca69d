import type { Verdict } from '../../statistics/colour.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { magnitude } from '../../statistics/magnitude.ts';
import { type MeanComparison, meanComparison } from '../../statistics/mean-comparison.ts';
import { momentTable } from '../../statistics/moment-table.ts';
import { noExclusion } from '../../statistics/no-exclusion.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { type ExclusionContext, judgedExclusion } from './attrition-context.ts';
import { fewerUnits } from './fewer-units.ts';

/** A quality measure or a numeric factor of the kept images against the excluded ones; the difference is kept less excluded. */
export interface NumberAttrition extends MeanComparison {
  readonly name: string;
  readonly isMeasure: boolean;
  /** Excluded images that have a value. */
  readonly excluded: Estimate;
  /** Of the size of the standardized difference. */
  readonly verdict: Verdict;
}

/** All quality measures that images have, then the numeric factors. */
export function numberAttritions(context: ExclusionContext): NumberAttrition[] {
  const { measures, factors } = context.subjects;
  const columns = [
    ...measures.map(({ name, values }) => ({ name, values, isMeasure: true })),
    ...factors.flatMap(({ name, numbers }) => (numbers ? [{ name, values: numbers, isMeasure: false }] : [])),
  ];
  return columns
    .filter(({ values }) => values.some((value) => !Number.isNaN(value)))
    .map(({ name, values, isMeasure }) => ({ name, isMeasure, ...compared(values, context) }));
}

function compared(
  values: Float64Array,
  context: ExclusionContext,
): Omit<NumberAttrition, 'name' | 'isMeasure'> {
  const { subjects, outcomes, tracked, personal } = context;
  const table = momentTable(subjects.units, values, outcomes.sides);
  const unitCount = fewerUnits(subjects.units, outcomes.sides, values);
  const means = meanComparison({ ...table, unitCount });
  const known = table.total[1]!;
  const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method: 'images' };
  const [excluded] = hideSmallCounts([known, outcomes.excluded - known], basis, personal);
  const [few] = hideSmallCounts([known], basis, personal); // the mean of one to four images is theirs
  const instead = (figure: Estimate, nothing: (method: string) => Estimate): Estimate => {
    if (outcomes.excluded === 0) return nothing(figure.method);
    if (known > 0) return figure;
    return notEstimable('NOT_APPLICABLE', 'EXCLUDED_OF_UNKNOWN_VALUE', { ...basis, method: figure.method });
  };
  const standardized = instead(means.standardizedDifference, (method) =>
    noExclusion({ ...basis, method }, tracked),
  );
  const ratio = instead(means.varianceRatio, (method) =>
    notEstimable('NOT_APPLICABLE', 'NOTHING_EXCLUDED', { ...basis, method }),
  );
  return {
    excluded: excluded!,
    standardizedDifference: hideWith(few!, standardized),
    varianceRatio: hideWith(few!, ratio),
    verdict: judgedExclusion(magnitude(standardized), 'standardizedDifference', context),
  };
}
