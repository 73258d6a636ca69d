import { DomainError } from '../kernel/errors.ts';
import type { Colour } from '../statistics/colour.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { Card } from './cards/card.ts';
import { reportFigures } from './report-figures.ts';

/** A figure that stands in one report or both; `difference` is after less before, where both have a value. */
export interface FigureChange {
  readonly path: string;
  readonly before: Estimate | null;
  readonly after: Estimate | null;
  readonly difference: number | null;
  /** Whether the two intervals have nothing in common; null where one is missing. */
  readonly apart: boolean | null;
}

export interface CardChange {
  readonly kind: string;
  readonly before: Colour | null;
  readonly after: Colour | null;
  readonly sentenceBefore: string | null;
  readonly sentenceAfter: string | null;
}

export interface ReportComparison {
  readonly cards: readonly CardChange[];
  /** Figures that differ, those whose intervals lie apart first, then by the size of the difference. */
  readonly changes: readonly FigureChange[];
  readonly unchanged: number;
}

type Compared = { readonly kind: string; readonly cards: readonly Card[] };

/**
 * What changed between two reports of a kind. Where images are in both, their figures are not independent: intervals that
 * lie apart are a change beyond doubt, intervals that overlap are not evidence of none.
 */
export function compareReports(before: Compared, after: Compared): ReportComparison {
  if (before.kind !== after.kind)
    throw new DomainError(
      'BAD_INPUT',
      `A report of kind ${before.kind} cannot be compared with one of kind ${after.kind}.`,
    );
  const [first, second] = [before, after].map(
    (report) =>
      new Map(reportFigures({ ...report, cards: [] }).map(({ path, estimate }) => [path, estimate])),
  ) as [Map<string, Estimate>, Map<string, Estimate>];
  const paths = [...new Set([...first.keys(), ...second.keys()])];
  const all = paths.map((path) => changeOf(path, first.get(path) ?? null, second.get(path) ?? null));
  const changes = all.filter(
    ({ before: one, after: other, difference }) => difference !== 0 && !isSame(one, other),
  );
  const size = ({ difference }: FigureChange) => Math.abs(difference ?? 0);
  return {
    cards: cardChanges(before, after),
    changes: changes.sort((a, b) => Number(b.apart ?? false) - Number(a.apart ?? false) || size(b) - size(a)),
    unchanged: all.length - changes.length,
  };
}

function changeOf(path: string, before: Estimate | null, after: Estimate | null): FigureChange {
  const [one, other] = [before?.value ?? null, after?.value ?? null];
  const [left, right] = [before?.interval ?? null, after?.interval ?? null];
  return {
    path,
    before,
    after,
    difference: one === null || other === null ? null : other - one,
    apart: left === null || right === null ? null : left.upper < right.lower || right.upper < left.lower,
  };
}

function isSame(one: Estimate | null, other: Estimate | null): boolean {
  return one !== null && other !== null && one.value === other.value && one.status === other.status;
}

function cardChanges(before: Compared, after: Compared): CardChange[] {
  const kinds = [...new Set([...before.cards, ...after.cards].map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const one = before.cards.find((card) => card.kind === kind) ?? null;
    const other = after.cards.find((card) => card.kind === kind) ?? null;
    return {
      kind,
      before: one?.colour ?? null,
      after: other?.colour ?? null,
      sentenceBefore: one?.sentence ?? null,
      sentenceAfter: other?.sentence ?? null,
    };
  });
}
