import type { CodedVariable } from '../../statistics/coded-variable.ts';
import { type EcologicalCheck, ecologicalCheck } from '../../statistics/ecological-check.ts';
import type { AssociationColumns } from './association-columns.ts';

/** Two numbers, as they go together between groups and within them. */
export interface EcologicalPair extends EcologicalCheck {
  readonly first: string;
  readonly second: string;
  /** What the groups are: `site`, or `unit`. */
  readonly group: string;
}

const LONGEST_LIST = 50;
/** As of a factor (specification §0.6). */
const MOST_GROUPS = 1000;
const FEWEST_GROUPS = 3;

/** Every pair of numeric factors by site or, without three of them, by unit where they are at most 1000; at most 50 pairs. */
export function ecologicalPairs(columns: AssociationColumns): EcologicalPair[] {
  const groups = groupsOf(columns);
  const numeric = columns.attributes.flatMap(({ name, numbers }) =>
    numbers === null ? [] : [{ name, numbers }],
  );
  if (groups === null) return [];
  const pairs = numeric.flatMap((first, place) =>
    numeric.slice(place + 1).map((second) => ({ first, second })),
  );
  return pairs.slice(0, LONGEST_LIST).map(({ first, second }) => ({
    first: first.name,
    second: second.name,
    group: groups.name,
    ...ecologicalCheck(first.numbers, second.numbers, groups.variable, columns.units),
  }));
}

function groupsOf({
  attributes,
  units,
}: AssociationColumns): { name: string; variable: CodedVariable } | null {
  const site = attributes.find(({ name, kind }) => name === 'site' && kind === 'NOMINAL');
  if (site !== undefined && site.variable.levels >= FEWEST_GROUPS)
    return { name: 'site', variable: site.variable };
  if (units.unitCount < FEWEST_GROUPS || units.unitCount > MOST_GROUPS) return null;
  const variable = { codes: Int16Array.from(units.unitOf), levels: units.unitCount };
  return { name: 'unit', variable };
}
