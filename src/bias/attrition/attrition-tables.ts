import { type ContingencyTable, margins } from '../../statistics/contingency-table.ts';
import { crossTabulate } from '../../statistics/cross-tabulate.ts';
import { sum } from '../../statistics/sum.ts';
import { type Condition, isIn } from '../images/image-selection.ts';
import type { NamedVariable, Subjects } from '../subjects/subjects.ts';
import { isLabelled, labelVariable } from '../variables/label-variable.ts';
import { levelCondition } from '../variables/level-condition.ts';
import { pooledVariable } from '../variables/pooled-variable.ts';
import type { Outcomes } from './attrition-outcomes.ts';
import { classOutcomes } from './class-outcomes.ts';
import { fewerUnits } from './fewer-units.ts';

export interface OutcomeLevel {
  readonly level: string;
  readonly kind: 'LEVEL' | 'OTHER';
  readonly units: number;
  readonly condition: Condition | null;
}

/** Levels of a factor, of the label or of one class (rows) by what became of the images (columns: kept, each reason). */
export interface OutcomeTable {
  readonly name: string;
  /** The class that is absent or present; null where the rows are levels. */
  readonly label: string | null;
  readonly levels: readonly OutcomeLevel[];
  readonly table: ContingencyTable;
  /** Images whose level is not known, by outcome. */
  readonly unknown: readonly number[];
  /** The fewer of the units with a kept and with an excluded image of known level: they decide what can be told. */
  readonly fewerUnits: number;
}

/** Nominal and numeric factors with a value, and the label or the classes, each against the outcomes. */
export function outcomeTables(subjects: Subjects, outcomes: Outcomes): OutcomeTable[] {
  const { classes, factors, units } = subjects;
  const ofVariable = (
    name: string,
    kind: 'NOMINAL' | 'CONTINUOUS',
    variable: NamedVariable,
  ): OutcomeTable[] => {
    const pooled = pooledVariable(variable, units);
    if (pooled.levels.length === 0) return [];
    const shown = pooled.levels.flatMap((own) => (own.kind === 'LEVEL' ? [own.level] : []));
    const levels = pooled.levels.map(
      (own): OutcomeLevel => ({
        level: own.level,
        kind: own.kind === 'OTHER' ? 'OTHER' : 'LEVEL',
        units: own.units,
        condition: levelCondition({ name, kind }, own, shown),
      }),
    );
    const table = {
      ...crossTabulate(units, [pooled.variable, outcomes.byReason]),
      rows: levels.length,
      columns: outcomes.byReason.levels,
    };
    const unknown = unknownOf(table, outcomes);
    const fewer = fewerUnits(units, outcomes.sides, variable.codes);
    return [{ name, label: null, levels, table, unknown, fewerUnits: fewer }];
  };
  const ofClasses = (): OutcomeTable[] => {
    const labelled = Int16Array.from(isLabelled(subjects), (is) => is - 1);
    const fewer = fewerUnits(units, outcomes.sides, labelled);
    return classOutcomes(subjects, outcomes).map(({ label, units: ofRows, table }) => {
      const levels = [
        { level: 'absent', condition: { kind: 'NOT_IN' as const, field: 'label', values: [label] } },
        { level: 'present', condition: isIn('label', label) },
      ].map((row, place): OutcomeLevel => ({ ...row, kind: 'LEVEL', units: ofRows[place]! }));
      const unknown = unknownOf(table, outcomes);
      return { name: 'label', label, levels, table, unknown, fewerUnits: fewer };
    });
  };
  const labels =
    classes.mode === 'SINGLE'
      ? ofVariable('label', 'NOMINAL', { ...labelVariable(subjects), names: classes.names })
      : ofClasses();
  const own = factors.flatMap(({ name, kind, variable }) =>
    variable === null ? [] : ofVariable(name, kind, variable),
  );
  return [...labels, ...own];
}

function unknownOf({ total, columns }: ContingencyTable, { counts }: Outcomes): number[] {
  const known = margins(total, columns).columns;
  return counts.map((count, outcome) => count - known[outcome]!);
}

/** The table with the reasons (columns from 1) that `belongs` as one: columns kept and excluded. */
export function keptAndExcluded(
  table: ContingencyTable,
  belongs: (reason: number) => boolean,
): ContingencyTable {
  const { rows, columns } = table;
  const project = (cells: readonly number[]) => {
    const both = new Array<number>(2 * rows).fill(0);
    cells.forEach((count, cell) => {
      const column = cell % columns;
      if (column > 0 && !belongs(column - 1)) return;
      both[2 * ((cell - column) / columns) + (column === 0 ? 0 : 1)]! += count;
    });
    return both;
  };
  const total = project(table.total);
  return {
    total,
    buckets: table.buckets.map(project),
    rows,
    columns: 2,
    imageCount: sum(total),
    unitCount: Math.min(table.unitCount, sum(total)),
  };
}
