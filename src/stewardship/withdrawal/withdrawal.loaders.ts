import DataLoader from 'dataloader';
import type { Context } from '../../platform/context.ts';
import { readDegraded, readSuccessors, readViews } from './read-withdrawals.usecase.ts';

/** Views of a request's snapshots, one statement for all. */
export function viewLoader(context: Context) {
  return new DataLoader((snapshots: readonly string[]) => readViews(context, snapshots));
}

/** Successors of a request's withdrawals, one statement for all. */
export function successorsLoader(context: Context) {
  return new DataLoader((withdrawals: readonly string[]) => readSuccessors(context, withdrawals));
}

/** Snapshots that a request's withdrawals degraded, one statement for all. */
export function degradedLoader(context: Context) {
  return new DataLoader((withdrawals: readonly string[]) => readDegraded(context, withdrawals));
}
