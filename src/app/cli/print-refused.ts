import type { RefusedItem } from '../client/import-report.ts';
import { print } from './print.ts';

/** Every thing refused, with where it stands and why. */
export function printRefused(refused: readonly RefusedItem[]): void {
  print(`${refused.length} refused`);
  for (const { row, file, field, code, message } of refused) {
    const place = [row === undefined ? null : `row ${row}`, file, field].filter((part) => part != null);
    print(`refused  ${place.join(' ')}: ${message} (${code})`);
  }
}
