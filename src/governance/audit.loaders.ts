import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import { readOutcomes } from './read-outcomes.usecase.ts';

/** How a request's attempts ended, one statement for all. */
export function outcomeLoader(context: Context) {
  return new DataLoader(async (attempts: readonly number[]) => {
    const found = await readOutcomes(context, attempts);
    return attempts.map((sequence) => found.get(sequence) ?? null);
  });
}
