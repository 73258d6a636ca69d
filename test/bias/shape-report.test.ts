import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

const [WIDTH, HEIGHT] = [32, 24];
const NAMES = Array.from({ length: 12 }, (_, index) => `i${index}.png`);

/** A blob whose border depends on the seed. */
function mask(seed: number) {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 4; y < 18; y += 1)
    for (let x = 5 + ((y * seed) % 3); x < 20 + ((y + seed) % 2); x += 1) pixels[y * WIDTH + x] = 1;
  const { size, counts } = encodeMask(pixels, WIDTH, HEIGHT);
  return { mask: { size: [...size], counts } };
}

describe('The report on shapes', () => {
  let house: House;
  let report: Answer;
  const figures = '{ value reason imageCount unitCount interval { lower upper } }';

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'cells');
    const images: Record<string, Buffer> = {};
    for (const [index, name] of NAMES.entries())
      images[name] = await noiseImage(index + 1, { width: WIDTH, height: HEIGHT });
    await addImages(house, 'cells', images);
    await succeed(house, 'defineLabelSchema', { dataset: 'cells', classes: [{ name: 'cell' }] });
    await succeed(house, 'declareAnnotators', {
      dataset: 'cells',
      annotators: [{ pseudonym: 'gold', kind: 'REFERENCE' }],
    });
    const marked = NAMES.flatMap((image, index) => [
      { image, annotator: 'ann', kind: 'MASK', label: 'cell', geometry: mask(1) },
      { image, annotator: 'bo', kind: 'MASK', label: 'cell', geometry: mask(2 + (index % 2)) },
      { image, annotator: 'gold', kind: 'MASK', label: 'cell', geometry: mask(1) },
      {
        image,
        annotator: 'ann',
        kind: 'BOX',
        label: 'cell',
        geometry: { box: { x: '2', y: '2', width: '10', height: '10' } },
      },
      {
        image,
        annotator: 'bo',
        kind: 'BOX',
        label: 'cell',
        geometry: { box: { x: '3', y: '2', width: '10', height: '10' } },
      },
    ]);
    await succeed(house, 'recordAnnotations', {
      dataset: 'cells',
      source: 'test',
      strict: true,
      annotations: marked,
    });
    const { dataset } = await house.ask(
      `{ dataset(slug: "cells") { shapeReport { id colour raterCount imageCount cards { kind colour sentence }
         boxes { f1At50 ${figures} f1At75 ${figures} meanOverlap ${figures} pairs { first second } }
         masks { dice ${figures} hausdorff95 ${figures} masksCompared } identicalMasks { first second identical ${figures} images } notes { code } } } }`,
    );
    report = dataset.shapeReport;
  });
  afterAll(() => house?.stop());

  it('compares the boxes and masks of people, and of no reference', () => {
    expect(report.raterCount).toBe(2);
    expect(report.boxes.f1At50.value).toBe(1);
    expect(report.boxes.meanOverlap.value).toBeCloseTo(90 / 110, 6);
    expect(report.masks.masksCompared).toBe(NAMES.length);
    expect(report.masks.dice.value).toBeGreaterThan(0.8);
    expect(report.masks.dice.interval).not.toBeNull();
  });

  it('finds the annotator whose masks are the reference, with images as evidence', () => {
    expect(report.identicalMasks).toMatchObject([
      { first: 'ann', second: 'gold', identical: { value: NAMES.length } },
    ]);
    expect(report.identicalMasks[0].images[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('tells it in two cards, in sentences', () => {
    expect(report.cards.map(({ kind }: Answer) => kind)).toEqual(['BOX_AGREEMENT', 'MASK_AGREEMENT']);
    expect(report.cards[1].sentence).toMatch(/same masks to the pixel/);
  });

  it('is kept and read as a page', async () => {
    const page = await (await house.fetch(`/reports/${report.id}.md`)).text();
    expect(page).toMatch(/Shapes: how far do annotators agree/);
    expect((await house.fetch(`/reports/${report.id}.csv`)).status).toBe(200);
  });
});
