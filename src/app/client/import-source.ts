import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readCoco } from '../../interchange/coco.codec.ts';
import { readCvat } from '../../interchange/cvat.codec.ts';
import { emptyPlan, type ImportPlan } from '../../interchange/import-plan.ts';
import { readLabelStudio } from '../../interchange/label-studio.codec.ts';
import { readPascalVoc } from '../../interchange/pascal-voc.codec.ts';
import { readTable } from '../../interchange/table.codec.ts';
import { DomainError, isDomainError } from '../../kernel/errors.ts';
import { exists } from './exists.ts';
import { openCamtrapDp } from './import-camtrap-dp.ts';
import { FOLDER_FORMATS, type ImportFormat } from './import-formats.ts';
import { openLabelMe, openYolo } from './import-label-files.ts';
import { openMasks } from './import-masks.ts';
import { filesNamed } from './import-named-files.ts';
import { openRatings } from './import-ratings.ts';
import type { ImportSource, Sizes, SourceOptions } from './import-source-options.ts';
import { readText } from './read-text.ts';
import { walkFolder } from './walk-folder.ts';

/** Opens what lies at a path. Throws BAD_INPUT where it is not what the format asks for. */
export async function openSource(options: SourceOptions): Promise<ImportSource> {
  if (!(await exists(options.path))) throw new DomainError('BAD_INPUT', `${options.path} is not there.`);
  const isFolder = (await stat(options.path)).isDirectory();
  const asksForFolder = FOLDER_FORMATS.includes(options.format);
  if (isFolder !== asksForFolder) {
    const wanted = asksForFolder ? 'a folder' : 'one file';
    throw new DomainError(
      'BAD_INPUT',
      `${options.path}: the format ${options.format} is read from ${wanted}.`,
    );
  }
  return OPENERS[options.format](options);
}

const OPENERS: Record<ImportFormat, (options: SourceOptions) => Promise<ImportSource>> = {
  images: openImages,
  table: openTable,
  voc: openVoc,
  coco: oneFile(readCoco),
  cvat: oneFile(readCvat),
  'label-studio': oneFile(readLabelStudio),
  ratings: openRatings,
  masks: openMasks,
  yolo: openYolo,
  labelme: openLabelMe,
  'camtrap-dp': openCamtrapDp,
};

async function openImages({ path }: SourceOptions): Promise<ImportSource> {
  const plan = emptyPlan({ format: 'images', version: null, frame: 'no coordinates' });
  return { files: await walkFolder(path), plan, planWith: null };
}

async function openTable(options: SourceOptions): Promise<ImportSource> {
  const { path } = options;
  const plan = readTable(await readText(path), { ...options, path: path.replace(/\.gz$/i, '') });
  return { files: await filesNamed(plan, options, options.images), plan, planWith: null };
}

/** A format of one file that names its images; they lie in `--images`, or perhaps beside the file. */
function oneFile(
  reader: (text: string, options: { annotator: string | null; sizes?: Sizes }) => ImportPlan,
): (options: SourceOptions) => Promise<ImportSource> {
  return async (options) => {
    const text = await readText(options.path);
    const read = (sizes?: Sizes) => reader(text, { annotator: options.annotator, sizes });
    const plan = read();
    const folder = options.images ?? dirname(resolve(options.path));
    const files = await filesNamed(plan, options, folder, options.images === null);
    return { files, plan, planWith: read };
  };
}

/** A VOC folder (Annotations, JPEGImages), or any folder of XML files with the images beside or in `--images`. */
async function openVoc(options: SourceOptions): Promise<ImportSource> {
  const { path, annotator, origin } = options;
  const annotations = (await exists(join(path, 'Annotations'))) ? join(path, 'Annotations') : path;
  const own = (await exists(join(path, 'JPEGImages'))) ? join(path, 'JPEGImages') : null;
  const folder = options.images ?? own;
  const files: { path: string; text: string }[] = [];
  const unread: ImportPlan['refused'] = [];
  for (const file of await walkFolder(annotations)) {
    if (!/\.xml$/i.test(file.name)) continue;
    try {
      files.push({ path: file.name, text: await readText(file.path) });
    } catch (error) {
      if (!isDomainError(error)) throw error;
      unread.push({ where: file.name, field: null, code: error.code, message: error.message });
    }
  }
  if (files.length + unread.length === 0)
    throw new DomainError('BAD_INPUT', `${annotations} holds no XML file; is it a Pascal VOC folder?`);
  const images = folder === null || options.byReference ? [] : await walkFolder(folder);
  const read = (sizes?: Sizes) => {
    const plan = readPascalVoc(files, { annotator, origin, sizes });
    plan.refused.unshift(...unread);
    return plan;
  };
  return { files: images, plan: read(), planWith: read };
}
