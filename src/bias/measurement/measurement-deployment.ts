import { colour, type Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { magnitude } from '../../statistics/magnitude.ts';
import { FOLDS } from '../../statistics/naive-bayes-folds.ts';
import { naiveBayesProbe } from '../../statistics/naive-bayes-probe.ts';
import { type NumericComparison, numericComparison } from '../../statistics/numeric-comparison.ts';
import { worstFirst } from '../cards/worst-first.ts';
import type { ReportInput } from '../report-input.ts';
import type { Subjects } from '../subjects/subjects.ts';
import { subsetSubjects } from '../subjects/subset-subjects.ts';
import { binnedVariable } from '../variables/binned-variable.ts';
import { twoSamples } from '../variables/two-samples.ts';
import type { ReportedMeasure } from './moments.ts';

/** One measure of the dataset against the reference sample: the dataset's less the reference's. */
export interface MeasureComparison extends NumericComparison {
  readonly measure: ReportedMeasure;
  /** Of the size of the standardized difference. */
  readonly verdict: Verdict;
}

/** The dataset against a sample of where the model will work. */
export interface DeploymentComparison {
  /** Slug of the dataset that the reference sample is. */
  readonly reference: string;
  /** Worst first. */
  readonly measures: readonly MeasureComparison[];
  /** How well the measures alone tell which of the two an image is of. */
  readonly area: Estimate;
  readonly verdict: Verdict;
}

const BINS = 20;

/** Specification §2.6: measure by measure, and all together by the probe on their quantile bins. Null without reference. */
export function deploymentComparison({
  subjects,
  request,
  facts,
  thresholds,
  random,
}: ReportInput): DeploymentComparison | null {
  if (facts.reference === null) return null;
  const reference = keptOf(facts.reference);
  const { units, side, joined } = twoSamples(subjects.units, reference.units);
  const isKnown = (value: number) => !Number.isNaN(value);
  const both = subjects.measures.flatMap(({ name, values }) => {
    const other = reference.measures.find((measure) => measure.name === name)?.values;
    return other?.some(isKnown) && values.some(isKnown)
      ? [{ name: name as ReportedMeasure, values: joined(values, other) }]
      : [];
  });
  const compared = both.map(({ name, values }): MeasureComparison => {
    const figures = numericComparison(units, values, side, random(`reference of ${name}`));
    const verdict = colour(
      magnitude(figures.standardizedDifference),
      thresholds.standardizedDifference.bands,
    );
    return { measure: name, ...figures, verdict };
  });
  const probe = naiveBayesProbe(
    both.map(({ values }) => binnedVariable(values, BINS)),
    side,
    units,
    units.bucketOf.map((bucket) => bucket % FOLDS),
  );
  const area = probe.withinFolds.macroArea;
  return {
    reference: request.reference?.slug ?? '',
    measures: worstFirst(compared, ({ standardizedDifference }) => magnitude(standardizedDifference)),
    area,
    verdict: colour(area, thresholds.adversarialAuc.bands),
  };
}

function keptOf(subjects: Subjects): Subjects {
  const kept = Uint8Array.from(subjects.exclusions.stage.codes, (code) => (code < 0 ? 1 : 0));
  return subsetSubjects(subjects, kept);
}
