import type { CodedVariable } from '../../statistics/coded-variable.ts';
import { colour, type Verdict } from '../../statistics/colour.ts';
import { crossTabulate } from '../../statistics/cross-tabulate.ts';
import { type Estimate, estimate, type Interval, notEstimable } from '../../statistics/estimate.ts';
import { hanleyMcNeil } from '../../statistics/hanley-mcneil.ts';
import { naiveBayesProbe } from '../../statistics/naive-bayes-probe.ts';
import { numericComparison } from '../../statistics/numeric-comparison.ts';
import { tellingValues } from '../../statistics/telling-values.ts';
import { verdictAmong } from '../../statistics/verdict-among.ts';
import type { RandomStreams } from '../bias-counts.ts';
import { hideWith, smallCells } from '../cards/hide-small-counts.ts';
import type { ImageSelection } from '../images/image-selection.ts';
import type { ReportInput } from '../report-input.ts';
import { binnedVariable } from '../variables/binned-variable.ts';
import { CHANCE_AREA } from '../variables/chance-area.ts';
import type { LevelKind } from '../variables/pool-levels.ts';
import type { DividedSubjects } from './divided-subjects.ts';
import type { DividedVariable } from './divided-variables.ts';
import { levelSelection } from './split-levels.ts';

/** A value by which train and test are told apart. */
export interface TellingLevel {
  readonly attribute: string;
  readonly level: string;
  readonly kind: LevelKind;
  readonly trainImages: Estimate;
  readonly testImages: Estimate;
  /** Above 0: it speaks for test. */
  readonly logOdds: Estimate;
  readonly selection: ImageSelection | null;
}

/** A number in test against train. */
export interface NumericDistance {
  readonly name: string;
  readonly kolmogorovSmirnov: Estimate;
  readonly wasserstein: Estimate;
  readonly standardizedDifference: Estimate;
}

export interface AdversarialValidation {
  /** How well a model tells test from train by metadata and quality; of folds, a fold from all others, on average. */
  readonly area: Estimate;
  /** Of the same area, were all images independent: a check; null where there is none. */
  readonly independentInterval: Interval | null;
  readonly attributeCount: number;
  readonly telling: readonly TellingLevel[];
  readonly numbers: readonly NumericDistance[];
  /** Null: told, not judged. */
  readonly verdict: Verdict | null;
}

const MEASURE_BINS = 20;
const MOST_SORTED = 65_536;
const PROBE_FOLDS = 5;
/** One area alone, of .5 where the parts cannot be told apart. */
const SINGLE = { comparisons: 1, ...CHANCE_AREA };

/** Can the parts be told apart without a look at the subject? (specification §5.4) */
export function adversarialValidation(
  divided: DividedSubjects,
  factors: readonly DividedVariable[],
  { request, thresholds, random }: ReportInput,
): AdversarialValidation {
  const attributes = [...factors, ...measureAttributes(divided)];
  const label = partLabel(divided);
  const areFolds = divided.roles.takenBy === 'FOLDS';
  const { area, independentInterval } = probe(divided, attributes, label);
  const pair = areFolds ? null : label;
  const { bands } = thresholds.adversarialAuc;
  return {
    area,
    independentInterval,
    attributeCount: attributes.length,
    telling: pair === null ? [] : telling(divided, attributes, pair, request.personal),
    numbers: pair === null ? [] : numericDistances(divided, pair, random),
    verdict: request.external && !areFolds ? null : verdictAmong(colour(area, bands), area, SINGLE),
  };
}

function numericDistances(
  { subjects, clusters }: DividedSubjects,
  label: CodedVariable,
  random: RandomStreams,
): NumericDistance[] {
  const testFirst = { codes: label.codes.map((code) => (code < 0 ? -1 : 1 - code)), levels: 2 };
  const numbers = [
    ...subjects.measures,
    ...subjects.factors.flatMap(({ name, numbers: values }) => (values === null ? [] : [{ name, values }])),
  ].filter(({ values }) => values.some((value) => !Number.isNaN(value)));
  return numbers.map(({ name, values }) => {
    const stream = random(`distances of ${name}`);
    const { kolmogorovSmirnov, wasserstein, standardizedDifference } = numericComparison(
      clusters,
      values,
      testFirst,
      stream,
    );
    return { name, kolmogorovSmirnov, wasserstein, standardizedDifference };
  });
}

/** 0 train, 1 test; of folds the fold. Null: nothing to be told apart, or too many parts. */
function partLabel({ parts, roles, exams }: DividedSubjects): CodedVariable | null {
  if (exams.length === 0) return null;
  if (roles.takenBy === 'FOLDS') return parts;
  const codes = parts.codes.map((part) => (part === roles.test ? 1 : part === roles.train ? 0 : -1));
  return { codes, levels: 2 };
}

/** The quality measures in twenty quantile bins; of very many images the limits are read off some at even distances. */
function measureAttributes({ subjects }: DividedSubjects): DividedVariable[] {
  const step = Math.ceil(subjects.imageCount / MOST_SORTED);
  return subjects.measures.flatMap(({ name, values }): DividedVariable[] => {
    const some = step === 1 ? values : values.filter((_, image) => image % step === 0);
    const variable = binnedVariable(values, MEASURE_BINS, some);
    if (variable.levels < 2) return [];
    const levels = variable.names.map((level) => ({ level, kind: 'LEVEL' as const }));
    const entry = { levels, variable, imageOf: null, imageCount: subjects.imageCount };
    return [{ name, kind: 'CONTINUOUS', source: 'MEASURE', ...entry }];
  });
}

function probe(
  { subjects, clusters, roles }: DividedSubjects,
  attributes: readonly DividedVariable[],
  label: CodedVariable | null,
): Pick<AdversarialValidation, 'area' | 'independentInterval'> {
  const method = 'area under the ROC curve of test against train';
  const basis = { imageCount: subjects.imageCount, unitCount: clusters.unitCount, method };
  if (label === null) {
    const reason = roles.takenBy === 'NONE' ? 'ONE_PART' : 'TOO_MANY_PARTS';
    return { area: notEstimable('NOT_APPLICABLE', reason, basis), independentInterval: null };
  }
  const foldOf = clusters.bucketOf.map((bucket) => bucket % PROBE_FOLDS);
  const variables = attributes.map(({ variable }) => variable);
  const { withinFolds } = naiveBayesProbe(variables, label, clusters, foldOf);
  if (roles.takenBy === 'FOLDS') return { area: withinFolds.macroArea, independentInterval: null };
  const area = estimate({ ...withinFolds.areas[1]! });
  if (area.value === null) return { area, independentInterval: null };
  const [train, test] = [0, 1].map((side) => label.codes.filter((code) => code === side).length);
  return { area, independentInterval: hanleyMcNeil(area.value, test!, train!).interval };
}

function telling(
  { clusters }: DividedSubjects,
  attributes: readonly DividedVariable[],
  label: CodedVariable,
  personal: boolean,
): TellingLevel[] {
  const tables = attributes.map(({ variable }) => ({
    ...crossTabulate(clusters, [label, variable]),
    rows: 2,
    columns: variable.levels,
  }));
  return tellingValues(tables).map(({ attribute, value, logOdds }) => {
    const table = tables[attribute]!;
    const of = attributes[attribute]!;
    const hidden = personal ? smallCells(table.total, table.columns) : new Set<number>();
    const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method: 'images' };
    const imagesOf = (cell: number) =>
      hidden.has(cell)
        ? notEstimable('SUPPRESSED', 'SMALL_COUNT', basis)
        : estimate({ ...basis, value: table.total[cell]! });
    const [trainImages, testImages] = [imagesOf(value), imagesOf(table.columns + value)];
    return {
      attribute: of.name,
      ...of.levels[value]!,
      trainImages,
      testImages,
      logOdds: hideWith(testImages, hideWith(trainImages, logOdds)),
      selection: of.source === 'MEASURE' ? null : levelSelection(of, value),
    };
  });
}
