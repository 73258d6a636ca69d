import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import { readGrants, readMemberships, readTokens } from './read-principals.usecase.ts';

/** What a request's principals were given, one statement for all. */
export function grantsLoader(context: Context) {
  return new DataLoader((ids: readonly string[]) => readGrants(context, ids));
}

/** Who is in a request's groups, one statement for all. */
export function membersLoader(context: Context) {
  return new DataLoader((ids: readonly string[]) => readMemberships(context, 'group', ids));
}

/** In which groups a request's principals are, one statement for all. */
export function groupsLoader(context: Context) {
  return new DataLoader((ids: readonly string[]) => readMemberships(context, 'principal', ids));
}

/** The tokens in force of a request's principals, one statement for all. */
export function tokensLoader(context: Context) {
  return new DataLoader((ids: readonly string[]) => readTokens(context, ids, false));
}

/** The tokens of a request's principals with those that ended, one statement for all. */
export function allTokensLoader(context: Context) {
  return new DataLoader((ids: readonly string[]) => readTokens(context, ids, true));
}
