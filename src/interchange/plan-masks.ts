import { type AnnotationDraft, numberOccurrences } from '../annotation/annotation-draft.ts';
import type { Size } from '../annotation/geometry.ts';
import { compareText } from '../kernel/compare-text.ts';
import { fieldFault, refusingFaults } from './field-fault.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import type { Region } from './label-regions.ts';
import { linkCorrections } from './link-corrections.ts';
import type { MaskFile } from './mask-files.ts';

/** A mask file decoded and divided into its objects. */
export interface ReadMask extends MaskFile {
  readonly width: number;
  readonly height: number;
  readonly regions: readonly Region[];
  /** Pixels of values besides the object's and the background's. */
  readonly stray?: number;
}

export interface MaskOptions {
  /** Who drew, where the path does not say. */
  readonly annotator: string | null;
  /** The class, where the path does not say. */
  readonly label: string | null;
  /** The model whose predictions were corrected. */
  readonly model: string | null;
  /** Names of the images that the masks may be of. */
  readonly images: readonly string[];
  /** True sizes of the images, where known. */
  readonly sizes?: ReadonlyMap<string, Size>;
  readonly ignoreCase: boolean;
}

interface Placed extends ReadMask {
  readonly name: string;
}

/**
 * The masks of a folder, each of one annotator and one image: a MASK an object, EMPTY where no pixel is marked. A mask
 * of another size than its image is refused (SIZE_MISMATCH): it is of another frame, and nothing is stretched. Where
 * a model's prediction is there too, both stay, and each object of a person names the one that it corrects.
 */
export function planMasks(masks: readonly ReadMask[], options: MaskOptions): ImportPlan {
  const plan = emptyPlan({ format: 'mask images', version: null, frame: 'pixel grid of the image, 0-based' });
  const imageOf = imageFinder(options);
  const placed: Placed[] = [];
  for (const mask of [...masks].sort((left, right) => compareText(left.path, right.path))) {
    refusingFaults(plan, mask.path, () => {
      const name = imageOf(mask.image);
      refuseOtherFrame(mask, options.sizes?.get(name));
      placed.push({ ...mask, name });
      if (!mask.stray) return;
      const message = `${mask.stray} pixels are neither the object's value nor the background's, and are background.`;
      plan.notes.push({ where: mask.path, message });
    });
  }
  const predicted = placed.filter(({ isPrediction }) => isPrediction);
  const drawn = placed.filter(({ isPrediction }) => !isPrediction);
  const byImage = new Map(predicted.map((mask) => [mask.name, mask]));
  const drafts = predicted.flatMap((mask) => draftsOf(mask, options, null));
  for (const mask of drawn) drafts.push(...draftsOf(mask, options, byImage.get(mask.name) ?? null));
  plan.annotations = numberOccurrences(drafts);
  plan.classes = [...new Set(drafts.flatMap(({ label }) => label ?? []))];
  if (options.model !== null) {
    plan.annotators.push({ name: options.model, kind: 'MODEL', expertise: null });
    noteCorrections(plan, drawn, byImage);
  }
  noteUnmarked(plan, drafts, options);
  return plan;
}

function draftsOf(mask: Placed, options: MaskOptions, prediction: Placed | null): AnnotationDraft[] {
  const shared = {
    image: mask.name,
    annotator: mask.isPrediction ? options.model : (mask.annotator ?? options.annotator),
    attribute: null,
    value: null,
    confidence: null,
    seconds: null,
    annotatedAt: null,
    occurrence: 0,
  };
  if (mask.regions.length === 0)
    return [{ ...shared, kind: 'EMPTY', label: null, geometry: null, attributes: [] }];
  const links = prediction === null ? null : linkCorrections(mask.regions, prediction.regions);
  const isMany = mask.regions.length > 1 || mask.regions[0]!.id !== 1;
  return mask.regions.map(({ id, mask: runs }, index): AnnotationDraft => {
    const corrected = links?.get(index);
    return {
      ...shared,
      kind: 'MASK',
      label: mask.label ?? options.label,
      geometry: { kind: 'MASK', ...runs },
      attributes: isMany ? [{ name: 'instance', value: String(id) }] : [],
      ...(mask.isPrediction ? { key: keyOf(mask, index) } : {}),
      ...(corrected === undefined ? {} : { corrects: keyOf(prediction!, corrected) }),
    };
  });
}

function keyOf({ path }: Placed, index: number): string {
  return `${path}#${index}`;
}

function refuseOtherFrame({ path, width, height }: ReadMask, size: Size | undefined): void {
  if (size === undefined || (size.width === width && size.height === height)) return;
  fieldFault(
    'SIZE_MISMATCH',
    'size',
    `"${path}" is ${width} × ${height} pixels, its image ${size.width} × ${size.height}: a mask of another frame; nothing is stretched.`,
  );
}

/** By the whole name, else by the path without extension, else by the base name alone where it is one image's only. */
function imageFinder({ images, ignoreCase }: MaskOptions): (stated: string) => string {
  const folded = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const found = new Map<string, Set<string>>();
  for (const name of images) {
    const path = name.replace(/\.[^./]+$/, '');
    for (const key of new Set([name, path, path.slice(path.lastIndexOf('/') + 1)].map(folded)))
      found.set(key, (found.get(key) ?? new Set()).add(name));
  }
  return (stated) => {
    if (images.includes(stated)) return stated;
    const names = [...(found.get(folded(stated)) ?? [])];
    if (names.length === 1) return names[0]!;
    const fault = names.length === 0 ? 'is no image here' : `may be ${names.slice(0, 3).join(' or ')}`;
    return fieldFault('UNKNOWN_IMAGE', 'image', `"${stated}" ${fault}.`);
  };
}

function noteCorrections(
  plan: ImportPlan,
  drawn: readonly Placed[],
  predictions: ReadonlyMap<string, Placed>,
): void {
  const without = drawn.filter(({ name }) => !predictions.has(name)).length;
  const texts = new Map(
    plan.annotations.flatMap(({ key, geometry }) => (key ? [[key, JSON.stringify(geometry)] as const] : [])),
  );
  const people = plan.annotations.filter(({ key, kind }) => key === undefined && kind === 'MASK');
  const linked = people.filter(({ corrects }) => corrects !== undefined);
  const kept = linked.filter(({ corrects, geometry }) => texts.get(corrects!) === JSON.stringify(geometry));
  const corrected = new Set(linked.map(({ corrects }) => corrects));
  plan.notes.push({
    where: 'corrections',
    message:
      `${texts.size} objects of the model: ${corrected.size} are in the corrected masks, ${texts.size - corrected.size} are not; ` +
      `${linked.length - kept.length} corrections change one, ${kept.length} leave it, ${people.length - linked.length} objects are added. Both sides are kept.`,
  });
  if (without > 0)
    plan.notes.push({ where: 'corrections', message: `${without} masks have no prediction beside them.` });
}

function noteUnmarked(plan: ImportPlan, drafts: readonly AnnotationDraft[], { sizes }: MaskOptions): void {
  const empty = drafts.filter(({ kind }) => kind === 'EMPTY').length;
  if (empty > 0)
    plan.notes.push({ where: 'masks', message: `${empty} masks mark no pixel: seen, and nothing is there.` });
  const unknown = sizes === undefined ? 0 : drafts.filter(({ image }) => !sizes.has(image)).length;
  if (unknown > 0)
    plan.notes.push({
      where: 'masks',
      message: `${unknown} masks are of images whose size is not known; their frame is not checked.`,
    });
}
