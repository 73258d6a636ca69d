import type { CodedVariable } from '../statistics/coded-variable.ts';
import { colour, type Verdict } from '../statistics/colour.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { type FactorAssociation, factorAssociation } from '../statistics/factor-association.ts';
import { leaveOneUnitOut } from '../statistics/leave-one-unit-out.ts';
import type { Threshold } from '../statistics/thresholds.ts';
import { type AssociationColumns, presenceOf, singleLabel } from './association-columns.ts';
import type { RandomStreams } from './bias-counts.ts';
import type { LabelTable } from './label-tables.ts';
import { worstFirst } from './worst-first.ts';

export interface LabelAssociation extends FactorAssociation {
  readonly factor: string;
  /** The class that is present or absent, where an image may show several; else null. */
  readonly label: string | null;
  readonly levels: number;
  /** How much better the class of a unit never seen is guessed from the factor, by the commonest class and in proportion. */
  readonly lambda: Estimate;
  readonly tau: Estimate;
  /** Labelled images without a value of the factor, as a share of all labelled images. */
  readonly droppedShare: Estimate;
  readonly verdict: Verdict;
}

/** What every factor tells of the label, in the order of the tables. */
export function labelAssociations(
  columns: AssociationColumns,
  tables: readonly LabelTable[],
  random: RandomStreams,
  { bands }: Threshold,
): LabelAssociation[] {
  const guesses = leftOutGuesses(columns, tables);
  return tables.map(({ attribute, label, table, droppedShare }, index) => {
    const name = label === null ? null : columns.classNames[label]!;
    const measured = factorAssociation(
      table,
      random(`association of ${attribute.name} with ${name ?? 'the label'}`),
    );
    return {
      ...measured,
      factor: attribute.name,
      label: name,
      levels: attribute.levels.length,
      ...guesses[index]!,
      droppedShare,
      verdict: colour(measured.w, bands),
    };
  });
}

/** Class by class, so that the column of one class is held at a time. */
function leftOutGuesses(columns: AssociationColumns, tables: readonly LabelTable[]) {
  const labels = [...new Set(tables.map(({ label }) => label))];
  const guesses = tables.map((): { lambda: Estimate; tau: Estimate } | null => null);
  for (const label of labels) {
    const variable: CodedVariable = label === null ? singleLabel(columns) : presenceOf(columns, label);
    tables.forEach((table, index) => {
      if (table.label !== label) return;
      const { lambda, tau } = leaveOneUnitOut(table.attribute.variable, variable, columns.units);
      guesses[index] = { lambda, tau };
    });
  }
  return guesses;
}

/** Worst first, each with its q. */
export function rankedAssociations(
  associations: readonly LabelAssociation[],
  q: readonly (number | null)[],
): LabelAssociation[] {
  const judged = associations.map((association, index): LabelAssociation => {
    const withQ = (estimate: Estimate) => ({ ...estimate, q: q[index] ?? null });
    return {
      ...association,
      corrected: withQ(association.corrected),
      plain: withQ(association.plain),
      w: withQ(association.w),
    };
  });
  return worstFirst(judged, ({ w }) => w);
}
