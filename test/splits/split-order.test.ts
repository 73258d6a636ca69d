import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { splitOrder } from '../../src/splits/split-order.ts';

const hashOf = (seed: string, unit: string) =>
  createHash('sha256')
    .update('holotype-split/1')
    .update(Buffer.of(0))
    .update(seed)
    .update(Buffer.of(0))
    .update(unit)
    .digest('hex');

describe('splitOrder', () => {
  test('orders units by the SHA-256 of algorithm, seed and unit', () => {
    const units = ['plant 1', 'plant 2', 'Pflänzchen', '\u{1f331}', 'plant 3'];
    const expected = [...units].sort((first, second) => (hashOf('7', first) < hashOf('7', second) ? -1 : 1));
    expect(splitOrder('7', units)).toEqual(expected);
  });

  test('does not depend on the order in which the units come', () => {
    const units = Array.from({ length: 100 }, (_, n) => `unit ${n}`);
    expect(splitOrder('7', [...units].reverse())).toEqual(splitOrder('7', units));
  });

  test('another seed is another order', () => {
    const units = Array.from({ length: 100 }, (_, n) => `unit ${n}`);
    expect(splitOrder('8', units)).not.toEqual(splitOrder('7', units));
  });
});
