import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayedFrame } from '../../src/page/views/image/displayed-frame.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { isShared, shared } from '../support/shared.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];
/** A white box on black, off every centre line, in the stored pixels. */
const BOX = { left: 8, top: 4, width: 12, height: 6 };
const STORED = { width: 60, height: 40 };

async function marked(orientation: number): Promise<Buffer> {
  const box = await sharp({
    create: { width: BOX.width, height: BOX.height, channels: 3, background: 'white' },
  })
    .png()
    .toBuffer();
  return sharp({ create: { ...STORED, channels: 3, background: { r: 0, g: 0, b: orientation } } })
    .composite([{ input: box, left: BOX.left, top: BOX.top }])
    .withMetadata({ orientation })
    .png()
    .toBuffer();
}

const QUESTION = `query ($dataset: String!, $size: PreviewSize!) { dataset(slug: $dataset) { images(first: 100) { nodes {
  name digest preview(size: $size) { address reason mediaType width height stretch { bits low high sentence } } } } } }`;

describe('previews', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'turned');
    const images: Record<string, Buffer> = { 'noise.png': await noiseImage(7, { width: 900, height: 700 }) };
    for (const orientation of ORIENTATIONS) images[`${orientation}.png`] = await marked(orientation);
    const ramp = Uint16Array.from({ length: 6400 }, (_, index) => 1000 + index);
    images['deep.png'] = await sharp(ramp, { raw: { width: 80, height: 80, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    await addImages(house, 'turned', images);
    await succeed(house, 'registerImages', {
      dataset: 'turned',
      images: [{ name: 'elsewhere.png', address: 'https://images.example/1.png' }],
    });
  });
  afterAll(() => house?.stop());

  const previews = async (size: string, dataset = 'turned', token?: string) => {
    const answer = await house.ask(QUESTION, { dataset, size }, token);
    return new Map<string, Answer>(answer.dataset.images.nodes.map((node: Answer) => [node.name, node]));
  };
  const pixelsOf = async (address: string) => {
    const bytes = Buffer.from(await (await house.fetch(address)).arrayBuffer());
    return sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  };

  it('are turned as the EXIF orientation asks, and a label of the stored pixels falls where it belongs', async () => {
    const found = await previews('THUMBNAIL');
    for (const orientation of ORIENTATIONS) {
      const { preview } = found.get(`${orientation}.png`);
      const { data, info } = await pixelsOf(preview.address);
      const frame = displayedFrame(STORED.width, STORED.height, orientation);
      expect([info.width, info.height], `${orientation}`).toEqual([frame.width, frame.height]);
      expect([preview.width, preview.height], `${orientation}`).toEqual([frame.width, frame.height]);
      const [a, b, c, d, e, f] = frame.matrix;
      const at = (x: number, y: number) => {
        const [column, row] = [Math.floor(a * x + c * y + e), Math.floor(b * x + d * y + f)];
        return data[(row * info.width + column) * info.channels]!;
      };
      expect(at(BOX.left + 6, BOX.top + 3), `inside, ${orientation}`).toBeGreaterThan(200);
      expect(
        at(STORED.width - BOX.left - 6, STORED.height - BOX.top - 3),
        `outside, ${orientation}`,
      ).toBeLessThan(60);
    }
  });

  it('of samples of 16 bits are stretched, and say so', async () => {
    const { preview } = (await previews('SCREEN')).get('deep.png');
    expect(preview.stretch).toMatchObject({ bits: 16, low: 1063, high: 7335 });
    expect(preview.stretch.sentence).toContain('shown black');
    const { data } = await pixelsOf(preview.address);
    expect(data[0]).toBeLessThan(5);
    expect(data.at(-1)).toBeGreaterThan(250);
    expect((await previews('SCREEN')).get('noise.png').preview.stretch).toBeNull();
  });

  it('are no larger than their size and never enlarged', async () => {
    const small = (await previews('THUMBNAIL')).get('noise.png').preview;
    expect([small.width, small.height]).toEqual([256, 199]);
    const { info } = await pixelsOf(small.address);
    expect([info.width, info.height]).toEqual([256, 199]);
    const large = (await previews('SCREEN')).get('noise.png').preview;
    expect([large.width, large.height]).toEqual([900, 700]);
  });

  it('are immutable under their address, made once', async () => {
    const { address } = (await previews('THUMBNAIL')).get('noise.png').preview;
    const [first, again] = [await house.fetch(address), await house.fetch(address)];
    expect(first.headers.get('cache-control')).toContain('immutable');
    expect(first.headers.get('etag')).toBe(again.headers.get('etag'));
    expect(await first.arrayBuffer()).toEqual(await again.arrayBuffer());
    expect((await house.fetch(address.replace('/previews/1/', '/previews/99/'))).status).toBe(404);
    expect((await house.fetch(address.replace('thumbnail', 'poster'))).status).toBe(404);
  });

  it('are not there for an image by reference, nor for who may not read pixels', async () => {
    expect((await previews('THUMBNAIL')).get('elsewhere.png').preview).toMatchObject({
      address: null,
      reason: 'BY_REFERENCE',
    });
    const { address } = (await previews('THUMBNAIL')).get('noise.png').preview;
    const viewer = await house.tokenOf('VIEWER', 'turned');
    expect((await previews('THUMBNAIL', 'turned', viewer)).get('noise.png').preview).toMatchObject({
      address: null,
      reason: 'NOT_ALLOWED',
    });
    expect((await house.fetch(address, { token: viewer })).status).toBe(403);
    expect((await house.fetch(address, { token: null })).status).toBe(401);
  });

  it('go with the image when it is withdrawn', async () => {
    const { digest, preview } = (await previews('SCREEN')).get('noise.png');
    const answer = await house.fetch(preview.address);
    const held = answer.headers.get('etag')!.replaceAll('"', '').replace('sha256:', '');
    await succeed(house, 'withdrawImages', { dataset: 'turned', images: ['noise.png'], reason: 'LICENCE' });
    expect((await house.fetch(preview.address)).status).toBe(404);
    expect((await house.fetch(`/blobs/sha256/${digest}`)).status).toBe(404);
    await expect.poll(() => house.services.blobs.stat(held), { timeout: 20_000 }).toBeNull();
  });

  describe.skipIf(!isShared('data', 'awkward_images'))('of photographs in the eight orientations', () => {
    it('look the same, each of them upright', async () => {
      await newDataset(house, 'landscapes');
      const images: Record<string, Buffer> = {};
      for (const orientation of ORIENTATIONS)
        images[`${orientation}.jpg`] = await readFile(
          shared('data', 'awkward_images', 'sharp_fixtures', `Landscape_${orientation}.jpg`),
        );
      await addImages(house, 'landscapes', images);
      const found = await previews('THUMBNAIL', 'landscapes');
      const small = await Promise.all(
        ORIENTATIONS.map(async (orientation) => {
          const { address } = found.get(`${orientation}.jpg`).preview;
          const bytes = Buffer.from(await (await house.fetch(address)).arrayBuffer());
          return sharp(bytes).resize(16, 16, { fit: 'fill' }).greyscale().raw().toBuffer();
        }),
      );
      for (const other of small) {
        const differences = [...other].map((value, index) => Math.abs(value - small[0]![index]!));
        expect(Math.max(...differences)).toBeLessThan(40);
      }
    });
  });

  describe.skipIf(!isShared('data', 'microscopy_tiff'))('of a microscope’s 16 bits', () => {
    it('show its narrow range of samples from black to white', async () => {
      await newDataset(house, 'speckles');
      const path = ['data', 'microscopy_tiff', 'ExampleSpeckles', 'images', '1-162hrh2ax2.tif'];
      await addImages(house, 'speckles', { 'speckles.tif': await readFile(shared(...path)) });
      const { preview } = (await previews('SCREEN', 'speckles')).get('speckles.tif');
      expect(preview).toMatchObject({ mediaType: 'image/webp', stretch: { bits: 16 } });
      const { low, high } = preview.stretch;
      expect(high - low).toBeLessThan(65_535 / 16);
      const { data } = await pixelsOf(preview.address);
      const shown = data.toSorted((one, other) => one - other);
      expect([shown[0]! < 16, shown.at(-1)! > 239]).toEqual([true, true]);
    });
  });
});
