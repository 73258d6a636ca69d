import type { Estimate } from '../../statistics/estimate.ts';
import { exclusionShare } from '../../statistics/exclusion-share.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { sum } from '../../statistics/sum.ts';
import { withQValues } from '../../statistics/with-q-values.ts';
import type { Card } from '../cards/card.ts';
import { coarseCounts } from '../cards/coarse-counts.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import type { ReportInput } from '../report-input.ts';
import { type ClassBounds, classBounds } from './attrition-bounds.ts';
import { exclusionShareCard } from './attrition-cards.ts';
import { type ExclusionContext, WORST_FIRST } from './attrition-context.ts';
import { type FactorAttrition, factorAttrition } from './attrition-factors.ts';
import { type AttritionFlow, attritionFlow } from './attrition-flow.ts';
import {
  type LeaningExclusion,
  leaningExclusions,
  type TestedReason,
  testedReasons,
} from './attrition-leaning.ts';
import { type NumberAttrition, numberAttritions } from './attrition-measures.ts';
import { outcomesOf } from './attrition-outcomes.ts';
import { exclusionPatternCard } from './attrition-pattern-card.ts';
import { type PersonExclusions, personExclusions } from './attrition-people.ts';
import { outcomeTables } from './attrition-tables.ts';

export interface AttritionReport {
  readonly cards: readonly Card[];
  readonly flow: AttritionFlow;
  /** Of all candidates, those refused at the door too. */
  readonly exclusionShare: Estimate;
  /** Factors, the label or the classes; worst first, at most 200. */
  readonly factors: readonly FactorAttrition[];
  readonly factorCount: number;
  /** Quality measures and numeric factors; worst first. */
  readonly numbers: readonly NumberAttrition[];
  readonly classBounds: readonly ClassBounds[];
  readonly classBoundCount: number;
  /** q ≤ .05, by falling difference, at most 50. */
  readonly leaning: readonly LeaningExclusion[];
  readonly leaningCount: number;
  readonly people: readonly PersonExclusions[];
  /** Fields of more than 1000 levels, which are identifiers. */
  readonly refusedFactors: readonly string[];
}

const LONGEST_LIST = 200;

/** Did throwing images away change what the dataset says? (specification §4) */
export function attritionReport({
  request,
  subjects,
  facts,
  thresholds,
  random,
}: ReportInput): AttritionReport {
  const { personal } = request;
  const tracked = facts.refusals !== null;
  const refused = sum((facts.refusals ?? []).map(({ images }) => images));
  const outcomes = outcomesOf(subjects);
  const context: ExclusionContext = { subjects, outcomes, tracked, personal, thresholds, random };
  const flow = attritionFlow(subjects, facts.refusals, personal);
  const tables = outcomeTables(subjects, outcomes);
  const { factors, tested, people } = asOneFamily(
    tables.map((table) => factorAttrition(table, context)),
    testedReasons(tables, context),
    personExclusions(context, flow),
  );
  const numbers = numberAttritions(context);
  const whole = exclusionShare(candidateTable(context, refused), tracked);
  const lost = hideSmallCounts([outcomes.excluded + refused], whole, personal)[0]!;
  const share = { whole, shown: hideWith(lost, whole) };
  const bounds = classBounds(context, refused);
  const cardInput = { context, flow, refused, share, bounds: bounds.classBounds };
  const report: AttritionReport = {
    cards: [exclusionShareCard(cardInput), exclusionPatternCard(cardInput, factors, numbers)],
    flow,
    exclusionShare: share.shown,
    factors: worstFirst(factors).slice(0, LONGEST_LIST),
    factorCount: factors.length,
    numbers: numbers.toSorted(
      (a, b) =>
        WORST_FIRST.indexOf(a.verdict.colour) - WORST_FIRST.indexOf(b.verdict.colour) ||
        Math.abs(b.standardizedDifference.value ?? -1) - Math.abs(a.standardizedDifference.value ?? -1),
    ),
    ...bounds,
    ...leaningExclusions(tested, context),
    people,
    refusedFactors: subjects.factors.flatMap(({ name, variable }) => (variable === null ? [name] : [])),
  };
  return personal ? coarseCounts(report) : report;
}

/** Excluded and all candidates by bucket; those refused at the door, of unknown unit, are spread over the buckets. */
function candidateTable({ subjects, outcomes }: ExclusionContext, refused: number): BucketedTable {
  const { imageCount, units } = subjects;
  const { unitOf, bucketOf, bucketCount, unitCount } = units;
  const buckets = Array.from({ length: bucketCount }, (_, bucket) => {
    const own = Math.floor((refused + bucketCount - 1 - bucket) / bucketCount);
    return [own, own];
  });
  outcomes.sides.codes.forEach((side, image) => {
    const cells = buckets[bucketOf[unitOf[image]!]!]!;
    cells[0]! += side;
    cells[1]! += 1;
  });
  return {
    total: [outcomes.excluded + refused, imageCount + refused],
    buckets,
    imageCount: imageCount + refused,
    unitCount: unitCount + refused,
  };
}

/** Benjamini–Hochberg over all tests of the report: factors, factors × reasons, reasons × people. */
function asOneFamily(
  factors: readonly FactorAttrition[],
  tested: readonly TestedReason[],
  people: readonly PersonExclusions[],
) {
  const rows = [...factors, ...tested, ...people];
  const family = withQValues(rows.map(({ association }) => association));
  let next = 0;
  const withQ = <Row extends { readonly association: Estimate }>(row: Row): Row => ({
    ...row,
    association: family[next++]!,
  });
  return { factors: factors.map(withQ), tested: tested.map(withQ), people: people.map(withQ) };
}

function worstFirst(factors: readonly FactorAttrition[]): FactorAttrition[] {
  const rank = ({ differenceVerdict, standardizedDifferenceVerdict }: FactorAttrition) =>
    Math.min(
      ...[differenceVerdict, standardizedDifferenceVerdict].map(({ colour }) => WORST_FIRST.indexOf(colour)),
    );
  return factors.toSorted(
    (a, b) => rank(a) - rank(b) || (b.difference.value ?? -1) - (a.difference.value ?? -1),
  );
}
