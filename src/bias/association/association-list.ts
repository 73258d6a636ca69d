import { colour, type Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { type FactorAssociation, factorAssociation } from '../../statistics/factor-association.ts';
import { leaveOneUnitOut } from '../../statistics/leave-one-unit-out.ts';
import { leaveOneUnitOutPresence } from '../../statistics/leave-one-unit-out-presence.ts';
import type { LeaveOneUnitOut } from '../../statistics/left-out-figures.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import type { RandomStreams } from '../bias-counts.ts';
import { judgedAmong, worstFirst } from '../cards/worst-first.ts';
import { type AssociationColumns, singleLabel } from './association-columns.ts';
import type { LabelTable } from './label-tables.ts';

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
      lambda: guesses[index]!.lambda,
      tau: guesses[index]!.tau,
      droppedShare,
      verdict: colour(measured.w, bands),
    };
  });
}

/** Of every table λ and τ with each unit left out. */
function leftOutGuesses(columns: AssociationColumns, tables: readonly LabelTable[]): LeaveOneUnitOut[] {
  const { classes, units, isMultiple } = columns;
  if (!isMultiple) {
    const label = singleLabel(columns);
    return tables.map(({ attribute }) => leaveOneUnitOut(attribute.variable, label, units));
  }
  const attributes = [...new Set(tables.map(({ attribute }) => attribute))];
  return attributes.flatMap(({ variable }) => leaveOneUnitOutPresence(variable, classes, units));
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
  return worstFirst(
    judgedAmong(judged, ({ w }) => w),
    ({ w }) => w,
  );
}
