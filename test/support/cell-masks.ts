import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { type Mask, maskRuns } from '../../src/statistics/mask-runs.ts';
import { isShared, shared } from './shared.ts';

/** Cells outlined by several people, one folder a person (shared/data, its SOURCE.md). Tests skip where they are absent. */
export const hasCellMasks = isShared('data', 'bubil_multiannotator');

export function cellMasks(...path: string[]): string {
  return shared('data', 'bubil_multiannotator', ...path);
}

/** The masks of a folder in the order of their names, whatever their case: black is the object. */
export async function readCellMasks(...path: string[]): Promise<Mask[]> {
  const names = (await readdir(cellMasks(...path))).filter((name) => name.endsWith('.png'));
  const sorted = names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return Promise.all(sorted.map((name) => readCellMask(cellMasks(...path, name))));
}

async function readCellMask(path: string): Promise<Mask> {
  const image = sharp(path).removeAlpha().toColourspace('b-w').raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      pixels[x * height + y] = Number(data[(y * width + x) * channels]! < 128);
  return maskRuns(pixels, width, height);
}
