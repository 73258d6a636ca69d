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

/** What must close and open to get from the classes in force to those wanted. */
export function labelSchemaChanges(
  current: readonly LabelClass[],
  wanted: readonly { name: string; iri: string | null }[],
): { close: string[]; open: { name: string; iri: string | null; position: number }[] } {
  const byName = new Map(current.map((held) => [held.name, held]));
  const open = wanted
    .map((wish, position) => ({ ...wish, position }))
    .filter((wish) => {
      const held = byName.get(wish.name);
      return held?.iri !== wish.iri || held.position !== wish.position;
    });
  const keep = new Set(wanted.map(({ name }) => name));
  const reopened = new Set(open.map(({ name }) => name));
  const close = current.map(({ name }) => name).filter((name) => !keep.has(name) || reopened.has(name));
  return { close, open };
}
