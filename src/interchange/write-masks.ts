import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { decodeMask } from '../annotation/run-length-encoding.ts';
import { compareText } from '../kernel/compare-text.ts';
import type { ExportSource, Loss } from './export-plan.ts';
import type { GreyImage } from './labelme-shape.ts';
import { LossTally } from './loss-tally.ts';
import { stem } from './stem.ts';

export interface MaskFilesPlan {
  /** Label images: 0 is background, 1, 2, … the objects. */
  readonly files: readonly { readonly path: string; readonly image: GreyImage }[];
  readonly losses: readonly Loss[];
}

const MOST_OBJECTS = 255;

/**
 * Writes masks as label images, `{label}/{annotator}/{image}.png`, one for each class, annotator and image, to be read again by
 * `--file "{label}/{annotator}/{image}.png" --instances`. An object that overlaps one written before, in one file, keeps what is
 * left of it.
 */
export function writeMasks(source: ExportSource): MaskFilesPlan {
  const tally = new LossTally();
  const groups = new Map<string, AnnotationDraft[]>();
  for (const draft of source.annotations) {
    const fault = faultOf(draft);
    if (fault !== null) {
      tally.add(...fault);
      continue;
    }
    tally.addMembers(
      draft,
      'A mask image',
      ['confidence', 'seconds', 'annotatedAt', 'attribute', 'value', 'corrects'],
      [],
    );
    const path = `${draft.label}/${draft.annotator}/${stem(draft.image)}.png`;
    groups.set(path, [...(groups.get(path) ?? []), draft]);
  }
  const files = [...groups]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([path, drafts]) => ({ path, image: labelImage(drafts, tally) }));
  return { files, losses: tally.losses };
}

function faultOf({
  kind,
  geometry,
  label,
  annotator,
  image,
  pass,
}: AnnotationDraft): [string, string] | null {
  if (geometry?.kind !== 'MASK')
    return [
      kind === 'EMPTY' || kind === 'SKIP' ? 'EMPTY and SKIP' : 'other statements',
      'Only masks are written.',
    ];
  if (label === null) return ['masks without a class', 'The folder of a mask is its class.'];
  if ((pass ?? 1) > 1) return ['later looks', 'A folder is an annotator’s first look.'];
  if ([label, annotator ?? '', image].some((name) => /[/\\]|^\.*$/.test(name)))
    return ['masks of names with folders', 'A name with "/" cannot stand in the name of a file.'];
  return null;
}

function labelImage(drafts: readonly AnnotationDraft[], tally: LossTally): GreyImage {
  const masks = drafts.flatMap(({ geometry }) => (geometry?.kind === 'MASK' ? [geometry] : []));
  const [height, width] = masks[0]!.size;
  const data = new Uint8Array(width * height);
  tally.add(
    'masks beyond 255 objects',
    'A file holds 255 objects.',
    Math.max(0, masks.length - MOST_OBJECTS),
  );
  masks.slice(0, MOST_OBJECTS).forEach((mask, index) => {
    let isCut = false;
    decodeMask(mask).forEach((isObject, pixel) => {
      if (isObject === 0) return;
      if (data[pixel] === 0) data[pixel] = index + 1;
      else isCut = true;
    });
    if (isCut) tally.add('pixels of overlapping objects', 'A pixel belongs to the object written first.');
  });
  return { width, height, data };
}
