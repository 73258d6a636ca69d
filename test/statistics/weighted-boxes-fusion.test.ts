import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WeightedBox, weightedBoxesFusion } from '../../src/statistics/weighted-boxes-fusion.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

const drawn = (id: string, annotator: number, sides: number[], kind = 0, weight = 1): WeightedBox => {
  const [left, top, right, bottom] = sides as [number, number, number, number];
  return { id, annotator, class: kind, weight, left, top, right, bottom };
};

/** The boxes of models, as the package takes them. */
// biome-ignore lint/suspicious/noExplicitAny: the oracle's own shape
function modelBoxes({ boxes, scores, labels, weights }: any): WeightedBox[] {
  return boxes.flatMap((list: number[][], model: number) =>
    list.map((sides, place) =>
      drawn(`${model}-${place}`, model, sides, labels[model][place], scores[model][place] * weights[model]),
    ),
  );
}

describe('Weighted boxes fusion', () => {
  it.skipIf(!hasOracles).each(['wbf_tests', 'wbf_readme'])(
    `agrees with ensemble-boxes on %s${ORACLES_ABSENT}`,
    (id) => {
      const { input, expected, tolerance } = oracle('06_agreement', id);
      const given = modelBoxes(input);
      const total = input.weights.reduce((sum: number, weight: number) => sum + weight, 0);
      const fused = weightedBoxesFusion(given, {
        seenBy: input.weights.length,
        threshold: 0.5,
        oneBoxEach: false,
        supportAbove: 0,
      })
        .map((made) => {
          const members = given.filter((one) => made.members.includes(one.id));
          const mean = members.reduce((sum, { weight }) => sum + weight, 0) / members.length;
          const score = (mean * Math.min(input.weights.length, members.length)) / total;
          return { ...made, score, sources: [...new Set(members.map(({ annotator }) => annotator))].sort() };
        })
        .sort((a, b) => b.score - a.score);
      const asked = [...expected.fused].sort(
        (a: { score: number }, b: { score: number }) => b.score - a.score,
      );
      expect(fused).toHaveLength(asked.length);
      for (const [place, one] of asked.entries()) {
        const made = fused[place]!;
        expect([made.class, made.members.length, made.sources]).toEqual([one.label, one.n, one.sources]);
        [made.left, made.top, made.right, made.bottom].forEach((side, index) => {
          expectClose(side, one.box[index], tolerance);
        });
        expectClose(made.score, one.score, tolerance);
      }
    },
  );

  it('keeps what more than half of those who saw the image support, those who drew nothing included', () => {
    const boxes = [drawn('a', 0, [0, 0, 10, 10]), drawn('b', 1, [0, 0, 10, 10])];
    expect(weightedBoxesFusion(boxes, { seenBy: 3 })).toMatchObject([
      { support: 2 / 3, members: ['a', 'b'] },
    ]);
    expect(weightedBoxesFusion(boxes, { seenBy: 4 })).toEqual([]);
  });

  it('tells how far the sides differ, and nothing of the sort of a single box', () => {
    const boxes = [drawn('a', 0, [0, 0, 10, 10]), drawn('b', 1, [2, 0, 10, 10])];
    const [fused] = weightedBoxesFusion(boxes, { seenBy: 2 });
    expect(fused).toMatchObject({ left: 1, deviations: { left: Math.SQRT2, top: 0, right: 0, bottom: 0 } });
    expect(weightedBoxesFusion(boxes.slice(0, 1), { seenBy: 1 })[0]!.deviations).toBeNull();
  });

  it('lets an annotator support an object once: the better of two boxes stays', () => {
    const boxes = [
      drawn('a', 0, [0, 0, 10, 10]),
      drawn('b', 1, [0, 0, 10, 8]),
      drawn('c', 1, [0, 0, 10, 10]),
      drawn('d', 2, [0, 0, 10, 10]),
    ];
    const [fused, ...others] = weightedBoxesFusion(boxes, { seenBy: 3 });
    expect(others).toEqual([]);
    expect(fused).toMatchObject({ support: 1, members: ['a', 'c', 'd'], bottom: 10 });
  });

  it('leans towards an annotator of more weight, and never joins two classes', () => {
    const boxes = [drawn('a', 0, [0, 0, 10, 10], 0, 3), drawn('b', 1, [0, 0, 14, 10], 0, 1)];
    expect(weightedBoxesFusion(boxes, { seenBy: 2 })[0]!.right).toBe(11);
    const apart = [drawn('a', 0, [0, 0, 9, 9], 0), drawn('b', 1, [0, 0, 9, 9], 1)];
    expect(weightedBoxesFusion(apart, { seenBy: 1, supportAbove: 0 })).toHaveLength(2);
  });

  it('gives the same boxes in whatever order they come, each annotator once a box, each box once', () => {
    const sides = fc
      .record({ x: fc.integer({ min: 0, max: 8 }), y: fc.integer({ min: 0, max: 8 }) })
      .map(({ x, y }) => [x, y, x + 10, y + 10]);
    const anyBoxes = fc
      .array(fc.record({ sides, annotator: fc.integer({ min: 0, max: 3 }) }), { maxLength: 16 })
      .map((all) => all.map(({ sides, annotator }, index) => drawn(`box ${index}`, annotator, sides)));
    fc.assert(
      fc.property(anyBoxes, fc.infiniteStream(fc.nat()), (boxes, keys) => {
        const shuffled = boxes
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const fused = weightedBoxesFusion(boxes, { seenBy: 4, supportAbove: 0 });
        expect(weightedBoxesFusion(shuffled, { seenBy: 4, supportAbove: 0 })).toEqual(fused);
        expect(fused.flatMap(({ members }) => members).sort()).toEqual(boxes.map(({ id }) => id).sort());
        const annotatorOf = new Map(boxes.map(({ id, annotator }) => [id, annotator]));
        for (const { members, support } of fused) {
          expect(new Set(members.map((id) => annotatorOf.get(id))).size).toBe(members.length);
          expect(support).toBe(members.length / 4);
        }
      }),
    );
  });
});
