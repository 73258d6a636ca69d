import { emptyPlan } from '../../interchange/import-plan.ts';
import { readLabelMe } from '../../interchange/labelme.codec.ts';
import { maskFiles } from '../../interchange/mask-files.ts';
import { readYolo } from '../../interchange/yolo.codec.ts';
import { DomainError, isDomainError } from '../../kernel/errors.ts';
import { mediaTypeOfName } from '../../kernel/media-type.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { ImportSource, Sizes, SourceOptions } from './import-source-options.ts';
import { readText } from './read-text.ts';
import { type LocalFile, walkFolder } from './walk-folder.ts';

interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** YOLO: `data.yaml`, label files, and the images beside them or in `--images`. */
export async function openYolo(options: SourceOptions): Promise<ImportSource> {
  const files = await textsOf(options, /\.(?:txt|ya?ml)$/i);
  const images = await imagesOf(options);
  const annotators = annotatorsByPath(options, files);
  const { annotator, task } = options;
  const planWith = (sizes: Sizes) =>
    readYolo(files, { annotator, annotators, sizes: among(images, sizes), ...(task ? { task } : {}) });
  // Shares of an image say nothing before its size is known.
  const plan = emptyPlan({ format: 'YOLO', version: null, frame: 'shares of the image' });
  plan.images.push(...images.map(({ name }) => ({ name })));
  return { files: options.byReference ? [] : images, plan, planWith };
}

/** LabelMe: one JSON a image, and the images beside them or in `--images`. */
export async function openLabelMe(options: SourceOptions): Promise<ImportSource> {
  const files = await textsOf(options, /(?:\.json|(?:^|\/)labels\.txt)$/i);
  const images = await imagesOf(options);
  const annotators = annotatorsByPath(options, files);
  const decodePng = await decodedMasks(files);
  const read = (sizes?: Sizes) => {
    const known = sizes && among(images, sizes);
    const orientations = new Map(
      [...(known ?? [])].map(([name, { orientation }]) => [name, orientation ?? 1]),
    );
    return readLabelMe(files, {
      annotator: options.annotator,
      annotators,
      sizes: known,
      orientations,
      decodePng,
    });
  };
  const plan = read();
  if (options.byReference) return { files: [], plan, planWith: read, asksOrientation: true };
  return { files: images, plan, planWith: read, asksOrientation: true };
}

async function textsOf({ path: folder, format }: SourceOptions, extension: RegExp): Promise<TextFile[]> {
  const files: TextFile[] = [];
  for (const { name, path } of await walkFolder(folder))
    if (extension.test(name)) files.push({ path: name, text: await readText(path) });
  if (files.length > 0) return files;
  throw new DomainError('BAD_INPUT', `${folder} holds no label file of the format ${format}.`);
}

/** The images in the folder, by what their names say. */
async function imagesOf({ path, images }: SourceOptions): Promise<LocalFile[]> {
  return (await walkFolder(images ?? path)).filter(({ name }) => mediaTypeOfName(name) !== null);
}

/** Where the import brings images, its labels are of them; else of any of the dataset. */
function among(images: readonly LocalFile[], sizes: Sizes): Sizes {
  if (images.length === 0) return sizes;
  return new Map(
    images.flatMap(({ name }) => {
      const size = sizes.get(name);
      return size === undefined ? [] : [[name, size] as const];
    }),
  );
}

/** Who wrote which label file, where `--file` says so by {annotator}. */
function annotatorsByPath({ masks }: SourceOptions, files: readonly TextFile[]): Map<string, string> {
  if (!masks || masks.files.length === 0) return new Map();
  const read = maskFiles(
    files.map(({ path }) => path),
    { ...masks, prediction: null },
  );
  return new Map(
    read.masks.flatMap(({ path, annotator }) => (annotator === null ? [] : [[path, annotator]])),
  );
}

/** Decodes the masks in LabelMe files beforehand, for a codec waits for nothing. */
async function decodedMasks(files: readonly TextFile[]) {
  const decoded = new Map<string, { width: number; height: number; data: Uint8Array } | Error>();
  for (const text of files.flatMap(masksIn)) {
    const bytes = Buffer.from(text, 'base64');
    const { readLabelImage } = await import('../../platform/label-image.ts');
    try {
      const { width, height, values } = await readLabelImage(bytes, 'mask');
      const data = Uint8Array.from(values, (value) => Number(value !== 0));
      decoded.set(sha256Hex(bytes), { width, height, data });
    } catch (error) {
      if (!isDomainError(error)) throw error;
      decoded.set(sha256Hex(bytes), error);
    }
  }
  return (bytes: Uint8Array) => {
    const mask = decoded.get(sha256Hex(bytes));
    if (mask !== undefined && !(mask instanceof Error)) return mask;
    throw mask ?? new DomainError('CORRUPT_IMAGE', 'The mask is no PNG in base64.');
  };
}

function masksIn({ path, text }: TextFile): string[] {
  if (!/\.json$/i.test(path) || !text.includes('"mask"')) return [];
  const found: string[] = [];
  try {
    JSON.parse(text, (key, value) => {
      if (key === 'mask' && typeof value === 'string') found.push(value);
      return value;
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return found;
}
