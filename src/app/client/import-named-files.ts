import { join, resolve, sep } from 'node:path';
import type { ImportPlan } from '../../interchange/import-plan.ts';
import { exists } from './exists.ts';
import type { LocalFile } from './walk-folder.ts';

/**
 * The files of the images that a plan names. One that is not in the folder is refused, unless the folder was only
 * guessed: then the images are taken to be in the dataset already.
 */
export async function filesNamed(
  plan: ImportPlan,
  { byReference }: { byReference: boolean },
  folder: string | null,
  isGuess = false,
): Promise<LocalFile[]> {
  if (byReference || folder === null) return [];
  const files = plan.images.map(({ name }) => ({ name, path: join(folder, name) }));
  const outside = files.filter(({ path }) => !resolve(path).startsWith(resolve(folder) + sep));
  for (const { name } of outside)
    plan.refused.push({
      where: name,
      field: 'image',
      code: 'INVALID_VALUE',
      message: `"${name}" leads out of ${folder}; name images by their path below it.`,
      image: name,
    });
  const inside = files.filter((file) => !outside.includes(file));
  if (!isGuess) return inside;
  const there: LocalFile[] = [];
  for (const file of inside) if (await exists(file.path)) there.push(file);
  return there;
}
