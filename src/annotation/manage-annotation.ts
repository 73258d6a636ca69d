import { DomainError } from '../kernel/errors.ts';

/** Pseudonyms only: what looks like an address of a person is refused at the door. */
export function pseudonymFault(pseudonym: string): string | null {
  return /^[^\s@][^@]{0,126}$/.test(pseudonym)
    ? null
    : `"${pseudonym}" must be 1–127 characters without "@"; give a pseudonym, not an address.`;
}

export function checkPseudonym(pseudonym: string): void {
  const fault = pseudonymFault(pseudonym);
  if (fault !== null) throw new DomainError('BAD_INPUT', `pseudonym: ${fault}`);
}

export function checkName(field: string, name: string): void {
  if (name.trim() === '' || name.length > 127)
    throw new DomainError('BAD_INPUT', `${field}: must have 1–127 characters.`);
}
