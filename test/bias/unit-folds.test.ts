import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unitFolds } from '../../src/bias/association/unit-folds.ts';
import { assignBuckets } from '../../src/statistics/assign-buckets.ts';

it('the fold of a unit is the hash of its name modulo 5, however many units there are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 80 }), (names) => {
      const buckets = assignBuckets(names);
      const units = {
        unitOf: Int32Array.from(names.keys()),
        bucketOf: Uint8Array.from(names, (name) => buckets.get(name)!),
        unitCount: names.length,
        bucketCount: Math.min(50, Math.max(1, names.length)),
      };
      const hashes = names.map(
        (name) => createHash('sha256').update(name, 'utf8').digest().readUInt32BE(0) % 5,
      );
      expect([...unitFolds(units, names)]).toEqual(hashes);
    }),
  );
});
