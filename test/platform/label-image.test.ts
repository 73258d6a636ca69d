import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabelImage } from '../../src/platform/label-image.ts';

const raw = (width: number, height: number, channels: 1 | 2 | 3 | 4) => ({
  raw: { width, height, channels },
});
const labels = [0, 1000, 2000, 70_000];

/** An uncompressed TIFF of one sample a pixel (TIFF 6.0): `format` 1 unsigned, 2 signed, 3 floating. */
function tiff(data: Buffer, bits: number, format: number): Buffer {
  const tags = [
    [256, 4],
    [257, 1],
    [258, bits],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, 1],
    [279, data.length],
    [339, format],
  ];
  const directory = Buffer.alloc(2 + tags.length * 12 + 4);
  directory.writeUInt16LE(tags.length);
  for (const [index, [tag, value]] of tags.entries()) {
    directory.writeUInt16LE(tag!, 2 + index * 12);
    directory.writeUInt16LE(4, 4 + index * 12);
    directory.writeUInt32LE(1, 6 + index * 12);
    directory.writeUInt32LE(value!, 10 + index * 12);
  }
  const header = Buffer.alloc(8);
  header.write('II*\0');
  header.writeUInt32LE(8 + data.length, 4);
  return Buffer.concat([header, data, directory]);
}

describe('an image of labels', () => {
  let folder: string;
  const stored = async (name: string, bytes: Buffer) => {
    await writeFile(join(folder, name), bytes);
    return readLabelImage(join(folder, name), name);
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-labels-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['unsigned', 1, Buffer.from(Uint32Array.from(labels).buffer)],
    ['signed', 2, Buffer.from(Int32Array.from(labels).buffer)],
    ['floating', 3, Buffer.from(Float32Array.from(labels).buffer)],
  ])('keeps every label of 32 bits, %s', async (name, format, data) => {
    expect([...(await stored(`${name}.tif`, tiff(data, 32, format))).values]).toEqual(labels);
  });

  it('keeps labels of 16 bits as they are stored', async () => {
    const sixteen = Uint16Array.of(0, 1, 300, 65_535);
    expect([...(await stored('16.tif', tiff(Buffer.from(sixteen.buffer), 16, 1))).values]).toEqual([
      ...sixteen,
    ]);
    const png = await sharp(sixteen, raw(4, 1, 1))
      .toColourspace('grey16')
      .png()
      .toBuffer();
    expect([...(await stored('16.png', png)).values]).toEqual([...sixteen]);
  });

  it('is the same in grey, in colours that are grey, with an alpha that says nothing, in a palette, in one bit', async () => {
    const grey = Buffer.of(0, 255, 255, 0);
    const base = () => sharp(grey, raw(4, 1, 1)).toColourspace('b-w');
    const files = {
      'grey.png': await base().png().toBuffer(),
      'rgb.png': await sharp(Buffer.from([...grey].flatMap((value) => [value, value, value])), raw(4, 1, 3))
        .png()
        .toBuffer(),
      'rgba.png': await sharp(
        Buffer.from([...grey].flatMap((value) => [value, value, value, 255])),
        raw(4, 1, 4),
      )
        .png()
        .toBuffer(),
      'palette.png': await base().png({ palette: true, colours: 2 }).toBuffer(),
      'bit.tif': await base().tiff({ bitdepth: 1, compression: 'none' }).toBuffer(),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const { values, isColour } = await stored(name, bytes);
      expect([name, isColour, ...values]).toEqual([name, false, ...grey]);
    }
  });

  it('is the alpha where that alone varies, and the colour where there is colour', async () => {
    const drawn = Buffer.of(9, 9, 9, 0, 9, 9, 9, 255);
    expect([
      ...(
        await stored(
          'alpha.png',
          await sharp(drawn, raw(2, 1, 4))
            .png()
            .toBuffer(),
        )
      ).values,
    ]).toEqual([0, 255]);
    const painted = Buffer.of(0, 0, 0, 255, 128, 0);
    const { values, isColour } = await stored(
      'colour.png',
      await sharp(painted, raw(2, 1, 3))
        .png()
        .toBuffer(),
    );
    expect([isColour, ...values]).toEqual([true, 0, 0xff8000]);
  });

  it('is refused where it keeps no exact values, or holds no labels', async () => {
    const jpeg = await sharp(Buffer.of(0, 255), raw(2, 1, 1))
      .jpeg()
      .toBuffer();
    await expect(stored('lossy.jpg', jpeg)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    const negative = tiff(Buffer.from(Int32Array.of(0, -1, 2, 3).buffer), 32, 2);
    await expect(stored('negative.tif', negative)).rejects.toMatchObject({ code: 'INVALID_VALUE' });
    const fraction = tiff(Buffer.from(Float32Array.of(0, 0.5, 2, 3).buffer), 32, 3);
    await expect(stored('fraction.tif', fraction)).rejects.toMatchObject({ code: 'INVALID_VALUE' });
    const blended = Buffer.of(1, 2, 3, 0, 4, 5, 6, 255);
    const both = await sharp(blended, raw(2, 1, 4))
      .png()
      .toBuffer();
    await expect(stored('both.png', both)).rejects.toMatchObject({ code: 'INVALID_VALUE' });
    await expect(stored('none.png', Buffer.from('text'))).rejects.toMatchObject({ code: 'CORRUPT_IMAGE' });
  });
});
