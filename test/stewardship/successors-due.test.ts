import { describe, expect, it } from 'vitest';
import { type Candidate, successorsDue } from '../../src/stewardship/withdrawal/successor.ts';

const snapshot = (digest: string, parent: string | null = null, ...splits: string[]): Candidate => ({
  digest,
  parent,
  splits,
});

describe('a successor is due', () => {
  it('of the newest of a lineage alone, whatever else of it is degraded', () => {
    const line = [snapshot('a', null, 's'), snapshot('b', 'a', 's'), snapshot('c', 'b', 's', 't')];
    expect(successorsDue(line, ['a', 'b', 'c'])).toEqual(['c']);
  });

  it('once of snapshots without parents that carry the same splits, for they would have the same', () => {
    const four = [snapshot('a'), snapshot('b', null, 's'), snapshot('c'), snapshot('d', null, 's')];
    expect(successorsDue(four, ['a', 'b', 'c', 'd'])).toEqual(['c', 'd']);
  });

  it('of none whose newest is whole', () => {
    expect(successorsDue([snapshot('a'), snapshot('b', 'a')], ['a'])).toEqual([]);
    expect(successorsDue([snapshot('a', null, 's'), snapshot('b', null, 's')], ['a'])).toEqual([]);
  });
});
