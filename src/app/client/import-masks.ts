import pLimit from 'p-limit';
import { emptyPlan, type ImportPlan } from '../../interchange/import-plan.ts';
import { labelRegions, strayPixels } from '../../interchange/label-regions.ts';
import { type MaskFile, maskFiles } from '../../interchange/mask-files.ts';
import { planMasks, type ReadMask } from '../../interchange/plan-masks.ts';
import { DomainError, isDomainError } from '../../kernel/errors.ts';
import type { ImportSource, MaskWish, Sizes, SourceOptions } from './import-source-options.ts';
import { walkFolder } from './walk-folder.ts';

const DECODED_AT_ONCE = 2;
const NAMED = 3;
const NOTHING_SAID: MaskWish = {
  files: [],
  prediction: null,
  ignoreCase: false,
  foreground: null,
  instances: false,
  label: null,
  model: null,
};

/**
 * Masks in folders, one file a mask. Each is decoded once and divided into its objects; what is held in memory is their
 * runs. The images are those of `--images`, else those of the dataset.
 */
export async function openMasks(options: SourceOptions): Promise<ImportSource> {
  const wish = options.masks ?? NOTHING_SAID;
  refuseIncomplete(wish);
  const found = await walkFolder(options.path);
  const { masks, unmatched } = maskFiles(
    found.map(({ name }) => name),
    wish,
  );
  const paths = new Map(found.map(({ name, path }) => [name, path]));
  const images = options.images === null ? null : await walkFolder(options.images);
  const refused: ImportPlan['refused'] = [];
  const read = await readAll(masks, wish, (mask) => paths.get(mask.path)!, refused);
  const planWith = (sizes?: Sizes): ImportPlan => {
    const names = images?.map(({ name }) => name) ?? (sizes ? [...sizes.keys()] : null);
    const { annotator } = options;
    const plan =
      names === null
        ? emptyPlan({ format: 'mask images', version: null, frame: '' })
        : planMasks(read, { ...wish, annotator, sizes, images: names });
    if (options.byReference) plan.images.push(...(images ?? []).map(({ name }) => ({ name })));
    plan.refused.unshift(...refused);
    noteUnmatched(plan, unmatched);
    return plan;
  };
  return { files: options.byReference ? [] : (images ?? []), plan: planWith(), planWith };
}

function refuseIncomplete({ prediction, model, label, files }: MaskWish): void {
  const fault =
    (prediction === null) !== (model === null)
      ? 'a prediction is a model’s; give --prediction and --model together'
      : label === null && files.some((file) => !file.includes('{label}'))
        ? 'nothing says what the masks show; give --label, or {label} in --file'
        : null;
  if (fault !== null) throw new DomainError('BAD_INPUT', `masks: ${fault}.`);
}

async function readAll(
  masks: readonly MaskFile[],
  wish: MaskWish,
  pathOf: (mask: MaskFile) => string,
  refused: ImportPlan['refused'],
): Promise<ReadMask[]> {
  // Decoding is loaded for masks alone: other imports start without it.
  const { readLabelImage } = await import('../../platform/label-image.ts');
  const limit = pLimit(DECODED_AT_ONCE);
  const read = await Promise.all(
    masks.map((mask) =>
      limit(async (): Promise<ReadMask | null> => {
        try {
          const image = { ...(await readLabelImage(pathOf(mask), mask.path)), path: mask.path };
          const { width, height } = image;
          const regions = labelRegions(image, wish);
          return { ...mask, width, height, regions, stray: strayPixels(image, wish) };
        } catch (error) {
          if (!isDomainError(error)) throw error;
          refused.push({ where: mask.path, field: null, code: error.code, message: error.message });
          return null;
        }
      }),
    ),
  );
  refused.sort((left, right) => (left.where < right.where ? -1 : 1));
  return read.filter((mask) => mask !== null);
}

function noteUnmatched(plan: ImportPlan, unmatched: readonly string[]): void {
  if (unmatched.length === 0) return;
  const some = unmatched.slice(0, NAMED).join(', ');
  const message = `${unmatched.length} files fit no pattern and are left: ${some}${unmatched.length > NAMED ? ', …' : ''}`;
  plan.notes.push({ where: 'masks', message });
}
