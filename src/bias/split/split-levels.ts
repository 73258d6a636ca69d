import { type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import { sum } from '../../statistics/sum.ts';
import { smallCells } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import { levelCondition } from '../variables/level-condition.ts';
import type { LevelKind } from '../variables/pool-levels.ts';
import type { DividedSubjects } from './divided-subjects.ts';
import type { DividedVariable } from './divided-variables.ts';
import type { PartImages } from './split-leakage.ts';
import type { BalancedVariable, ComparedPart } from './split-part-balance.ts';

export interface LevelByPart {
  readonly level: string;
  readonly kind: LevelKind;
  /** Of every part, in the order of the parts. */
  readonly parts: readonly PartImages[];
  readonly selection: ImageSelection | null;
}

export interface VariableBalance {
  /** A factor, or `label`. */
  readonly name: string;
  readonly association: Estimate;
  readonly compared: readonly ComparedPart[];
  /** At most 50, those with most images first. */
  readonly levels: readonly LevelByPart[];
  readonly levelCount: number;
}

/** A level that a part cannot measure, or that train has never seen. */
export interface SplitHole {
  readonly name: string;
  readonly level: string;
  readonly kind: LevelKind;
  readonly part: string;
  readonly meaning: 'UNMEASURABLE' | 'UNSEEN';
  /** Where there are some: in the other parts. */
  readonly images: Estimate;
  readonly selection: ImageSelection | null;
}

export interface SplitHoles {
  /** Those of most images first, at most 50. */
  readonly holes: readonly SplitHole[];
  readonly unmeasurableCount: number;
  readonly unseenCount: number;
}

const LONGEST_LIST = 50;

/** A variable's row, with its levels by part. */
export function variableBalance(
  { of, table, association, compared }: BalancedVariable,
  divided: DividedSubjects,
  personal: boolean,
): VariableBalance {
  const hidden = personal ? smallCells(table.total, table.columns) : new Set<number>();
  const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method: 'images' };
  const imagesOf = (level: number) =>
    sum(table.total.slice(level * table.columns, (level + 1) * table.columns));
  const order = of.levels
    .map((_, level) => level)
    .filter((level) => imagesOf(level) > 0)
    .sort((a, b) => imagesOf(b) - imagesOf(a));
  const shown = (cell: number) =>
    hidden.has(cell)
      ? notEstimable('SUPPRESSED', 'SMALL_COUNT', basis)
      : estimate({ ...basis, value: table.total[cell]! });
  return {
    name: of.name,
    association,
    compared,
    levels: order.slice(0, LONGEST_LIST).map((level) => ({
      ...of.levels[level]!,
      parts: divided.roles.names.map((part, column) => ({
        part,
        images: shown(level * table.columns + column),
      })),
      selection: levelSelection(of, level),
    })),
    levelCount: order.length,
  };
}

/** The images of a level; in a part, where one is given. */
export function levelSelection(of: DividedVariable, level: number, part?: string): ImageSelection | null {
  const row = of.levels[level]!;
  const named = of.levels.flatMap(({ level: name, kind }) => (kind === 'LEVEL' ? [name] : []));
  const condition = levelCondition(of, row, named);
  if (condition === null) return null;
  return part === undefined ? keptWhere(condition) : keptWhere(condition, isIn('part', part));
}

/** Levels of every variable that no image of a tested part has, and those that no image it is compared with has. */
export function splitHoles(balanced: readonly BalancedVariable[], personal: boolean): SplitHoles {
  const all = balanced.flatMap(({ of, table, lacking }) => {
    const hidden = personal ? smallCells(table.total, table.columns) : new Set<number>();
    const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method: 'images' };
    return lacking
      .filter(({ exam }) => exam.kind !== 'VALIDATION')
      .flatMap(({ exam, unmeasurable, unseen }) => {
        const holeAt = (meaning: SplitHole['meaning']) => (level: number) => {
          const cells = Array.from({ length: table.columns }, (_, column) => level * table.columns + column);
          const count = sum(cells.map((cell) => table.total[cell]!));
          const isHidden = cells.some((cell) => hidden.has(cell));
          const hole: SplitHole = {
            name: of.name,
            ...of.levels[level]!,
            part: exam.name,
            meaning,
            images: isHidden
              ? notEstimable('SUPPRESSED', 'SMALL_COUNT', basis)
              : estimate({ ...basis, value: count }),
            selection: levelSelection(of, level),
          };
          return { hole, count };
        };
        return [...unmeasurable.map(holeAt('UNMEASURABLE')), ...unseen.map(holeAt('UNSEEN'))];
      });
  });
  const countOf = (meaning: SplitHole['meaning']) =>
    all.filter(({ hole }) => hole.meaning === meaning).length;
  return {
    holes: all
      .toSorted((a, b) => b.count - a.count)
      .slice(0, LONGEST_LIST)
      .map(({ hole }) => hole),
    unmeasurableCount: countOf('UNMEASURABLE'),
    unseenCount: countOf('UNSEEN'),
  };
}
