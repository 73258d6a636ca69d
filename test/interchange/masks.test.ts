import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMask, encodeMask, maskArea } from '../../src/annotation/run-length-encoding.ts';
import { labelRegions, type MaskReading, strayPixels } from '../../src/interchange/label-regions.ts';
import { linkCorrections } from '../../src/interchange/link-corrections.ts';
import { maskFiles } from '../../src/interchange/mask-files.ts';
import { type MaskOptions, planMasks, type ReadMask } from '../../src/interchange/plan-masks.ts';

const said = (reading: Partial<MaskReading>): MaskReading => ({
  foreground: null,
  instances: false,
  ...reading,
});
const image = (width: number, height: number, values: number[]) => ({ path: 'm.png', width, height, values });
const region = (id: number, from: number, to: number) => ({
  id,
  mask: encodeMask(
    Uint8Array.from({ length: 20 }, (_, at) => Number(from <= at && at < to)),
    20,
    1,
  ),
});

describe('the objects of a mask', () => {
  it('never guesses which of two values is the object', () => {
    const mask = image(2, 1, [0, 255]);
    expect(() => labelRegions(mask, said({}))).toThrow(/--foreground 0 or --foreground 255/);
    expect(decodeMask(labelRegions(mask, said({ foreground: 0 }))[0]!.mask)).toEqual(Uint8Array.of(1, 0));
    expect(decodeMask(labelRegions(mask, said({ foreground: 255 }))[0]!.mask)).toEqual(Uint8Array.of(0, 1));
  });

  it('asks what more values than two are', () => {
    const mask = image(3, 1, [0, 1, 2]);
    expect(() => labelRegions(mask, said({}))).toThrow(/--instances/);
    expect(() => labelRegions(mask, said({ foreground: 255 }))).toThrow(
      /255, said to be the object, is none/,
    );
    expect(maskArea(labelRegions(mask, said({ foreground: 'nonzero' }))[0]!.mask)).toBe(2);
  });

  it('are of the value that was said, and count the pixels that are neither object nor background', () => {
    const mask = image(5, 1, [0, 255, 255, 24, 0]);
    expect(maskArea(labelRegions(mask, said({ foreground: 0 }))[0]!.mask)).toBe(2);
    expect(strayPixels(mask, said({ foreground: 0 }))).toBe(1);
    expect(strayPixels(mask, said({ foreground: 'nonzero' }))).toBe(0);
    expect(strayPixels(image(2, 1, [0, 255]), said({ foreground: 255 }))).toBe(0);
  });

  it('are one for each value but 0 of a label image, and none of an empty one', () => {
    const regions = labelRegions(image(2, 2, [7, 0, 3, 7]), said({ instances: true }));
    expect(regions.map(({ id, mask }) => [id, [...decodeMask(mask)]])).toEqual([
      [3, [0, 0, 1, 0]],
      [7, [1, 0, 0, 1]],
    ]);
    expect(labelRegions(image(1, 2, [0, 0]), said({ instances: true }))).toEqual([]);
    expect(labelRegions(image(1, 2, [255, 255]), said({ foreground: 0 }))).toEqual([]);
  });

  it('are the encoding of each value by itself, for any label image', () => {
    const shape = fc.record({
      width: fc.integer({ min: 1, max: 9 }),
      height: fc.integer({ min: 1, max: 9 }),
    });
    const images = shape.chain(({ width, height }) =>
      fc
        .array(fc.integer({ min: 0, max: 3 }), { minLength: width * height, maxLength: width * height })
        .map((values) => image(width, height, values)),
    );
    fc.assert(
      fc.property(images, (mask) => {
        const { width, height, values } = mask;
        for (const { id, mask: found } of labelRegions(mask, said({ instances: true })))
          expect(found).toEqual(
            encodeMask(
              Uint8Array.from(values, (value) => Number(value === id)),
              width,
              height,
            ),
          );
      }),
    );
  });
});

describe('mask files', () => {
  const names = ['P1/seg_B1.png', 'P2/Seg_B1.png', 'gold/seg_B1.png', 'notes.txt'];

  it('are told by patterns, in capitals or not if asked, and the rest is named', () => {
    const files = ['{annotator}/seg_{image}.png'];
    const strict = maskFiles(names, { files, prediction: 'gold/{image}.tif', ignoreCase: false });
    expect(strict.unmatched).toEqual(['P2/Seg_B1.png', 'notes.txt']);
    const loose = maskFiles(names, { files, prediction: null, ignoreCase: true });
    expect(loose.masks.map(({ annotator, image: of }) => [annotator, of])).toEqual([
      ['P1', 'B1'],
      ['P2', 'B1'],
      ['gold', 'B1'],
    ]);
  });

  it('want an image in each pattern, and no other names than they know', () => {
    const wrong = (file: string) => () =>
      maskFiles(names, { files: [file], prediction: null, ignoreCase: false });
    expect(wrong('{annotator}.png')).toThrow(/says no image/);
    expect(wrong('{image}_{rater}.png')).toThrow(/has \{rater\}/);
    expect(() => maskFiles(names, { files: [], prediction: null, ignoreCase: false })).toThrow(/--file/);
  });
});

describe('corrections of a prediction', () => {
  it('are joined by id where the objects touch, else by the greatest overlap from .5 on', () => {
    const predicted = [region(1, 0, 6), region(2, 8, 14), region(3, 15, 20)];
    const corrected = [region(1, 0, 1), region(2, 0, 6), region(9, 8, 13), region(8, 17, 18)];
    expect([...linkCorrections(corrected, predicted)]).toEqual([
      [0, 0],
      [2, 1],
    ]);
  });

  it('never join one object of the model twice by overlap', () => {
    const links = linkCorrections([region(5, 0, 10), region(6, 0, 9)], [region(1, 0, 10)]);
    expect([...links]).toEqual([[0, 0]]);
  });
});

describe('a folder of masks', () => {
  const options: MaskOptions = {
    annotator: null,
    label: 'cell',
    model: null,
    images: ['raw/B1.png', 'raw/B2.tif'],
    sizes: new Map([['raw/B1.png', { width: 20, height: 1 }]]),
    ignoreCase: false,
  };
  const mask = (more: Partial<ReadMask>): ReadMask => ({
    path: 'P1/B1.png',
    image: 'B1',
    annotator: 'P1',
    label: null,
    isPrediction: false,
    width: 20,
    height: 1,
    regions: [region(1, 0, 5)],
    ...more,
  });

  it('keeps each mask as its annotator’s, and one without a pixel as seen and empty', () => {
    const plan = planMasks([mask({}), mask({ path: 'P2/B1.png', annotator: 'P2', regions: [] })], options);
    expect(
      plan.annotations.map(({ image: of, annotator, kind, label }) => [of, annotator, kind, label]),
    ).toEqual([
      ['raw/B1.png', 'P1', 'MASK', 'cell'],
      ['raw/B1.png', 'P2', 'EMPTY', null],
    ]);
    expect(plan.classes).toEqual(['cell']);
  });

  it('refuses a mask of another frame, never stretching it, and one of no image', () => {
    const plan = planMasks([mask({ width: 10 }), mask({ path: 'x', image: 'B9' })], options);
    expect(plan.annotations).toEqual([]);
    expect(plan.refused).toMatchObject([
      { where: 'P1/B1.png', code: 'SIZE_MISMATCH', message: expect.stringContaining('nothing is stretched') },
      { where: 'x', code: 'UNKNOWN_IMAGE' },
    ]);
  });

  it('says where the frame could not be checked', () => {
    const plan = planMasks([mask({ image: 'B2' })], options);
    expect(plan.notes[0]?.message).toMatch(/not known; their frame is not checked/);
  });

  it('keeps the model’s mask and the correction of it, linked', () => {
    const prediction = mask({ path: 'pred/B1.tif', annotator: null, isPrediction: true });
    const plan = planMasks([mask({ regions: [region(1, 0, 4), region(2, 9, 12)] }), prediction], {
      ...options,
      model: 'manini',
    });
    const [model, corrected, added] = plan.annotations;
    expect([model?.annotator, corrected?.corrects, added?.corrects]).toEqual([
      'manini',
      model?.key,
      undefined,
    ]);
    expect(plan.annotators).toEqual([{ name: 'manini', kind: 'MODEL', expertise: null }]);
    expect(plan.notes[0]?.message).toMatch(/1 corrections change one, 0 leave it, 1 objects are added/);
  });
});
