import type { ExportPlan, ExportSource } from '../../interchange/export-plan.ts';
import { writeMasks } from '../../interchange/write-masks.ts';
import { greyPng } from '../../platform/grey-png.ts';

/** Masks as label images, PNG files in folders of class and annotator. */
export async function exportMasks(source: ExportSource): Promise<ExportPlan> {
  const { files, losses } = writeMasks(source);
  const encoded: { path: string; content: Uint8Array }[] = [];
  for (const { path, image } of files)
    encoded.push({ path, content: await greyPng(image.data, image.width, image.height) });
  return { files: encoded, losses };
}
