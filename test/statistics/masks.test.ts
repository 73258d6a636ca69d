import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { euclideanDistanceTransform } from '../../src/statistics/euclidean-distance-transform.ts';
import { hausdorffDistance } from '../../src/statistics/hausdorff-distance.ts';
import { likelierMask } from '../../src/statistics/likelier-mask.ts';
import { likeliestClasses } from '../../src/statistics/likeliest-classes.ts';
import { maskExtent } from '../../src/statistics/mask-extent.ts';
import { maskOverlap } from '../../src/statistics/mask-overlap.ts';
import { type Mask, maskRuns } from '../../src/statistics/mask-runs.ts';
import { meanMask } from '../../src/statistics/mean-mask.ts';
import { surfaceDice } from '../../src/statistics/surface-dice.ts';
import { surfaceDistances } from '../../src/statistics/surface-distances.ts';
import { unionMask } from '../../src/statistics/union-mask.ts';
import { cellMasks, hasCellMasks, readCellMasks } from '../support/cell-masks.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

/** Rows of an image, as oracles and people write them. */
function ofRows(rows: readonly (readonly number[])[]): Mask {
  const [height, width] = [rows.length, rows[0]!.length];
  return maskRuns(
    Array.from({ length: width * height }, (_, pixel) => rows[pixel % height]![Math.floor(pixel / height)]!),
    width,
    height,
  );
}

function pixelsOf({ runs }: Mask): number[] {
  return runs.flatMap((run, place) => new Array<number>(run).fill(place % 2));
}

const [WIDTH, HEIGHT] = [9, 7];
const pixels = fc.array(fc.integer({ min: 0, max: 1 }), {
  minLength: WIDTH * HEIGHT,
  maxLength: WIDTH * HEIGHT,
});
const anyMask = fc
  .oneof(pixels, fc.constant(new Array<number>(WIDTH * HEIGHT).fill(0)))
  .map((all) => maskRuns(all, WIDTH, HEIGHT));
const empty = maskRuns(new Array<number>(WIDTH * HEIGHT).fill(0), WIDTH, HEIGHT);

describe('The overlap of two masks', () => {
  it('counted from runs is what counting pixels gives', () => {
    fc.assert(
      fc.property(anyMask, anyMask, (one, other) => {
        const [a, b] = [pixelsOf(one), pixelsOf(other)];
        const overlap = maskOverlap(one, other);
        expect(overlap.first).toBe(a.filter(Boolean).length);
        expect(overlap.both).toBe(a.filter((pixel, index) => pixel && b[index]).length);
        expect(overlap.identical).toBe(a.every((pixel, index) => pixel === b[index]));
      }),
    );
  });

  it('is 1 of a mask with itself, and the same both ways', () => {
    fc.assert(
      fc.property(anyMask, anyMask, (one, other) => {
        const [there, back] = [maskOverlap(one, other), maskOverlap(other, one)];
        expect([there.dice, there.overlap]).toEqual([back.dice, back.overlap]);
        const itself = maskOverlap(one, one);
        expect(itself.dice.value).toBe(itself.agreedAbsent ? null : 1);
      }),
    );
  });

  it('of two empty masks is no number, but agreement that the thing is absent', () => {
    const overlap = maskOverlap(empty, empty);
    expect(overlap).toMatchObject({ agreedAbsent: true, identical: true });
    expect(overlap.dice).toEqual({ value: null, status: 'UNDEFINED', reason: 'BOTH_EMPTY' });
  });

  it.skipIf(!hasOracles)(`answers to empty masks as required${ORACLES_ABSENT}`, () => {
    const rules = oracle('99_degenerate', 'rules').expected as { when: string; expect: never }[];
    const required = (when: string) => rules.find((rule) => rule.when === when)!.expect;
    const { dice, counted_as } = required('both masks empty');
    const neither = maskOverlap(empty, empty);
    expect([neither.dice.value, neither.agreedAbsent && 'agreed_absent']).toEqual([dice, counted_as]);
    const one = required('one mask empty') as { dice: 0; iou: 0; hd95: null; reason: string };
    const mask = maskRuns(
      Array.from({ length: 63 }, (_, pixel) => Number(pixel < 4)),
      WIDTH,
      HEIGHT,
    );
    const half = maskOverlap(mask, empty);
    expect([half.dice.value, half.overlap.value]).toEqual([one.dice, one.iou]);
    expect(hausdorffDistance(surfaceDistances(mask, empty))).toMatchObject({
      value: one.hd95,
      reason: one.reason,
    });
    expect(surfaceDice(surfaceDistances(empty, mask)).value).toBe(0);
  });

  it('of masks of different frames is refused, and so are runs that do not cover their frame', () => {
    const other = maskRuns(new Array<number>(63).fill(1), HEIGHT, WIDTH);
    expect(() => maskOverlap(empty, other)).toThrow(/nothing is stretched/);
    expect(() => maskOverlap(empty, { ...empty, runs: [3, 4] })).toThrow(/cover 7 pixels, not its 9 × 7/);
    expect(() => maskOverlap(empty, { ...empty, runs: [64, -1] })).toThrow(/give whole runs/);
    expect(() => maskRuns([1, 0], 2, 2)).toThrow(/2 pixels, not 2 × 2/);
  });
});

describe('The distance transform', () => {
  it('is the distance to the nearest marked pixel, with any spacing', () => {
    const spacing = fc.record({ x: fc.constantFrom(1, 2, 0.4), y: fc.constantFrom(1, 3, 0.7) });
    fc.assert(
      fc.property(pixels, spacing, (marked, { x, y }) => {
        const distances = euclideanDistanceTransform(marked, WIDTH, HEIGHT, { x, y });
        if (!marked.includes(1)) return expect(distances).toBeNull();
        for (let pixel = 0; pixel < marked.length; pixel += 1) {
          const all = marked.flatMap((mark, other) => {
            const across = Math.floor(pixel / HEIGHT) - Math.floor(other / HEIGHT);
            return mark ? [Math.hypot(x * across, y * ((pixel % HEIGHT) - (other % HEIGHT)))] : [];
          });
          expect(distances![pixel]).toBeCloseTo(Math.min(...all), 9);
        }
      }),
    );
  });
});

describe('The distance between boundaries', () => {
  it('is 0 of a mask with itself, and the same both ways', () => {
    fc.assert(
      fc.property(anyMask, anyMask, (one, other) => {
        const distances = surfaceDistances(one, other);
        expect(hausdorffDistance(distances)).toEqual(hausdorffDistance(surfaceDistances(other, one)));
        expect(distances === null).toBe(maskExtent(one) === null || maskExtent(other) === null);
        if (maskExtent(one) === null) return;
        expect(hausdorffDistance(surfaceDistances(one, one), 100).value).toBe(0);
        expect(surfaceDice(surfaceDistances(one, one), 0).value).toBe(1);
      }),
    );
  });

  it('stays when both masks are moved within the image', () => {
    fc.assert(
      fc.property(anyMask, anyMask, fc.nat(5), fc.nat(5), (one, other, right, down) => {
        const [width, height] = [WIDTH + 7, HEIGHT + 7];
        const placed = (mask: Mask, x: number, y: number) => {
          const all = new Array<number>(width * height).fill(0);
          pixelsOf(mask).forEach((pixel, index) => {
            all[(Math.floor(index / HEIGHT) + x) * height + (index % HEIGHT) + y] = pixel;
          });
          return maskRuns(all, width, height);
        };
        const before = surfaceDistances(placed(one, 1, 1), placed(other, 1, 1));
        const after = surfaceDistances(placed(one, 1 + right, 1 + down), placed(other, 1 + right, 1 + down));
        expect(after).toEqual(before);
        expect(maskOverlap(placed(one, right, down), placed(other, right, down)).dice).toEqual(
          maskOverlap(one, other).dice,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('grows with the spacing, and asks for one above 0', () => {
    const [one, other] = [ofRows([[1, 0, 0, 0]]), ofRows([[0, 0, 0, 1]])];
    expect(hausdorffDistance(surfaceDistances(one, other, { x: 0.5, y: 1 })).value).toBe(1.5);
    expect(surfaceDice(surfaceDistances(one, other)).value).toBe(0);
    expect(surfaceDice(surfaceDistances(one, other), 3).value).toBe(1);
    expect(() => surfaceDistances(one, other, { x: 0, y: 1 })).toThrow(/two lengths above 0/);
  });

  it.skipIf(!hasOracles)(`agrees with scipy on two overlapping masks${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'mask_overlap_boundary');
    const [a, b] = [ofRows(input.a), ofRows(input.b)];
    expectClose(maskOverlap(a, b).dice.value, expected.dice, tolerance);
    expectClose(maskOverlap(a, b).overlap.value, expected.iou, tolerance);
    expectSurfaces(a, b, { x: input.spacing[1], y: input.spacing[0] }, expected, tolerance);
  });

  it.skipIf(!hasOracles)(`agrees with surface-distance on two pixels${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'mask_two_pixels');
    const marked = ([x, y]: number[]) =>
      maskRuns(
        Array.from({ length: 81 }, (_, pixel) => Number(pixel === x! * 9 + y!)),
        9,
        9,
      );
    const [x, y] = input.spacing;
    // The case says: two columns apart, 2.0; its pixels differ in the second index, whose spacing is 1.
    expectSurfaces(marked(input.a_pixel), marked(input.b_pixel), { x, y }, expected, tolerance);
  });
});

function expectSurfaces(
  a: Mask,
  b: Mask,
  spacing: { x: number; y: number },
  expected: Record<string, number>,
  tolerance: number,
) {
  const distances = surfaceDistances(a, b, spacing)!;
  const all = [...distances.firstToSecond, ...distances.secondToFirst];
  expect([distances.firstToSecond.length, distances.secondToFirst.length]).toEqual([
    expected.n_a,
    expected.n_b,
  ]);
  expectClose(hausdorffDistance(distances, 100).value, expected.HD!, tolerance);
  expectClose(hausdorffDistance(distances).value, expected.HD95_max_of_directed!, tolerance);
  expectClose(all.reduce((sum, one) => sum + one, 0) / all.length, expected.ASSD!, tolerance);
  expectClose(surfaceDice(distances, 1).value, expected.NSD_tol1!, tolerance);
}

describe('The mean mask', () => {
  it('is the share of annotators who mark a pixel, and leaves ties to be seen', () => {
    const mean = meanMask([ofRows([[1, 1, 0, 0]]), ofRows([[1, 0, 0, 1]])])!;
    expect(mean).toMatchObject({ lengths: [1, 1, 1, 1], values: [1, 0.5, 0, 0.5] });
    const { mask, tied } = likelierMask(mean);
    expect([pixelsOf(mask), pixelsOf(tied)]).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 1],
    ]);
    expect(meanMask([])).toBeNull();
  });

  it('of copies of a mask is the mask, and the union of masks is what any of them marks', () => {
    fc.assert(
      fc.property(anyMask, anyMask, (one, other) => {
        expect(likelierMask(meanMask([one, one, one])!).mask).toEqual(one);
        const [a, b] = [pixelsOf(one), pixelsOf(other)];
        expect(pixelsOf(unionMask([one, other])!)).toEqual(a.map((pixel, index) => pixel | b[index]!));
      }),
    );
  });

  it('has an extent that holds every marked pixel and no more', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const marked = pixelsOf(mask).flatMap((pixel, index) => (pixel ? [index] : []));
        const columns = marked.map((index) => Math.floor(index / HEIGHT));
        const rows = marked.map((index) => index % HEIGHT);
        expect(maskExtent(mask)).toEqual(
          marked.length === 0
            ? null
            : {
                left: Math.min(...columns),
                top: Math.min(...rows),
                right: Math.max(...columns) + 1,
                bottom: Math.max(...rows) + 1,
              },
        );
      }),
    );
  });
});

describe('Several classes', () => {
  it('give each pixel the likeliest one or the background, and a tie to none', () => {
    const leaf = [ofRows([[1, 1, 0, 1, 0]]), ofRows([[1, 0, 0, 0, 0]])];
    const spot = [ofRows([[0, 0, 0, 0, 0]]), ofRows([[0, 1, 0, 1, 1]])];
    const anything = meanMask([unionMask([leaf[0]!, spot[0]!])!, unionMask([leaf[1]!, spot[1]!])!])!;
    expect(likeliestClasses(anything, [meanMask(leaf)!, meanMask(spot)!])).toMatchObject({
      lengths: [1, 1, 1, 2],
      classes: [1, null, 0, null],
    });
    expect(() => likeliestClasses(anything, [meanMask([empty])!])).toThrow(/nothing is stretched/);
  });
});

describe.skipIf(!hasCellMasks)('Cells outlined by five experts with two tools each (shared data)', () => {
  it.each([
    ['BU-BIL_Dataset1', 'ExpertsAnnotations', 0.8593, 0.532],
    ['BU-BIL_Dataset6', 'ExpertAnnotations', 0.805, 0.337],
  ])('%s, %s: the mean Dice of 1575 pairs is %f', async (set, folder, mean, least) => {
    const names = (await readdir(cellMasks(set, folder))).filter((name) => name.startsWith('Person'));
    const raters = await Promise.all(names.map((name) => readCellMasks(set, folder, name)));
    const dices = raters.flatMap((masks, rater) =>
      raters
        .slice(rater + 1)
        .flatMap((others) => others.map((mask, image) => maskOverlap(masks[image]!, mask).dice.value!)),
    );
    expect(dices).toHaveLength(1575);
    expect(dices.reduce((sum, dice) => sum + dice, 0) / dices.length).toBeCloseTo(mean, 4);
    expect(Math.min(...dices)).toBeCloseTo(least, 3);
  });

  it('of the first set: Person2 is the gold standard, with either tool, to the pixel', async () => {
    const gold = await readCellMasks('BU-BIL_Dataset1', 'GoldStandard');
    const identical = ['Person2_Amira', 'Person2_ImageJ', 'Person1_Amira'].map(async (name) => {
      const masks = await readCellMasks('BU-BIL_Dataset1', 'ExpertsAnnotations', name);
      return masks.filter((mask, image) => maskOverlap(mask, gold[image]!).identical).length;
    });
    expect(await Promise.all(identical)).toEqual([35, 35, 0]);
  });
});
