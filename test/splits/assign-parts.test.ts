import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDomainError } from '../../src/kernel/errors.ts';
import { assignParts } from '../../src/splits/assign-parts.ts';
import {
  SPLIT_STRATEGIES,
  type SplitAssignment,
  type SplitRequest,
  type SplitSubject,
  splitTraits,
} from '../../src/splits/split-strategy.ts';
import {
  aRequest,
  countBy,
  partsByImage,
  someShares,
  someSubjects,
  subjects,
  THREE_PARTS,
} from './subjects.ts';

const sizes = (assignment: SplitAssignment) => Object.fromEntries(countBy(assignment, ({ part }) => part));

/** The assignment, or null where the parts would be empty: tiny inputs may not fill them. */
function assignedOrEmpty(request: SplitRequest, of: readonly SplitSubject[]): SplitAssignment | null {
  try {
    return assignParts(request, of);
  } catch (error) {
    if (isDomainError(error) && error.code === 'EMPTY_SPLIT') return null;
    throw error;
  }
}

function requestOf(strategy: (typeof SPLIT_STRATEGIES)[number], shares: string, seed: string): SplitRequest {
  const source = splitTraits(strategy).parts;
  return aRequest(strategy, source === 'SHARES' ? shares : source === 'FOLDS' ? 3 : null, seed);
}

describe('every strategy', () => {
  test('gives the same parts whatever the order of the subjects', () => {
    const asked = fc.constantFrom(...SPLIT_STRATEGIES.filter((strategy) => strategy !== 'IMPORTED'));
    fc.assert(
      fc.property(
        asked,
        someShares,
        fc.string(),
        someSubjects(),
        fc.infiniteStream(fc.nat()),
        (strategy, shares, seed, of, dice) => {
          const request = requestOf(strategy, shares, seed.replaceAll('\0', ''));
          const known =
            strategy === 'LEAVE_ONE_GROUP_OUT'
              ? of.map((subject) => ({ ...subject, group: subject.group ?? 'p0' }))
              : of;
          const shuffled = known
            .map((subject) => ({ subject, at: dice.next().value }))
            .sort((first, second) => first.at - second.at)
            .map(({ subject }) => subject);
          expect(assignedOrEmpty(request, shuffled)).toEqual(assignedOrEmpty(request, known));
        },
      ),
    );
  });

  test('places every image once and leaves no part empty', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SPLIT_STRATEGIES.filter((s) => splitTraits(s).parts !== 'VALUES')),
        someShares,
        someSubjects(),
        (strategy, shares, of) => {
          const request = requestOf(strategy, shares, '7');
          const assignment = assignedOrEmpty(request, of);
          if (assignment === null) return;
          expect(assignment.map(({ image }) => image)).toEqual(of.map(({ image }) => image).sort());
          expect(countBy(assignment, ({ part }) => part).size).toBe(request.folds ?? request.parts.length);
        },
      ),
    );
  });
});

describe('shares', () => {
  test('are honoured to within one unit when units are of equal size, stratified or not', () => {
    const strategies = ['RANDOM', 'STRATIFIED', 'GROUPED', 'GROUPED_STRATIFIED', 'BY_TIME'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...strategies),
        someShares,
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.subarray(['a', 'b', 'c', 'd']), { minLength: 2, maxLength: 60 }),
        (strategy, shares, size, labels) => {
          const { grouped } = splitTraits(strategy);
          const unitSize = grouped || strategy === 'BY_TIME' ? size : 1;
          const of = subjects(labels.length * unitSize, (n) => {
            const unit = Math.floor(n / unitSize);
            const time = new Date(unit * 1000).toISOString();
            return {
              group: `g${unit}`,
              labels: labels[(unit + n) % labels.length]!,
              time: time.replace('.000', ''),
            };
          });
          const request = aRequest(strategy, shares);
          const assignment = assignedOrEmpty(request, of);
          if (assignment === null) return;
          const counts = countBy(assignment, ({ part }) => part);
          for (const { name, share } of request.parts) {
            const deviation = Math.abs(counts.get(name)! - Number(share) * of.length);
            expect(deviation).toBeLessThan(unitSize + 1e-9);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('are missed by less than the largest group on the upper side when groups are of unequal size', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('GROUPED' as const, 'GROUPED_STRATIFIED' as const),
        someShares,
        someSubjects(),
        (strategy, shares, of) => {
          const request = aRequest(strategy, shares);
          const assignment = assignedOrEmpty(request, of);
          if (assignment === null) return;
          const largest = Math.max(...countBy(of, ({ group, image }) => group ?? image).values());
          const counts = countBy(assignment, ({ part }) => part);
          for (const { name, share } of request.parts) {
            expect(counts.get(name)! - Number(share) * of.length).toBeLessThan(largest + 1e-9);
          }
        },
      ),
    );
  });

  test('of ten images at 0.7, 0.15 and 0.15 are seven, two and one: a tie goes to the earlier part', () => {
    expect(sizes(assignParts(aRequest('RANDOM', THREE_PARTS), subjects(10)))).toEqual({
      train: 7,
      validation: 2,
      test: 1,
    });
  });

  test('of folds differ by one image at most', () => {
    for (const strategy of ['K_FOLD', 'STRATIFIED_K_FOLD'] as const) {
      const of = subjects(103, (n) => ({ labels: [`class ${n % 7}`] }));
      const counts = Object.values(sizes(assignParts(aRequest(strategy, 5), of)));
      expect(counts.sort()).toEqual([20, 20, 21, 21, 21]);
    }
  });
});

describe('a grouped split', () => {
  test('never puts a group in two parts', () => {
    const strategies = [
      'GROUPED',
      'GROUPED_STRATIFIED',
      'GROUPED_K_FOLD',
      'GROUPED_STRATIFIED_K_FOLD',
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...strategies), someShares, someSubjects(), (strategy, shares, of) => {
        const assignment = assignedOrEmpty(requestOf(strategy, shares, '7'), of);
        if (assignment === null) return;
        const part = partsByImage(assignment);
        const partsOfGroup = new Map<string, Set<string>>();
        for (const { image, group } of of) {
          if (group === null) continue;
          partsOfGroup.set(group, (partsOfGroup.get(group) ?? new Set()).add(part.get(image)!));
        }
        for (const parts of partsOfGroup.values()) expect(parts.size).toBe(1);
      }),
    );
  });

  test('makes an image without a group its own group', () => {
    const counts = sizes(assignParts(aRequest('GROUPED', 'train=0.5,test=0.5'), subjects(10)));
    expect(counts).toEqual({ train: 5, test: 5 });
  });
});

describe('a stratified split', () => {
  test('keeps each single label within one image of its share when the shares divide it', () => {
    const of = subjects(200, (n) => ({ labels: [n % 4 === 0 ? 'rare' : 'common'] }));
    const part = partsByImage(assignParts(aRequest('STRATIFIED', 'train=0.6,validation=0.2,test=0.2'), of));
    const rare = of.filter(({ labels }) => labels[0] === 'rare');
    expect(Object.fromEntries(countBy(rare, ({ image }) => part.get(image)!))).toEqual({
      train: 30,
      validation: 10,
      test: 10,
    });
  });

  test('puts one image of a label with as many images as folds into each fold', () => {
    const of = subjects(100, (n) => ({ labels: n < 5 ? ['rare', 'common'] : ['common'] }));
    const part = partsByImage(assignParts(aRequest('STRATIFIED_K_FOLD', 5), of));
    expect(new Set(of.slice(0, 5).map(({ image }) => part.get(image))).size).toBe(5);
  });

  test('counts a repeated label once', () => {
    const once = subjects(30, (n) => ({ labels: n % 3 === 0 ? ['a'] : ['b'] }));
    const twice = once.map((subject) => ({ ...subject, labels: [...subject.labels, ...subject.labels] }));
    const request = aRequest('STRATIFIED', THREE_PARTS);
    expect(assignParts(request, twice)).toEqual(assignParts(request, once));
  });
});
