import { DomainError, type Reason } from '../../kernel/errors.ts';
import { DATA_USE_TERMS, type DataUseTerm } from './data-use-ontology.ts';
import type { Purpose } from './purpose.ts';

export interface DeclaredUse {
  readonly purposes: readonly Purpose[];
  /** What the terms want said in words. */
  readonly statement: string | null;
}

const SHORTEST_STATEMENT = 10;

/** Refuses a use that the data-use terms forbid, naming each term that does. */
export function judgePurposes(dataUseTerms: readonly string[], use: DeclaredUse): void {
  const terms = dataUseTerms.flatMap((code) => DATA_USE_TERMS.get(code) ?? []);
  const reasons = [...notPermitted(terms, use), ...forbidden(terms, use), ...unsaid(terms, use)];
  if (reasons.length === 0) return;
  const message = `The data-use terms do not allow this use: ${reasons.map(({ message }) => message).join(' ')}`;
  throw new DomainError('TERMS_FORBID', message, reasons);
}

/** `COMMERCIAL` says how the data are used, not what for: no permission opens it, and only modifiers close it. */
function notPermitted(terms: readonly DataUseTerm[], { purposes }: DeclaredUse): Reason[] {
  const permissions = terms.filter(({ permits }) => permits !== undefined);
  if (permissions.length === 0 || permissions.some(({ permits }) => permits === 'ANY')) return [];
  const opened = permissions.flatMap(({ permits }) => permits as readonly Purpose[]);
  const names = permissions.map(told).join(' and ');
  return purposes
    .filter((purpose) => purpose !== 'COMMERCIAL' && !opened.includes(purpose))
    .map((purpose) => reason('purposes', `${names} does not open ${purpose}, but ${opened.join(', ')}.`));
}

function forbidden(terms: readonly DataUseTerm[], { purposes }: DeclaredUse): Reason[] {
  return terms.flatMap((term) =>
    purposes
      .filter((purpose) => term.forbids?.includes(purpose))
      .map((purpose) => reason('purposes', `${told(term)} forbids ${purpose}: ${term.sentence}`)),
  );
}

function unsaid(terms: readonly DataUseTerm[], { statement }: DeclaredUse): Reason[] {
  if ((statement?.trim().length ?? 0) >= SHORTEST_STATEMENT) return [];
  return terms
    .filter(({ states }) => states !== undefined)
    .map((term) => reason('statement', `${told(term)} wants it said in writing: ${term.states}.`));
}

const told = ({ code, abbreviation }: DataUseTerm) => `${code} (${abbreviation})`;

function reason(field: string, message: string): Reason {
  return { path: [field], code: 'TERMS_FORBID', message };
}
