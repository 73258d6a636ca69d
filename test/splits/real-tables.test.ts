import { describe, expect, test } from 'vitest';
import { assignParts } from '../../src/splits/assign-parts.ts';
import { findLeakage } from '../../src/splits/find-leakage.ts';
import { splitBalance } from '../../src/splits/split-balance.ts';
import type { SplitRequest, SplitSubject } from '../../src/splits/split-strategy.ts';
import { aRequest, bccd, countBy, deepWeeds, hasShared } from './subjects.ts';

function balanceOf(request: SplitRequest, of: readonly SplitSubject[]) {
  const assignment = assignParts(request, of);
  const parts = [...countBy(assignment, ({ part }) => part).keys()];
  const labels = new Map(of.map(({ image, labels }) => [image, labels]));
  const balance = splitBalance('label', parts, assignment, labels);
  if (balance.status !== 'OK') throw new Error(balance.reason);
  return { assignment, balance };
}

const FOUR_FIFTHS = 'train=0.6,validation=0.2,test=0.2';

describe.skipIf(!hasShared)('on the 17 509 labels of DeepWeeds (shared/data)', () => {
  const weeds = hasShared ? deepWeeds() : [];

  test('a stratified split keeps every species within one image of its share, the largest within two', () => {
    const { assignment, balance } = balanceOf(aRequest('STRATIFIED', FOUR_FIFTHS), weeds);
    expect(Object.fromEntries(countBy(assignment, ({ part }) => part))).toEqual({
      train: 10_505,
      validation: 3502,
      test: 3502,
    });
    for (const { level, images, parts } of balance.levels) {
      for (const { part, images: got } of parts) {
        const due = images * (part === 'train' ? 0.6 : 0.2);
        expect(Math.abs(got - due)).toBeLessThan(level === 'Negative' ? 2 : 1);
      }
    }
  });

  test('stratified folds differ by one image, and by one image of each species', () => {
    const { assignment, balance } = balanceOf(aRequest('STRATIFIED_K_FOLD', 5), weeds);
    expect([...countBy(assignment, ({ part }) => part).values()].sort()).toEqual([
      3501, 3502, 3502, 3502, 3502,
    ]);
    for (const { parts } of balance.levels) {
      const counts = parts.map(({ images }) => images);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  test('a split random by image puts most minutes of capture into two parts; a split by minute none', () => {
    const groups = [{ key: 'minute', of: new Map(weeds.map(({ image, group }) => [image, group!])) }];
    const shared = (strategy: 'STRATIFIED' | 'GROUPED_STRATIFIED') => {
      const assignment = assignParts(aRequest(strategy, FOUR_FIFTHS), weeds);
      return findLeakage({ assignment, groupsByKey: groups, digests: new Map(), nearPairs: null })
        .sharedGroups.length;
    };
    const minutes = new Set(groups[0]!.of.values()).size;
    expect(shared('STRATIFIED') / minutes).toBeGreaterThan(0.5);
    expect(shared('GROUPED_STRATIFIED')).toBe(0);
  });

  test('a split by minute of capture still balances the species to two thousandths', () => {
    const { balance } = balanceOf(aRequest('GROUPED_STRATIFIED', FOUR_FIFTHS), weeds);
    expect(Number(balance.maxDeviation)).toBeLessThan(0.002);
  });

  test('a split by time puts no later image before an earlier one', () => {
    const assignment = assignParts(aRequest('BY_TIME', FOUR_FIFTHS), weeds);
    const timeOf = new Map(weeds.map(({ image, time }) => [image, time!]));
    const times = (wanted: string) =>
      assignment
        .filter(({ part }) => part === wanted)
        .map(({ image }) => timeOf.get(image)!)
        .sort();
    expect(times('train').at(-1)! < times('validation')[0]!).toBe(true);
    expect(times('validation').at(-1)! < times('test')[0]!).toBe(true);
  });
});

describe.skipIf(!hasShared)('on the 292 blood smears of BCCD with several labels each (shared/data)', () => {
  test('every label stands in each fold within two images of its fifth', () => {
    const smears = bccd();
    const { assignment, balance } = balanceOf(aRequest('STRATIFIED_K_FOLD', 5), smears);
    expect([...countBy(assignment, ({ part }) => part).values()].sort()).toEqual([58, 58, 58, 59, 59]);
    for (const { images, parts } of balance.levels) {
      for (const part of parts) expect(Math.abs(part.images - images / 5)).toBeLessThan(2);
    }
  });
});
