import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { type Estimate, estimate } from './estimate.ts';

/** The estimates of one family of tests, each with its Benjamini–Hochberg q beside its p. */
export function withQValues(family: readonly Estimate[]): Estimate[] {
  const q = benjaminiHochberg(family.map((member) => member.p));
  return family.map((member, index) => estimate({ ...member, q: q[index] ?? null }));
}
