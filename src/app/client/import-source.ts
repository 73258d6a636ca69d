import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Size } from '../../annotation/geometry.ts';
import { readCoco } from '../../interchange/coco.codec.ts';
import { emptyPlan, type ImportPlan } from '../../interchange/import-plan.ts';
import { readPascalVoc } from '../../interchange/pascal-voc.codec.ts';
import { readTable } from '../../interchange/table.codec.ts';
import type { TableReading } from '../../interchange/table-reading.ts';
import { DomainError, isDomainError } from '../../kernel/errors.ts';
import { exists } from './exists.ts';
import type { ImportFormat } from './import-formats.ts';
import { readText } from './read-text.ts';
import { type LocalFile, walkFolder } from './walk-folder.ts';

export interface SourceOptions extends TableReading {
  readonly format: ImportFormat;
  readonly path: string;
  /** Where the image files lie, for formats that keep them apart. */
  readonly images: string | null;
  readonly byReference: boolean;
  readonly annotator: string | null;
  /** Pascal VOC: where its pixel indices begin. */
  readonly origin: 0 | 1;
}

type Sizes = ReadonlyMap<string, Size>;

/** A source opened: the files it brings, and what it says, to be read once or again with the images' true sizes. */
export interface ImportSource {
  readonly files: readonly LocalFile[];
  readonly plan: ImportPlan;
  /** Reads again, holding shapes against the sizes that decoding found; null where sizes say nothing. */
  readonly planWith: ((sizes: Sizes) => ImportPlan) | null;
}

/** Opens what lies at a path. Throws BAD_INPUT where it is not what the format asks for. */
export async function openSource(options: SourceOptions): Promise<ImportSource> {
  if (!(await exists(options.path))) throw new DomainError('BAD_INPUT', `${options.path} is not there.`);
  const isFolder = (await stat(options.path)).isDirectory();
  const asksForFolder = options.format === 'images' || options.format === 'voc';
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
  coco: openCoco,
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

async function openCoco(options: SourceOptions): Promise<ImportSource> {
  const text = await readText(options.path);
  const read = (sizes?: Sizes) => readCoco(text, { annotator: options.annotator, sizes });
  const plan = read();
  const folder = options.images ?? dirname(resolve(options.path));
  const files = await filesNamed(plan, options, folder, options.images === null);
  return { files, plan, planWith: read };
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

/**
 * The files of the images that a plan names. One that is not in the folder is refused, unless the folder was only
 * guessed: then the images are taken to be in the dataset already.
 */
async function filesNamed(
  plan: ImportPlan,
  { byReference }: SourceOptions,
  folder: string | null,
  isGuess = false,
): Promise<LocalFile[]> {
  if (byReference || folder === null) return [];
  const files = plan.images.map(({ name }) => ({ name, path: join(folder, name) }));
  const outside = files.filter(({ path }) => !resolve(path).startsWith(resolve(folder)));
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
