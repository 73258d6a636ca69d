import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rasterise } from '../../src/annotation/rasterise.ts';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { shapeAgreement } from '../../src/bias/shapes/shape-agreement.ts';
import type {
  LabelledBox,
  LabelledMask,
  ShapeImage,
  ShapeRater,
} from '../../src/bias/shapes/shape-images.ts';
import { shapeRater } from '../../src/bias/shapes/shape-rater.ts';
import { canonicalDecimal } from '../../src/kernel/decimal.ts';
import { cellMasks, hasCellMasks, readCellMasks } from '../support/cell-masks.ts';
import { numbersIn } from './subjects-fixture.ts';

const box = (left: number, top: number, side = 10, label: string | null = 'cell'): LabelledBox => ({
  left,
  top,
  right: left + side,
  bottom: top + side,
  label,
});
const FRAME = { width: 30, height: 30 };
const disc = (x: number, y: number, radius: number, label: string | null = 'cell', frame = FRAME) => {
  const ellipse = {
    kind: 'ELLIPSE',
    centreX: canonicalDecimal(x),
    centreY: canonicalDecimal(y),
    radiusX: canonicalDecimal(radius),
    radiusY: canonicalDecimal(radius),
    degrees: '0',
  } as const;
  return { label, mask: rasterise(ellipse, frame) };
};

const rater = (annotator: string, boxes: LabelledBox[] | null, masks: LabelledMask[] | null = null) =>
  ({ annotator, boxes, masks }) satisfies ShapeRater;

/** Every image its own unit, so many times over. */
const images = (count: number, raters: (index: number) => ShapeRater[]): ShapeImage[] =>
  Array.from({ length: count }, (_, index) => ({
    image: `image ${index}`,
    unit: `unit ${index}`,
    bucket: index % 50,
    raters: raters(index),
  }));
const codesOf = ({ notes }: ReturnType<typeof shapeAgreement>) => notes.map(({ code }) => code);

describe('What an annotator drew on an image', () => {
  const size = { width: 6, height: 4 };
  const drawnBox = { kind: 'BOX', x: '1', y: '1', width: '2.5', height: '2' } as const;
  const triangle = {
    kind: 'POLYGON',
    rings: [
      [
        ['0', '0'],
        ['3', '0'],
        ['0', '3'],
      ],
    ],
  } as const;

  it('is boxes as boxes, and all else that has an area as masks in the frame of the image', () => {
    const point = { kind: 'POINT', x: '1', y: '1' } as const;
    const made = shapeRater(
      'ann',
      [drawnBox, triangle, point].map((geometry) => ({ kind: geometry.kind, label: 'leaf', geometry })),
      size,
    );
    expect(made.boxes).toEqual([{ label: 'leaf', left: 1, top: 1, right: 3.5, bottom: 3 }]);
    expect(made.masks).toMatchObject([{ label: 'leaf', mask: { width: 6, height: 4 } }]);
  });

  it('says nothing of forms that were not looked for, unless the annotator said that nothing is there', () => {
    const boxOnly = shapeRater('ann', [{ kind: 'BOX', label: null, geometry: drawnBox }], size);
    expect([boxOnly.boxes?.length, boxOnly.masks]).toEqual([1, null]);
    const empty = shapeRater('ann', [{ kind: 'EMPTY', label: null, geometry: null }], size);
    expect([empty.boxes, empty.masks]).toEqual([[], []]);
    const skipped = shapeRater('ann', [{ kind: 'SKIP', label: null, geometry: null }], size);
    expect([skipped.boxes, skipped.masks]).toEqual([null, null]);
  });

  it('keeps a mask of another frame in its own, to be counted and not stretched', () => {
    const mask = { kind: 'MASK', ...encodeMask(Uint8Array.from([1, 0, 1]), 3, 1) } as const;
    const [made] = shapeRater('ann', [{ kind: 'MASK', label: null, geometry: mask }], size).masks!;
    expect(made!.mask).toEqual({ width: 3, height: 1, runs: [0, 1, 1, 1] });
  });
});

describe('Agreement on shapes', () => {
  it('of boxes has an interval over units, and lists the pair that agrees least first', () => {
    const made = shapeAgreement(
      images(60, (index) => [
        rater('ann', [box(0, 0)]),
        rater('bob', [box(index % 3 === 0 ? 15 : 0, 0)]),
        rater('cyd', [box(0, 0)]),
      ]),
      false,
    ).boxes;
    expect(made.f1At50.value).toBeCloseTo(7 / 9, 12);
    expect(made.f1At50).toMatchObject({ status: 'OK', imageCount: 60, unitCount: 60 });
    expect(made.f1At50.interval!.lower).toBeGreaterThan(0.6);
    expect(made.pairs.map(({ first, second, f1At50 }) => [first, second, f1At50.value])).toEqual([
      ['ann', 'bob', 2 / 3],
      ['bob', 'cyd', 2 / 3],
      ['ann', 'cyd', 1],
    ]);
  });

  it('compares only those who looked: no box of one who did not see the image, or drew masks only, says nothing', () => {
    const made = shapeAgreement(
      images(12, () => [rater('ann', [box(0, 0)]), rater('bob', null, [disc(9, 9, 5)])]),
      false,
    );
    expect(made.boxes.f1At50).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OVERLAP' });
    expect(made.masks.dice).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OVERLAP' });
    expect(made.boxes.pairCount).toBe(0);
    const looked = shapeAgreement(
      images(12, () => [rater('ann', [box(0, 0)]), rater('bob', [])]),
      false,
    );
    expect(looked.boxes.f1At50.value).toBe(0);
    expect(looked.boxes.bothEmpty.value).toBe(0);
  });

  it('where nobody drew anything has no figure but full agreement on that', () => {
    const { boxes, masks } = shapeAgreement(
      images(12, () => [rater('ann', [], []), rater('bob', [], [])]),
      false,
    );
    for (const figure of [boxes.f1At50, boxes.meanOverlap, masks.dice, masks.hausdorff95])
      expect(figure).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OBJECT' });
    expect([boxes.bothEmpty.value, masks.agreedAbsent.value]).toEqual([1, 1]);
  });

  it('of no image at all has no figure', () => {
    const made = shapeAgreement([], false);
    expect([made.boxes.f1At50.reason, made.masks.dice.reason]).toEqual(['NO_OVERLAP', 'NO_OVERLAP']);
    expect(made.notes).toEqual([]);
  });

  it('says that borders and not objects are disputed where F1 falls far from .5 to .75', () => {
    const shifted = (by: number) =>
      shapeAgreement(
        images(40, () => [rater('ann', [box(0, 0)]), rater('bob', [box(by, 0)])]),
        false,
      );
    expect(codesOf(shifted(2))).toEqual(['BORDERS_DISPUTED']);
    expect(codesOf(shifted(1))).toEqual([]);
    expect(codesOf(shifted(9))).toEqual([]);
  });

  it('asks which class the matched boxes have', () => {
    const { boxes } = shapeAgreement(
      images(40, (index) => [
        rater('ann', [box(0, 0)]),
        rater('bob', [box(0, 0, 10, index % 4 ? 'cell' : 'debris')]),
      ]),
      false,
    );
    expect([boxes.f1At50.value, boxes.classAgreement.value]).toEqual([1, 0.75]);
  });

  it('compares masks class by class, several of one class together', () => {
    const made = shapeAgreement(
      images(12, () => [
        rater('ann', null, [disc(8, 8, 5), disc(22, 22, 5), disc(8, 22, 4, 'debris')]),
        rater('bob', null, [disc(22, 22, 5), disc(8, 8, 5)]),
      ]),
      false,
    ).masks;
    expect(made.dice.value).toBe(0.5);
    expect(made.hausdorff95).toMatchObject({ value: 0, imageCount: 12 });
    expect(made.hausdorff95.method).toBe('mean HD95, pixels, boundary-px-v1');
    expect([made.surfaceDice.value, made.agreedAbsent.value]).toEqual([0.5, 0]);
  });

  it('where one of two never marks a pixel has a Dice of 0 and no distance', () => {
    const { masks } = shapeAgreement(
      images(12, () => [rater('ann', null, [disc(8, 8, 5)]), rater('bob', null, [])]),
      false,
    );
    expect([masks.dice.value, masks.surfaceDice.value]).toEqual([0, 0]);
    expect(masks.hausdorff95).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'ONE_EMPTY' });
  });

  it('never stretches masks of another frame, and says that they are not compared', () => {
    const other = { width: 30, height: 31 };
    const made = shapeAgreement(
      images(12, () => [
        rater('ann', null, [disc(8, 8, 5)]),
        rater('bob', null, [disc(8, 8, 5, 'cell', other)]),
        rater('cyd', null, [disc(8, 8, 5), disc(8, 8, 5, 'cell', other)]),
      ]),
      false,
    );
    expect(made.masks.dice.reason).toBe('NO_OVERLAP');
    expect(made.masks.imagesOfOtherFrames).toBe(12);
    expect(codesOf(made)).toEqual(['OTHER_FRAMES']);
  });

  it('finds the same masks under two names, with images as evidence, but takes rectangles for no evidence', () => {
    const square = { kind: 'BOX', x: '5', y: '5', width: '9', height: '9' } as const;
    const rectangle = { label: 'cell', mask: rasterise(square, FRAME) };
    const made = shapeAgreement(
      images(20, (index) => [
        rater('ann', null, [disc(10, 10, 4 + (index % 5))]),
        rater('bob', null, [disc(10, 10, index < 7 ? 4 + (index % 5) : 9)]),
        rater('cyd', null, [rectangle]),
        rater('dan', null, [rectangle]),
      ]),
      false,
    );
    expect(made.masks.identicalMasks).toMatchObject([
      { first: 'ann', second: 'bob', identical: { value: 7 }, different: { value: 13 } },
    ]);
    expect(made.masks.identicalMasks[0]!.images).toEqual([0, 1, 2, 3, 4].map((index) => `image ${index}`));
    expect(codesOf(made)).toEqual(['IDENTICAL_MASKS']);
  });

  it('of a personal dataset hides figures that rest on 1 to 4 images of a pair', () => {
    const seen = images(14, (index) => [
      rater('ann', [box(0, 0)], [disc(9, 9, 5)]),
      rater(index < 4 ? 'bob' : 'cyd', [box(0, 0)], [disc(9, 9, index < 3 ? 5 : 6)]),
    ]);
    const made = shapeAgreement(seen, true);
    const statuses = [...made.boxes.pairs, ...made.masks.pairs].map(({ second, images }) => [
      second,
      images.status,
    ]);
    expect(statuses.filter(([, status]) => status === 'SUPPRESSED').map(([second]) => second)).toEqual([
      'bob',
      'bob',
    ]);
    expect(made.boxes.pairs.find(({ second }) => second === 'bob')!.f1At50.status).toBe('SUPPRESSED');
    expect(made.masks.identicalMasks[0]!.identical.status).toBe('SUPPRESSED');
  });

  it('lists 50 pairs of annotators, and says so', () => {
    const crowd = Array.from({ length: 12 }, (_, index) => rater(`worker ${index}`, [box(0, 0)]));
    const made = shapeAgreement(
      images(10, () => crowd),
      false,
    );
    expect([made.boxes.pairs.length, made.boxes.pairCount]).toEqual([50, 66]);
    expect(codesOf(made)).toEqual(['PAIRS_CUT']);
  });

  it('measures boundaries as long as that is not too long, and says where it stopped', () => {
    const seen = images(40, () => [
      rater('ann', null, [disc(9, 9, 5)]),
      rater('bob', null, [disc(9, 10, 5)]),
    ]);
    const made = shapeAgreement(seen, false, 20 * 110);
    expect(made.masks).toMatchObject({ distancesMeasured: 20, masksCompared: 40 });
    expect([made.masks.dice.imageCount, made.masks.hausdorff95.imageCount]).toEqual([40, 20]);
    expect(codesOf(made)).toEqual(['DISTANCES_OF_A_PART']);
    expect(shapeAgreement(seen, false, 0).masks.hausdorff95.reason).toBe('NOT_MEASURED');
  });

  const anyRater = (name: string) =>
    fc.record({
      annotator: fc.constant(name),
      boxes: fc.option(
        fc.array(
          fc
            .record({ x: fc.nat(9), y: fc.nat(9), label: fc.constantFrom('cell', 'debris', null) })
            .map(({ x, y, label }) => box(x, y, 6, label)),
          { maxLength: 3 },
        ),
      ),
      masks: fc.option(
        fc.array(
          fc
            .record({
              x: fc.nat(14),
              radius: fc.integer({ min: 1, max: 6 }),
              label: fc.constantFrom('cell', null),
            })
            .map(({ x, radius, label }) => disc(8 + x, 15, radius, label)),
          { maxLength: 2 },
        ),
      ),
    });
  const anyImages = fc
    .array(fc.tuple(anyRater('ann'), anyRater('bob'), anyRater('cyd')), { maxLength: 14 })
    .map((all) => images(all.length, (index) => all[index]!));

  it('never gives a number that is not finite', () => {
    fc.assert(
      fc.property(anyImages, fc.boolean(), (seen, personal) => {
        expect(numbersIn(shapeAgreement(seen, personal)).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of annotators and of their shapes', () => {
    fc.assert(
      fc.property(anyImages, (seen) => {
        const turned = seen.map((image) => ({
          ...image,
          raters: image.raters
            .map(({ annotator, boxes, masks }) => ({ annotator, boxes, masks: masks?.toReversed() ?? null }))
            .toReversed(),
        }));
        expect(shapeAgreement(turned, false)).toEqual(shapeAgreement(seen, false));
      }),
      { numRuns: 60 },
    );
  });
});

const SET = 'BU-BIL_Dataset1';

async function cells(folders: readonly string[][]): Promise<ShapeImage[]> {
  const raters = folders.map(async (path) => {
    const masks = await readCellMasks(SET, ...path);
    return masks.map((mask) => rater(path.at(-1)!, null, [{ label: 'cell', mask }]));
  });
  const all = await Promise.all(raters);
  return images(all[0]!.length, (index) => all.map((masks) => masks[index]!));
}

describe.skipIf(!hasCellMasks)('Cells outlined by five experts with two tools each (shared data)', () => {
  it('agree by a mean Dice of .8593, and Person2 is the gold standard', async () => {
    const names = await readdir(cellMasks(SET, 'ExpertsAnnotations'));
    const experts = names.map((name) => ['ExpertsAnnotations', name]);
    const seen = await cells([...experts, ['GoldStandard']]);
    const withoutGold = seen.map((image) => ({ ...image, raters: image.raters.slice(0, experts.length) }));
    const { masks } = shapeAgreement(withoutGold, false, 1e7);
    expect(masks.dice.value).toBeCloseTo(0.8593, 4);
    expect(masks.dice).toMatchObject({ status: 'OK', imageCount: 35 });
    expect(masks.identicalMasks).toMatchObject([
      { first: 'Person2_Amira', second: 'Person2_ImageJ', identical: { value: 35 }, different: { value: 0 } },
    ]);
    const withGold = shapeAgreement(seen, false, 0);
    expect(withGold.masks.identicalMasks.map(({ first, second }) => [first, second])).toEqual([
      ['GoldStandard', 'Person2_Amira'],
      ['GoldStandard', 'Person2_ImageJ'],
      ['Person2_Amira', 'Person2_ImageJ'],
    ]);
  });

  it('are not compared with the crowd’s crops, whose frame is another', async () => {
    const crops = ['CrowdsourcedAnnotations', 'mturk_annotation1-1'];
    const { masks, notes } = shapeAgreement(await cells([['GoldStandard'], crops]), false);
    expect(masks.imagesOfOtherFrames).toBeGreaterThanOrEqual(30);
    expect(notes.map(({ code }) => code)).toContain('OTHER_FRAMES');
  });
});
