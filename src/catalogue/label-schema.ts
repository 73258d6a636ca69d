import { compareText } from '../kernel/compare-text.ts';
import { DomainError, type Reason } from '../kernel/errors.ts';

export interface LabelClass {
  readonly datasetId: string;
  readonly name: string;
  readonly iri: string | null;
  readonly position: number;
}

/** Classes in the order in which they were declared; the order is part of a snapshot. */
export function checkLabelSchema(classes: readonly { name: string; iri: string | null }[]): void {
  const reasons: Reason[] = [];
  const seen = new Set<string>();
  classes.forEach(({ name }, index) => {
    const path = ['classes', String(index), 'name'];
    if (name.trim() === '')
      reasons.push({ path, code: 'BAD_INPUT', message: `class ${index}: the name must not be empty.` });
    if (seen.has(name))
      reasons.push({ path, code: 'BAD_INPUT', message: `class ${index}: "${name}" is declared twice.` });
    seen.add(name);
  });
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The label schema is refused.', reasons);
}

/**
 * The classes in force with new ones added. A schema in the order of its names stays so, whatever comes first: two
 * imports in either order then give one schema, and one digest. One in an order of its own grows at its end.
 */
export function extendLabelSchema(
  current: readonly { name: string; iri: string | null }[],
  added: readonly { name: string; iri: string | null }[],
): { name: string; iri: string | null }[] {
  const known = new Set(current.map(({ name }) => name));
  const all = [...current, ...added.filter(({ name }) => !known.has(name))];
  return inOrder(current) && inOrder(added) ? all.sort(byName) : all;
}

const byName = (one: { name: string }, other: { name: string }) => compareText(one.name, other.name);
const inOrder = (classes: readonly { name: string }[]) =>
  classes.every((held, index) => index === 0 || byName(classes[index - 1]!, held) <= 0);

/** What must close and open to get from the classes in force to those wanted. */
export function labelSchemaChanges(
  current: readonly LabelClass[],
  wanted: readonly { name: string; iri: string | null }[],
): { close: string[]; open: { name: string; iri: string | null; position: number }[] } {
  const held = new Map(current.map((one) => [one.name, one]));
  const open = wanted
    .map((wish, position) => ({ ...wish, position }))
    .filter((wish) => {
      const same = held.get(wish.name);
      return same?.iri !== wish.iri || same.position !== wish.position;
    });
  const keep = new Set(wanted.map(({ name }) => name));
  const reopened = new Set(open.map(({ name }) => name));
  const close = current.map(({ name }) => name).filter((name) => !keep.has(name) || reopened.has(name));
  return { close, open };
}
