import type { Verdict } from '../../statistics/colour.ts';
import type { ContingencyTable } from '../../statistics/contingency-table.ts';
import {
  type DifferentialExclusion,
  differentialExclusion,
} from '../../statistics/differential-exclusion.ts';
import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import { type KeptVersusExcluded, keptVersusExcluded } from '../../statistics/kept-versus-excluded.ts';
import { sum } from '../../statistics/sum.ts';
import { hideWith, smallCells } from '../cards/hide-small-counts.ts';
import type { ImageSelection } from '../images/image-selection.ts';
import { type ExclusionContext, judgedExclusion } from './attrition-context.ts';
import { keptAndExcluded, type OutcomeLevel, type OutcomeTable } from './attrition-tables.ts';

/** One level: what was kept of it, what was excluded, and the share of it that this is. */
export interface ExcludedLevel extends Pick<OutcomeLevel, 'level' | 'kind'> {
  readonly kept: Estimate;
  readonly excluded: Estimate;
  readonly share: Estimate;
  /** Its excluded images; null where they cannot be asked for. */
  readonly selection: ImageSelection | null;
}

/** Whether images were excluded alike at all levels of a factor, of the label, or with and without a class. */
export interface FactorAttrition
  extends KeptVersusExcluded,
    Pick<DifferentialExclusion, 'difference' | 'oddsRatio'> {
  readonly name: string;
  readonly label: string | null;
  /** By falling share, at most 50. */
  readonly levels: readonly ExcludedLevel[];
  readonly levelCount: number;
  /** The levels that `difference` and `oddsRatio` compare. */
  readonly worst: ExcludedLevel | null;
  readonly best: ExcludedLevel | null;
  readonly differenceVerdict: Verdict;
  readonly standardizedDifferenceVerdict: Verdict;
  /** Images whose level is not known; they are in none of the figures. */
  readonly keptUnknown: Estimate;
  readonly excludedUnknown: Estimate;
}

const LONGEST_LIST = 50;

export function factorAttrition(of: OutcomeTable, context: ExclusionContext): FactorAttrition {
  const { tracked, personal, random } = context;
  const table = keptAndExcluded(of.table, () => true);
  const unless = comparable(of, context);
  const stream = random(`exclusion by ${of.name} ${of.label ?? ''}`);
  const compared = keptVersusExcluded(table, tracked, stream);
  const units = of.levels.map((level) => level.units);
  const differential = differentialExclusion(table, units, tracked);
  const cells = shownCells(of, table, personal);
  const levels = of.levels.map(({ level, kind, condition }, place): ExcludedLevel => {
    const [kept, excluded] = [cells[2 * place]!, cells[2 * place + 1]!];
    const share = hideWith(kept, hideWith(excluded, differential.levels[place]!));
    const selection = condition && ({ where: [condition], among: 'EXCLUDED' } as const);
    return { level, kind, kept, excluded, share, selection };
  });
  const [worst, best] = [differential.worst, differential.best].map((place) =>
    place === null ? null : levels[place]!,
  ) as [ExcludedLevel | null, ExcludedLevel | null];
  const difference = unless(differential.difference);
  const sized = (figure: Estimate) => ({ ...unless(figure), unitCount: of.fewerUnits });
  const standardized = sized(compared.standardizedDifference);
  // Of two levels, a figure of the whole table is the hidden count by another name.
  const hidden = cells.find(({ status }) => status === 'SUPPRESSED');
  const whole = (figure: Estimate) => (hidden && levels.length <= 2 ? hideWith(hidden, figure) : figure);
  const ofPair = (figure: Estimate) =>
    worst === null || best === null ? figure : hideWith(worst.share, hideWith(best.share, figure));
  return {
    name: of.name,
    label: of.label,
    levels: levels.toSorted((a, b) => (b.share.value ?? -1) - (a.share.value ?? -1)).slice(0, LONGEST_LIST),
    levelCount: levels.length,
    worst,
    best,
    difference: ofPair(difference),
    oddsRatio: ofPair(unless(differential.oddsRatio)),
    differenceVerdict: judgedExclusion(difference, 'differentialExclusion', context),
    standardizedDifference: whole(standardized),
    standardizedDifferenceVerdict: judgedExclusion(standardized, 'standardizedDifference', context),
    association: whole(sized(compared.association)),
    totalVariation: whole(unless(compared.totalVariation)),
    exclusionShare: whole(unless(compared.exclusionShare)),
    keptUnknown: cells.at(-2)!,
    excludedUnknown: cells.at(-1)!,
  };
}

/** No comparison where images were excluded and nothing is known of them: their absence from the table is not their keeping. */
function comparable(
  { unknown, table }: Pick<OutcomeTable, 'unknown' | 'table'>,
  { outcomes }: Pick<ExclusionContext, 'outcomes'>,
): (figure: Estimate) => Estimate {
  const { imageCount, unitCount } = table;
  const isUnknown = outcomes.excluded > 0 && sum(unknown.slice(1)) === outcomes.excluded;
  return (figure) =>
    isUnknown
      ? notEstimable('NOT_APPLICABLE', 'EXCLUDED_OF_UNKNOWN_LEVEL', {
          imageCount,
          unitCount,
          method: figure.method,
        })
      : figure;
}

/** Kept and excluded of each level, then of no known level; of a personal dataset without those that would tell a small one. */
function shownCells({ unknown }: OutcomeTable, table: ContingencyTable, personal: boolean): Estimate[] {
  const cells = [...table.total, unknown[0]!, sum(unknown.slice(1))];
  const hidden = personal ? smallCells(cells, 2) : new Set<number>();
  const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method: 'images' };
  return cells.map((value, cell) =>
    hidden.has(cell)
      ? notEstimable('SUPPRESSED', 'SMALL_COUNT_OR_WOULD_REVEAL_ONE', basis)
      : estimate({ ...basis, value }),
  );
}
