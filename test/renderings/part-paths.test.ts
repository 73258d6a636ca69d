import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partPath, partsOf, pathName } from '../../src/renderings/part-paths.ts';
import type { SnapshotHeader } from '../../src/snapshots/snapshot-header.ts';

const header = (splits: Record<string, readonly string[]>) =>
  ({
    size: 3,
    splits: Object.fromEntries(
      Object.entries(splits).map(([name, parts]) => [
        name,
        { digest: '', strategy: '', seed: null, counts: parts.map((part) => ({ part, images: 1 })) },
      ]),
    ),
  }) as unknown as SnapshotHeader;

describe('the parts of a snapshot', () => {
  it('are those of each split by name, and one of all without a split', () => {
    expect(partsOf(header({ k: ['fold-1'], holdout: ['test', 'train'] }))).toEqual([
      { split: 'holdout', part: 'test' },
      { split: 'holdout', part: 'train' },
      { split: 'k', part: 'fold-1' },
    ]);
    expect(partsOf(header({}))).toEqual([{ split: null, part: 'all' }]);
  });

  it('have short paths in a snapshot of one split, and the split’s name before theirs where there are several', () => {
    expect(partPath(header({ holdout: ['train'] }), { split: 'holdout', part: 'train' })).toBe('train');
    expect(partPath(header({ holdout: ['train'], k: ['1'] }), { split: 'holdout', part: 'train' })).toBe(
      'holdout/train',
    );
  });
});

describe('a name as a segment of a path', () => {
  it('never leaves its folder, and two names never share one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (a, b) => {
          expect(pathName(a)).toMatch(/^[A-Za-z0-9_~-][A-Za-z0-9_.~-]*$/);
          if (a !== b) expect(pathName(a)).not.toBe(pathName(b));
        },
      ),
    );
  });
});
