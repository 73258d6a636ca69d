import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, boxOverlap } from '../../src/statistics/box-overlap.ts';
import { DETECTION_CELLS, detectionAgreement } from '../../src/statistics/detection-agreement.ts';
import { type ClassedBox, detectionCounts } from '../../src/statistics/detection-counts.ts';
import { matchBoxes } from '../../src/statistics/match-boxes.ts';
import { optimalAssignment } from '../../src/statistics/optimal-assignment.ts';
import { panopticQuality } from '../../src/statistics/panoptic-quality.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

const box = (left: number, top: number, right: number, bottom: number): Box => ({ left, top, right, bottom });
const ofList = ([left, top, right, bottom]: number[]) => box(left!, top!, right!, bottom!);
const moved = ({ left, top, right, bottom }: Box, x: number, y: number) =>
  box(left + x, top + y, right + x, bottom + y);
const anyBox = fc
  .record({
    x: fc.integer({ min: 0, max: 20 }),
    y: fc.integer({ min: 0, max: 20 }),
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ x, y, width, height }) => box(x, y, x + width, y + height));
const someBoxes = fc.array(anyBox, { maxLength: 12 });
const summed = (overlaps: readonly { readonly overlap: number }[]) =>
  overlaps.reduce((total, { overlap }) => total + overlap, 0);

describe('The overlap of two boxes', () => {
  it('is 1 of a box with itself, the same both ways, and stays when both are moved', () => {
    fc.assert(
      fc.property(anyBox, anyBox, fc.integer({ min: -9, max: 9 }), (one, other, by) => {
        expect(boxOverlap(one, one)).toBe(1);
        expect(boxOverlap(one, other)).toBe(boxOverlap(other, one));
        expect(boxOverlap(moved(one, by, -by), moved(other, by, -by))).toBe(boxOverlap(one, other));
      }),
    );
  });

  it('is 0 of boxes that touch, and of boxes without an area', () => {
    expect(boxOverlap(box(0, 0, 1, 1), box(1, 0, 2, 1))).toBe(0);
    expect(boxOverlap(box(3, 3, 3, 3), box(3, 3, 3, 3))).toBe(0);
  });
});

/** The largest sum of weights, by trying all ways. */
function bestSum(weights: readonly (readonly number[])[], row = 0, taken = new Set<number>()): number {
  if (row === weights.length) return 0;
  const ways = weights[row]!.map((weight, column) =>
    taken.has(column) ? -Infinity : weight + bestSum(weights, row + 1, new Set([...taken, column])),
  );
  return Math.max(...ways);
}

describe('The optimal assignment', () => {
  it('has the largest sum that any assignment has, and gives no column twice', () => {
    const matrix = fc
      .record({ rows: fc.integer({ min: 1, max: 5 }), more: fc.integer({ min: 0, max: 2 }) })
      .chain(({ rows, more }) => {
        const weight = fc.oneof(fc.constant(0), fc.double({ min: -2, max: 2, noNaN: true }));
        const row = fc.array(weight, { minLength: rows + more, maxLength: rows + more });
        return fc.array(row, { minLength: rows, maxLength: rows });
      });
    fc.assert(
      fc.property(matrix, (weights) => {
        const columns = optimalAssignment(weights);
        const total = columns.reduce((sum, column, row) => sum + weights[row]![column]!, 0);
        expect(total).toBeCloseTo(bestSum(weights), 9);
        expect(new Set(columns).size).toBe(weights.length);
      }),
    );
  });
});

describe('Matching the boxes of two annotators', () => {
  it('takes the largest sum of overlaps, where the best pair first would lose one', () => {
    const first = [box(0, 0, 10, 10), box(0, 3, 10, 13)];
    const second = [box(0, 2, 10, 12), box(0, 6, 10, 16)];
    const matched = matchBoxes(first, second, 0.4);
    expect(matched.map((match) => [match.first, match.second])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(matchBoxes([first[1]!, first[0]!], second, 0.4).map(({ second }) => second)).toEqual([1, 0]);
  });

  it('has no smaller a sum than the greedy one, the same both ways, and none below the threshold', () => {
    fc.assert(
      fc.property(someBoxes, someBoxes, fc.constantFrom(0.25, 0.5, 0.75), (first, second, threshold) => {
        const matched = matchBoxes(first, second, threshold);
        const [used, taken] = [new Set<number>(), new Set<number>()];
        const pairs = first.flatMap((one, a) =>
          second.map((other, b) => ({ a, b, overlap: boxOverlap(one, other) })),
        );
        let greedy = 0;
        for (const { a, b, overlap } of pairs.sort((x, y) => y.overlap - x.overlap)) {
          if (overlap < threshold || used.has(a) || taken.has(b)) continue;
          used.add(a);
          taken.add(b);
          greedy += overlap;
        }
        expect(summed(matched)).toBeGreaterThanOrEqual(greedy - 1e-9);
        expect(summed(matchBoxes(second, first, threshold))).toBeCloseTo(summed(matched), 9);
        expect(matched.every(({ overlap }) => overlap >= threshold)).toBe(true);
        expect(new Set(matched.map((match) => match.second)).size).toBe(matched.length);
      }),
    );
  });

  it('matches each box of a list with itself', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyBox, { selector: (one) => JSON.stringify(one) }), (boxes) => {
        expect(matchBoxes(boxes, boxes).every(({ first, second }) => first === second)).toBe(true);
        expect(matchBoxes(boxes, boxes)).toHaveLength(boxes.length);
      }),
    );
  });

  it('of thousands of boxes is split into groups that do not touch', () => {
    const random = seeded(7);
    const boxes = Array.from({ length: 4000 }, () => {
      const [left, top] = [random() * 4000, random() * 4000];
      return box(left, top, left + 20 + random() * 20, top + 20 + random() * 20);
    });
    const others = boxes.map((one) => moved(one, random() * 2, random() * 2));
    expect(matchBoxes(boxes, others)).toHaveLength(4000);
  });

  it.skipIf(!hasOracles)(`agrees with the oracle${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'box_matching');
    const [first, second]: [Box[], Box[]] = [input.A.map(ofList), input.B.map(ofList)];
    for (const [a, row] of expected.iou.entries())
      for (const [b, overlap] of row.entries())
        expectClose(boxOverlap(first[a]!, second[b]!), overlap, tolerance);
    const matched = matchBoxes(first, second, input.thr);
    expect(matched.map((match) => [match.first, match.second])).toEqual(
      expected.matches.map((match: number[]) => match.slice(0, 2)),
    );
    const counts = countsOf(first, second);
    const agreed = agreementOf([counts]);
    expectClose(agreed.f1At50.value, expected.f1, tolerance);
    expectClose(agreed.meanOverlap.value, expected.mean_iou_matched, tolerance);
    expectClose(agreed.panopticQuality.value, expected.panoptic_quality, tolerance);
    expectClose(
      panopticQuality(counts.overlapAt50, counts.boxes).value,
      expected.panoptic_quality,
      tolerance,
    );
  });
});

const classed = (boxes: readonly Box[], kind = 0): ClassedBox[] =>
  boxes.map((one) => ({ ...one, class: kind }));
const countsOf = (first: readonly Box[], second: readonly Box[], kinds: [number, number] = [0, 0]) =>
  detectionCounts(classed(first, kinds[0]), classed(second, kinds[1]));

/** Every image its own unit and bucket. */
function agreementOf(images: readonly ReturnType<typeof detectionCounts>[]) {
  const table = (holds: (counts: (typeof images)[number]) => boolean) => {
    const kept = images.filter(holds).map((counts) => DETECTION_CELLS.map((cell) => counts[cell]));
    return { ...bucketed(kept, kept.length), imageCount: kept.length };
  };
  return detectionAgreement({
    drawn: table(({ boxes }) => boxes > 0),
    matched: table(({ matchedAt50 }) => matchedAt50 > 0),
    empty: table(({ bothEmpty, oneEmpty }) => bothEmpty + oneEmpty > 0),
  });
}

describe('Agreement on objects', () => {
  const [here, there] = [box(0, 0, 10, 10), box(50, 50, 60, 60)];

  it('counts an image that both left empty as agreement on that, and not in F1', () => {
    const made = agreementOf([
      countsOf([here], [here]),
      countsOf([], []),
      countsOf([], []),
      countsOf([there], []),
    ]);
    expect(made.bothEmpty.value).toBeCloseTo(2 / 3, 12);
    expect(made.f1At50.value).toBeCloseTo(2 / 3, 12);
    expect(made.f1At50.imageCount).toBe(2);
  });

  it('asks the class only of matched boxes', () => {
    const made = agreementOf([countsOf([here], [here], [0, 1]), countsOf([here, there], [here])]);
    expect(made.classAgreement.value).toBe(0.5);
    expect(made.f1At50.value).toBe(0.8);
  });

  it('where nobody drew anything is not applicable, though all agree that there is nothing', () => {
    const made = agreementOf([countsOf([], [])]);
    for (const figure of [made.f1At50, made.f1At75, made.meanOverlap, made.panopticQuality])
      expect(figure).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OBJECT' });
    expect(made.bothEmpty.value).toBe(1);
  });

  it('where no image was seen by two is not applicable', () => {
    const made = agreementOf([]);
    expect(made.f1At50).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OVERLAP' });
    expect(made.bothEmpty.reason).toBe('NO_OVERLAP');
  });

  it('of fewer than ten units has a value and no interval', () => {
    const made = agreementOf([countsOf([here], [moved(here, 1, 0)])]);
    expect(made.meanOverlap).toMatchObject({ status: 'INSUFFICIENT', interval: null });
    expect(made.meanOverlap.value).toBeCloseTo(9 / 11, 12);
  });

  it('without a match is an F1 of 0, and no mean overlap', () => {
    const made = agreementOf([countsOf([here], [there])]);
    expect(made.f1At50.value).toBe(0);
    expect(made.meanOverlap).toMatchObject({ value: null, reason: 'NO_MATCH' });
    expect(made.classAgreement).toMatchObject({ value: null, reason: 'NO_MATCH' });
  });

  it('drops from .5 to .75 where the borders are disputed and not the objects', () => {
    const images = Array.from({ length: 20 }, () => countsOf([here], [moved(here, 2, 0)]));
    const made = agreementOf(images);
    expect([made.f1At50.value, made.f1At75.value, made.f1Drop.value]).toEqual([1, 0, 1]);
    expect(made.f1At50.interval).toMatchObject({ lower: 1, upper: 1 });
  });
});
