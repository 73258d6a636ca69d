import type { CodedVariable } from '../../statistics/coded-variable.ts';
import { colour, type Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { greedyStrata } from '../../statistics/greedy-strata.ts';
import { leaveOneUnitOut } from '../../statistics/leave-one-unit-out.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { judgedAmong, worstFirst } from '../cards/worst-first.ts';
import { type AssociationColumns, presenceOf, singleLabel } from './association-columns.ts';
import type { LabelAssociation } from './association-list.ts';

/** The at most three factors that together tell a label best of units never seen. */
export interface TellingTuple {
  /** The class that is present or absent; null: all classes. */
  readonly label: string | null;
  /** In the order chosen. */
  readonly factors: readonly string[];
  readonly strata: number;
  readonly lambda: Estimate;
  readonly tau: Estimate;
  readonly accuracy: Estimate;
  readonly baseline: Estimate;
  readonly verdict: Verdict;
}

/** Worst first. Where no factor helps to guess, the one that misleads least stands for them. */
export function tellingTuples(
  columns: AssociationColumns,
  associations: readonly LabelAssociation[],
  { bands }: Threshold,
): TellingTuple[] {
  const labels = columns.isMultiple ? columns.classNames.map((_, label) => label) : [null];
  const tuples = labels.flatMap((label) => {
    const name = label === null ? null : columns.classNames[label]!;
    const variable = label === null ? singleLabel(columns) : presenceOf(columns, label);
    const tuple = bestTuple(
      columns,
      variable,
      associations.filter((one) => one.label === name),
    );
    return tuple === null ? [] : [{ ...tuple, label: name, verdict: colour(tuple.lambda, bands) }];
  });
  return worstFirst(
    judgedAmong(tuples, ({ lambda }) => lambda),
    ({ lambda }) => lambda,
  );
}

function bestTuple(
  { attributes, units }: AssociationColumns,
  label: CodedVariable,
  associations: readonly LabelAssociation[],
): Omit<TellingTuple, 'label' | 'verdict'> | null {
  const told = associations.filter(({ lambda }) => lambda.value !== null);
  const [best] = told.toSorted((a, b) => b.lambda.value! - a.lambda.value!);
  if (best === undefined) return null;
  const { attributes: chosen, strata } = greedyStrata(
    attributes.map(({ variable }) => variable),
    label,
    units,
  );
  const single = attributes.find(({ name }) => name === best.factor)!;
  const { lambda, tau, accuracy, baseline } = leaveOneUnitOut(
    chosen.length > 0 ? strata : single.variable,
    label,
    units,
  );
  return {
    factors: chosen.length > 0 ? chosen.map((place) => attributes[place]!.name) : [single.name],
    strata: chosen.length > 0 ? strata.levels : single.levels.length,
    lambda,
    tau,
    accuracy,
    baseline,
  };
}
