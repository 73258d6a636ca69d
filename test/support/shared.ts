import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Real data and oracles that are never committed: at `../shared` beside the checkout, or where HOLOTYPE_SHARED says. */
export const SHARED = process.env.HOLOTYPE_SHARED ?? resolve(import.meta.dirname, '../../../shared');

export function shared(...path: string[]): string {
  return join(SHARED, ...path);
}

export const isShared = (...path: string[]): boolean => existsSync(shared(...path));
