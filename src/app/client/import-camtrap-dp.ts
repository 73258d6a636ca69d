import { join, resolve, sep } from 'node:path';
import { camtrapResources, readCamtrapDp } from '../../interchange/camtrap-dp.codec.ts';
import type { ImageDraft } from '../../interchange/import-plan.ts';
import { DomainError } from '../../kernel/errors.ts';
import { exists } from './exists.ts';
import type { ImportSource, Sizes, SourceOptions } from './import-source-options.ts';
import { readText } from './read-text.ts';
import type { LocalFile } from './walk-folder.ts';

/** A Camtrap DP folder. Media within it are brought in by their bytes, those elsewhere by reference. */
export async function openCamtrapDp(options: SourceOptions): Promise<ImportSource> {
  const folder = options.path;
  const descriptor = join(folder, 'datapackage.json');
  if (!(await exists(descriptor)))
    throw new DomainError('BAD_INPUT', `${folder} holds no datapackage.json; is it a Camtrap DP package?`);
  const { version, paths } = camtrapResources(await readText(descriptor));
  const [media, deployments, observations] = await Promise.all(
    [paths.media, paths.deployments, paths.observations].map((path) => readText(within(folder, path))),
  );
  const tables = { media: media!, deployments: deployments!, observations: observations! };
  const read = (sizes?: Sizes) => readCamtrapDp(tables, version, { annotator: options.annotator, sizes });
  const plan = read();
  if (options.byReference) return { files: [], plan, planWith: read };
  const files: LocalFile[] = [];
  const references: ImageDraft[] = [];
  for (const image of plan.images) {
    const path = resolve(options.images ?? folder, image.name);
    const isInside = path.startsWith(resolve(options.images ?? folder) + sep);
    if (image.address === undefined && isInside && (await exists(path)))
      files.push({ name: image.name, path });
    else references.push(image);
  }
  return { files, references, plan, planWith: read };
}

function within(folder: string, path: string): string {
  const found = resolve(folder, path);
  if (found.startsWith(resolve(folder) + sep)) return found;
  throw new DomainError('BAD_INPUT', `datapackage.json: "${path}" leads out of the package.`);
}
