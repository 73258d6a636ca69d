import { sum } from '../statistics/sum.ts';
import type { RunScore } from './run-score.ts';

export const meanOf = (values: readonly number[]): number => sum(values) / values.length;

/** n_test/n_train, the mean over runs that say both; null where none does. */
export function testShare(runs: readonly RunScore[]): number | null {
  const shares = runs.flatMap(({ trainImages, testImages }) =>
    trainImages !== null && testImages !== null && trainImages > 0 ? [testImages / trainImages] : [],
  );
  return shares.length === 0 ? null : meanOf(shares);
}

/** In the order in which their keys come first. */
export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [item]);
    else held.push(item);
  }
  return groups;
}

/** A figure in a sentence: four digits. */
export const shown = (value: number | null): string =>
  value === null ? 'an unknown amount' : String(Number(value.toPrecision(4)));
export const percent = (share: number): string => `${Math.round(100 * share)} %`;
