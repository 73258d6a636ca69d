import { sha256Hex } from '../kernel/sha256.ts';

/** Names the documented algorithm (docs/splits.md); any change of an assignment is another version. */
export const SPLIT_ALGORITHM = 'holotype-split/1';

/**
 * Units in the order of SHA-256("holotype-split/1" ‖ 0x00 ‖ seed ‖ 0x00 ‖ unit), compared as big-endian bytes
 * (hexadecimal text has the same order).
 * No random generator: whoever has the seed and the names has the order.
 */
export function splitOrder(seed: string, units: Iterable<string>): string[] {
  const prefix = `${SPLIT_ALGORITHM}\0${seed}\0`;
  return Array.from(units, (unit) => ({ unit, hash: sha256Hex(prefix + unit) }))
    .sort((first, second) => (first.hash < second.hash ? -1 : 1))
    .map(({ unit }) => unit);
}
