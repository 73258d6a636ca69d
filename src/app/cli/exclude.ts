import { excludeImages } from '../client/exclude-images.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

export async function exclude(options: AccessOptions & { dataset: string; from: string }): Promise<void> {
  const report = await excludeImages(await accessOf(options), options.dataset, options.from);
  if (options.json) printJson(report);
  else
    print(`${report.excluded} images of ${report.dataset} are kept out, as of revision ${report.revision}`);
}
