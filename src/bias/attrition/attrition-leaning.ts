import { cramersV } from '../../statistics/cramers-v.ts';
import { differentialExclusion } from '../../statistics/differential-exclusion.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { independenceTest } from '../../statistics/independence-test.ts';
import { sum } from '../../statistics/sum.ts';
import { smallCells } from '../cards/hide-small-counts.ts';
import type { ImageSelection } from '../images/image-selection.ts';
import type { ExclusionContext } from './attrition-context.ts';
import { keptAndExcluded, type OutcomeTable } from './attrition-tables.ts';

/** A factor, label or class by one reason: whether its levels were excluded for it alike. */
export interface TestedReason {
  readonly of: OutcomeTable;
  readonly reason: number;
  readonly association: Estimate;
}

/** An exclusion that leans: images of one level were excluded for a reason more often than those of another. */
export interface LeaningExclusion {
  readonly factor: string;
  readonly label: string | null;
  readonly reason: string;
  /** Bias-corrected V of level and exclusion for this reason. */
  readonly association: Estimate;
  readonly worst: string;
  readonly best: string;
  readonly worstShare: Estimate;
  readonly bestShare: Estimate;
  readonly difference: Estimate;
  /** The images of the worst level that were excluded for the reason; null where they cannot be asked for. */
  readonly selection: ImageSelection | null;
}

/** Each factor, the label or class against each reason; the images excluded for another reason are in neither column. */
export function testedReasons(
  tables: readonly OutcomeTable[],
  { outcomes, random }: ExclusionContext,
): TestedReason[] {
  return tables.flatMap((of) =>
    outcomes.reasons.flatMap(({ reason }, place): TestedReason[] => {
      const table = keptAndExcluded(of.table, (own) => own === place);
      const lost = sum(table.total.filter((_, cell) => cell % 2 === 1));
      if (lost === 0) return [];
      const stream = random(`exclusion for ${reason} by ${of.name} ${of.label ?? ''}`);
      const association = cramersV(table, independenceTest(table, stream)).corrected;
      return [{ of, reason: place, association }];
    }),
  );
}

const LARGEST_Q = 0.05;
const LONGEST_LIST = 50;

/** Those with q ≤ .05, by falling difference, at most 50. Of a personal dataset, only differences that tell no small count. */
export function leaningExclusions(tested: readonly TestedReason[], context: ExclusionContext) {
  const found = tested.filter(({ association: { q } }) => q !== null && q <= LARGEST_Q);
  const hidden = new Map<OutcomeTable, ReadonlySet<number>>();
  const rows = found.flatMap((row): LeaningExclusion[] => {
    if (context.personal && !hidden.has(row.of)) hidden.set(row.of, hiddenCells(row.of));
    return leaningRow(row, context, hidden.get(row.of) ?? new Set());
  });
  const ordered = rows.toSorted((a, b) => (b.difference.value ?? -1) - (a.difference.value ?? -1));
  return { leaning: ordered.slice(0, LONGEST_LIST), leaningCount: ordered.length };
}

/** By reason and together, for the sum of the reasons is told too; the images of unknown level are a row of both. */
function hiddenCells({ table, unknown }: OutcomeTable): ReadonlySet<number> {
  const hidden = new Set(smallCells([...table.total, ...unknown], table.columns));
  const together = smallCells(
    [...keptAndExcluded(table, () => true).total, unknown[0]!, sum(unknown.slice(1))],
    2,
  );
  for (const cell of together) {
    const level = Math.floor(cell / 2);
    if (level < table.rows)
      for (let column = 0; column < table.columns; column += 1) hidden.add(level * table.columns + column);
  }
  return hidden;
}

function leaningRow(
  { of, reason, association }: TestedReason,
  { outcomes, tracked }: ExclusionContext,
  hidden: ReadonlySet<number>,
): LeaningExclusion[] {
  const { levels, table } = of;
  const units = levels.map((level) => level.units);
  const pair = differentialExclusion(
    keptAndExcluded(table, (own) => own === reason),
    units,
    tracked,
  );
  if (pair.worst === null || pair.best === null) return [];
  const isHidden = (level: number) =>
    hidden.has(level * table.columns) || hidden.has(level * table.columns + reason + 1);
  const shown = (figure: Estimate, ...of: readonly number[]) =>
    of.some(isHidden) ? notEstimable('SUPPRESSED', 'WOULD_REVEAL_A_SMALL_COUNT', figure) : figure;
  const { condition: atLevel, level } = levels[pair.worst]!;
  const { condition: forReason, reason: text } = outcomes.reasons[reason]!;
  const where = forReason === null ? [atLevel!] : [forReason, atLevel!];
  return [
    {
      factor: of.name,
      label: of.label,
      reason: text,
      association: levels.length <= 2 ? shown(association, pair.worst, pair.best) : association,
      worst: level,
      best: levels[pair.best]!.level,
      worstShare: shown(pair.levels[pair.worst]!, pair.worst),
      bestShare: shown(pair.levels[pair.best]!, pair.best),
      difference: shown(pair.difference, pair.worst, pair.best),
      selection: atLevel && { where, among: 'EXCLUDED' },
    },
  ];
}
