import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

export interface Specimen {
  readonly name: string;
  readonly path: string;
  readonly bytes: Buffer;
  readonly digest: string;
}

const WIDTH = 1024;
const HEIGHT = 768;

/** Photograph-like images from a seed: a smooth field with fine grain, so that the codec has real work. */
function raster(seed: number): Buffer {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  let state = (seed * 2654435761 + 12345) >>> 0;
  let at = 0;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const grain = (state >>> 24) / 8;
      const field = 100 + 60 * Math.sin((x + seed * 37) / 61) + 50 * Math.cos((y - seed * 17) / 43);
      pixels[at++] = field + grain;
      pixels[at++] = field * 0.8 + grain + 20;
      pixels[at++] = field * 0.5 + grain;
    }
  }
  return pixels;
}

/** JPEGs and 16-bit TIFFs of 1024 × 768, written to the folder. */
export async function makeSpecimens(folder: string, jpegs: number, tiffs: number): Promise<Specimen[]> {
  const made: Specimen[] = [];
  for (let index = 0; index < jpegs + tiffs; index++) {
    const image = sharp(raster(index), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
    const isJpeg = index < jpegs;
    const bytes = isJpeg
      ? await image.jpeg({ quality: 88 }).toBuffer()
      : await image.toColourspace('rgb16').tiff({ compression: 'lzw' }).toBuffer();
    const name = `image-${String(index).padStart(5, '0')}.${isJpeg ? 'jpg' : 'tif'}`;
    const path = join(folder, name);
    await writeFile(path, bytes);
    made.push({ name, path, bytes, digest: createHash('sha256').update(bytes).digest('hex') });
  }
  return made;
}
