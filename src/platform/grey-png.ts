import sharp from 'sharp';

/** A PNG of one channel of 8 bits, row by row. */
export async function greyPng(data: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  return sharp(Buffer.from(data), { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
}
