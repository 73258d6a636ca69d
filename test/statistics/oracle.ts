import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { BucketedTable } from '../../src/statistics/jackknife.ts';

const shared = process.env.HOLOTYPE_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));

/** Whether the oracle cases are there; tests that read them skip where they are not. */
export const hasOracles = existsSync(`${shared}/oracles`);
export const ORACLES_ABSENT = hasOracles
  ? ''
  : ' (skipped: no oracles beside the checkout; set HOLOTYPE_SHARED)';

export interface OracleCase {
  // biome-ignore lint/suspicious/noExplicitAny: each case has its own shape, read once by the test that knows it
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expected: any;
  readonly tolerance: number;
}

export function oracle(file: string, id: string): OracleCase {
  const { cases } = JSON.parse(readFileSync(`${shared}/oracles/${file}.json`, 'utf8'));
  const found = cases.find((candidate: { id: string }) => candidate.id === id);
  if (found === undefined) throw new Error(`No oracle case ${id} in ${file}.json.`);
  return found;
}

/** Equal within the case's tolerance, relative to the expected value where that is larger than 1. */
export function expectClose(actual: number | null | undefined, expected: number, tolerance: number): void {
  expect(actual).toBeTypeOf('number');
  expect(Math.abs(actual! - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
}

/** Cells without any unit structure: one bucket, every image its own unit. */
export function plainTable(
  total: readonly number[],
  imageCount = total.reduce((a, b) => a + b, 0),
): BucketedTable {
  return { total, buckets: [total], imageCount, unitCount: imageCount };
}

/** Buckets and their sum. */
export function bucketed(buckets: readonly (readonly number[])[], unitCount: number): BucketedTable {
  const total = (buckets[0] ?? []).map((_, cell) => buckets.reduce((sum, bucket) => sum + bucket[cell]!, 0));
  return { total, buckets, imageCount: total.reduce((a, b) => a + b, 0), unitCount };
}

/** A small deterministic source of uniform numbers (mulberry32), for Monte-Carlo p-values under test. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
