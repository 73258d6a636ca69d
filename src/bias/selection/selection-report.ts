import type { Bands } from '../../statistics/colour.ts';
import { withQValues } from '../../statistics/with-q-values.ts';
import type { Card } from '../cards/card.ts';
import { coarseCounts } from '../cards/coarse-counts.ts';
import type { ReportInput } from '../report-input.ts';
import type { ReportRequest } from '../report-request.ts';
import { sharesOfFactor } from '../target/target-population.ts';
import { type ClassBalance, classBalance } from './class-balance.ts';
import { classBalanceCard } from './class-balance-card.ts';
import { countClassUnits, countLevelRows, countSubjects } from './count-subjects.ts';
import { factorImages } from './factor-images.ts';
import { type FactorSelection, factorSelection } from './factor-selection.ts';
import { type MissingField, type MissingMetadata, missingField, missingFields } from './missing-fields.ts';
import { holesCard, missingCard } from './selection-cards.ts';
import { coverageCard } from './selection-coverage-card.ts';
import {
  type LittleTest,
  listedDependences,
  littleTest,
  type MissingDependence,
} from './selection-dependences.ts';
import { type CoverageHoles, coverageHoles } from './selection-holes.ts';
import { type NumericFactor, numericFactors } from './selection-numeric.ts';
import { type WorstStratum, worstStrata } from './selection-worst-strata.ts';

export interface SelectionReport {
  readonly cards: readonly Card[];
  readonly target: ReportRequest['target'];
  readonly factors: readonly FactorSelection[];
  /** Not GREEN, worst first, at most 50. */
  readonly worstStrata: readonly WorstStratum[];
  readonly worstStratumCount: number;
  readonly holes: CoverageHoles;
  /** Slug of the reference sample that the numeric factors are held against. */
  readonly reference: string | null;
  readonly numericFactors: readonly NumericFactor[];
  readonly classBalance: ClassBalance;
  readonly missing: readonly MissingField[];
  /** q ≤ .05, strongest first, at most 100. */
  readonly missingDependences: readonly MissingDependence[];
  readonly missingDependenceCount: number;
  readonly littleTest: LittleTest;
}

/** Does the dataset look like the world it will be used in? (specification §1) */
export function selectionReport({
  request,
  subjects,
  facts,
  thresholds,
  random,
}: ReportInput): SelectionReport {
  const { target, personal } = request;
  const counts = countSubjects(subjects);
  const classUnits = countClassUnits(subjects);
  const selections = factorImages(counts, countLevelRows(subjects), classUnits).map((factor) =>
    factorSelection(factor, {
      target: sharesOfFactor(target, factor.name),
      personal,
      threshold: thresholds.representationRatio,
      random: random(`fit of ${factor.name}`),
    }),
  );
  const balance = classBalance(counts, classUnits, personal, thresholds.imbalanceRatio);
  const { factors, missing, dependences, little } = asOneFamily(
    selections,
    missingFields(subjects, counts, personal, random('missing metadata')),
    littleTest(subjects),
    thresholds.shareMissing.bands,
  );
  const holes = coverageHoles(subjects, request, factors, thresholds.holeShare);
  const listed = listedDependences(dependences, missing);
  const cardInput = { request, counts, thresholds };
  const report: SelectionReport = {
    cards: [
      coverageCard(cardInput, factors),
      holesCard(cardInput, holes),
      classBalanceCard(counts, balance, personal, thresholds.imbalanceRatio),
      missingCard(cardInput, missing, listed.dependences),
    ],
    target,
    factors,
    ...worstStrata(factors),
    holes,
    reference: request.reference?.slug ?? null,
    numericFactors: numericFactors(subjects, facts.reference, {
      personal,
      threshold: thresholds.standardizedDifference,
      random,
    }),
    classBalance: balance,
    missing,
    missingDependences: listed.dependences,
    missingDependenceCount: listed.dependenceCount,
    littleTest: little,
  };
  return personal ? coarseCounts(report) : report;
}
/** Benjamini–Hochberg over all tests of the report: fit of each factor, absence of each field, Little's. */
function asOneFamily(
  factors: readonly FactorSelection[],
  { fields, dependences }: MissingMetadata,
  little: LittleTest,
  bands: Bands,
) {
  const tests = [
    ...factors.map(({ cohenW }) => cohenW),
    ...dependences.map(({ association }) => association),
  ];
  const family = withQValues([...tests, little.test]);
  const tested = dependences.map((pair, index) => ({
    ...pair,
    association: family[factors.length + index]!,
  }));
  return {
    factors: factors.map((factor, index) => ({ ...factor, cohenW: family[index]! })),
    missing: fields.map((field) => missingField(field, tested, bands)),
    dependences: tested,
    little: { ...little, test: family.at(-1)! },
  };
}
