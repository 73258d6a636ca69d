import type { ExportPlan, ExportSource } from '../../interchange/export-plan.ts';
import type { GreyImage } from '../../interchange/labelme-shape.ts';
import { writeLabelMe } from '../../interchange/write-labelme.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { greyPng } from '../../platform/grey-png.ts';

/**
 * LabelMe's files with its own masks, PNG images. The writer is pure and cannot wait for an encoder, so it writes twice: the
 * first time its masks are gathered, the second time they are there.
 */
export async function exportLabelMe(source: ExportSource): Promise<ExportPlan> {
  const images = new Map<string, GreyImage>();
  writeLabelMe(source, {
    encodePng: (image) => {
      images.set(keyOf(image), image);
      return Buffer.from(keyOf(image));
    },
    decodePng: (key) => images.get(Buffer.from(key).toString())!,
  });
  const encoded = new Map<string, Uint8Array>();
  const decoded = new Map<string, GreyImage>();
  for (const [key, image] of images) {
    const png = await greyPng(image.data, image.width, image.height);
    encoded.set(key, png);
    decoded.set(sha256Hex(png), image);
  }
  return writeLabelMe(source, {
    encodePng: (image) => encoded.get(keyOf(image))!,
    decodePng: (png) => decoded.get(sha256Hex(png))!,
  });
}

const keyOf = ({ width, height, data }: GreyImage) => `${width} × ${height} ${sha256Hex(data)}`;
