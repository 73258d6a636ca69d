import { expect } from 'vitest';
import type { Estimate } from '../../src/statistics/estimate.ts';

/** Every number anywhere in a result is finite; every null value of an estimate has a reason and is not OK. */
export function expectHonest(result: unknown): void {
  if (typeof result === 'number') expect(Number.isFinite(result)).toBe(true);
  if (result === null || typeof result !== 'object') return;
  if ('specificationVersion' in result) {
    const { value, status, reason, interval } = result as Estimate;
    if (value === null) expect(status).not.toBe('OK');
    if (value === null || (status !== 'OK' && interval === null)) expect(reason).not.toBeNull();
    if (interval !== null) expect(interval.lower).toBeLessThanOrEqual(interval.upper);
  }
  for (const part of Object.values(result)) expectHonest(part);
}
