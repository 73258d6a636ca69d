import { beyondChance } from '../../statistics/beyond-chance.ts';
import type { UnitStructure } from '../../statistics/coded-variable.ts';
import {
  type Bands,
  type Colour,
  colour,
  FEWEST_UNITS_FOR_COLOUR,
  type Verdict,
} from '../../statistics/colour.ts';
import type { ContingencyTable } from '../../statistics/contingency-table.ts';
import { type Estimate, estimate } from '../../statistics/estimate.ts';
import type { Figure } from '../../statistics/figure.ts';
import { groupLevels } from '../../statistics/group-levels.ts';
import { type PartBalance, type PartComparison, partBalance } from '../../statistics/part-balance.ts';
import { type RandomAssignmentNull, randomAssignmentNull } from '../../statistics/random-assignment-null.ts';
import { randomAssignments } from '../../statistics/random-assignments.ts';
import { randomClumps } from '../../statistics/random-clumps.ts';
import { withQValues } from '../../statistics/with-q-values.ts';
import type { RandomStreams } from '../bias-counts.ts';
import type { ReportInput } from '../report-input.ts';
import type { DividedSubjects, Exam } from './divided-subjects.ts';
import { type DividedVariable, dividedLabel, entryUnits, levelsByPart } from './divided-variables.ts';

/** One factor or the label in a part against train; of a fold against all others. */
export interface ComparedPart {
  readonly part: string;
  readonly kind: Exam['kind'];
  readonly totalVariation: Estimate;
  readonly jensenShannonDivergence: Estimate;
  readonly standardizedDifference: Estimate;
  /** Share of 200 random assignments of the groups whose total variation is smaller; their middle and 95th percentile. */
  readonly percentile: Estimate;
  readonly randomMedian: Estimate;
  readonly randomUpper: Estimate;
  /** Whether it stands further out than chance puts any comparison of the report; null: no percentile, or not judged. */
  readonly isBeyondChance: boolean | null;
  /** Null: told, not judged. */
  readonly verdict: Verdict | null;
}

/** A factor or the label with its table, for all that is said of it. */
export interface BalancedVariable {
  readonly of: DividedVariable;
  readonly table: ContingencyTable;
  readonly association: Estimate;
  /** Worst first. */
  readonly compared: readonly ComparedPart[];
  /** Levels without an image in a part, or in what it is compared with. */
  readonly lacking: readonly (Pick<PartComparison, 'unmeasurable' | 'unseen'> & { readonly exam: Exam })[];
}

const MOST_GROUPS_DRAWN = 2048;
const WORST_FIRST: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];

interface Measured {
  readonly of: DividedVariable;
  readonly table: ContingencyTable;
  readonly balance: PartBalance;
  readonly nulls: readonly RandomAssignmentNull[];
}

/**
 * The balance of every factor and of the label (specification §5.2, §5.3), worst first. A difference is coloured only
 * where it is beyond what random assignment of the groups gives, all comparisons taken together.
 */
export function splitPartBalance(
  divided: DividedSubjects,
  factors: readonly DividedVariable[],
  { request, thresholds, random }: ReportInput,
): BalancedVariable[] {
  const { exams } = divided;
  if (exams.length === 0) return [];
  const label = dividedLabel(divided);
  const clumps = randomClumps(divided.clusters, MOST_GROUPS_DRAWN, random('clumps of the null reference'));
  const sizes = new Int32Array(clumps.unitCount);
  for (const clump of clumps.unitOf) sizes[clump]! += 1;
  const splits = randomAssignments(sizes, divided.imagesOfPart, random('null reference of the parts'));
  const measured = [...(label === null ? [] : [label]), ...factors].map((of) =>
    measure(of, divided, { clumps, splits }, random),
  );
  const isJudged = exams.map(({ kind }) => !(request.external && kind === 'TEST'));
  const beyond = beyondChance(measured.flatMap(({ nulls }) => nulls.filter((_, place) => isJudged[place]!)));
  const { bands } = thresholds.standardizedDifference;
  let next = 0;
  const balanced = measured.map(
    ({ of, table, balance, nulls }): BalancedVariable => ({
      of,
      table,
      association: balance.association,
      compared: exams.map((exam, place) =>
        comparedPart(
          exam,
          balance.comparisons[place]!,
          nulls[place]!,
          isJudged[place] ? beyond[next++]! : null,
          {
            table,
            bands: isJudged[place] ? bands : null,
          },
        ),
      ),
      lacking: exams.map((exam, place) => ({ ...balance.comparisons[place]!, exam })),
    }),
  );
  return inOrder(asOneFamily(balanced));
}

/** Every variable is held against the same random splits of the groups. */
function measure(
  of: DividedVariable,
  divided: DividedSubjects,
  { clumps, splits }: { readonly clumps: UnitStructure; readonly splits: readonly Uint16Array[] },
  random: RandomStreams,
): Measured {
  const { exams } = divided;
  const table = levelsByPart(divided, of);
  const observed = Array.from({ length: table.columns }, (_, part) =>
    table.total.filter((_count, cell) => cell % table.columns === part),
  );
  const compared = exams.map((exam) => ({ ...exam, emptyReason: `EMPTY_${exam.kind}` }));
  return {
    of,
    table,
    balance: partBalance(table, compared, random(`balance of ${of.name}`)),
    nulls: randomAssignmentNull(groupLevels(entryUnits(of, clumps), of.variable), splits, observed, exams),
  };
}

function comparedPart(
  { name, kind }: Exam,
  { totalVariation, jensenShannonDivergence, standardizedDifference }: PartComparison,
  { percentile, median, upper, p }: RandomAssignmentNull,
  isBeyondChance: boolean | null,
  { table, bands }: { table: ContingencyTable; bands: Bands | null },
): ComparedPart {
  const { imageCount, unitCount } = table;
  const figureOf = (of: Figure, method: string) => estimate({ ...of, imageCount, unitCount, method });
  return {
    part: name,
    kind,
    totalVariation: estimate({ ...totalVariation, p }),
    jensenShannonDivergence,
    standardizedDifference,
    percentile: figureOf(percentile, 'percentile among 200 random assignments of groups'),
    randomMedian: figureOf(median, 'middle total variation of 200 random assignments of groups'),
    randomUpper: figureOf(upper, '95th percentile of total variation of 200 random assignments of groups'),
    isBeyondChance,
    verdict: bands === null ? null : balanceVerdict(standardizedDifference, isBeyondChance, bands),
  };
}

/** Parts that share no level have no finite difference; where chance does not do that, it is the worst of all. */
function balanceVerdict(difference: Estimate, isBeyondChance: boolean | null, bands: Bands): Verdict {
  const verdict = colour(difference, bands);
  if (isBeyondChance !== true)
    return verdict.colour === 'GREEN'
      ? verdict
      : { colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: verdict.unitsNeeded };
  const apart = difference.reason === 'NO_LEVEL_IN_COMMON' && difference.unitCount >= FEWEST_UNITS_FOR_COLOUR;
  return apart ? { colour: 'RED', certainty: 'CONFIRMED', unitsNeeded: null } : verdict;
}

/** Benjamini–Hochberg over all tests of the report: association of each variable, and its total variations. */
function asOneFamily(balanced: readonly BalancedVariable[]): BalancedVariable[] {
  const family = withQValues(
    balanced.flatMap(({ association, compared }) => [
      association,
      ...compared.map(({ totalVariation }) => totalVariation),
    ]),
  );
  let next = 0;
  return balanced.map((variable) => ({
    ...variable,
    association: family[next++]!,
    compared: variable.compared.map((part) => ({ ...part, totalVariation: family[next++]! })),
  }));
}

/** Worse first: by colour, then by percentile, then by difference. */
export function byBadness(a: ComparedPart, b: ComparedPart): number {
  const rank = ({ verdict }: ComparedPart) => WORST_FIRST.indexOf(verdict?.colour ?? 'GREEN');
  return (
    rank(a) - rank(b) ||
    (b.percentile.value ?? -1) - (a.percentile.value ?? -1) ||
    (b.standardizedDifference.value ?? -1) - (a.standardizedDifference.value ?? -1)
  );
}

function inOrder(balanced: readonly BalancedVariable[]): BalancedVariable[] {
  return balanced
    .map((variable) => ({ ...variable, compared: variable.compared.toSorted(byBadness) }))
    .sort((a, b) => byBadness(a.compared[0]!, b.compared[0]!));
}
