import { Extensions } from 'type-graphql';
import type { Action } from './policy.ts';

/**
 * Who may see a field. `public`: anyone; `authenticated`: any token; `inherit`: a value that is reached through a
 * judged object alone; else an action of the policy, judged on the dataset of the object (or, for a field of Query
 * and Mutation, by its use case). A field without a rule, on it or on its type, is refused always.
 */
export type Rule = 'public' | 'authenticated' | 'inherit' | Action;

/** Declares the rule of a field, or of every field of a type that declares none of its own. */
export function Guard(rule: Rule): ClassDecorator & MethodDecorator & PropertyDecorator {
  return Extensions({ rule }) as ClassDecorator & MethodDecorator & PropertyDecorator;
}
