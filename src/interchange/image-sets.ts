import type { Note, Refusal } from './import-plan.ts';
import { namesByStem } from './names-by-stem.ts';
import { stem } from './stem.ts';

export interface ImageSets {
  readonly parts: { readonly image: string; readonly part: string }[];
  readonly refused: Refusal[];
  readonly notes: Note[];
}

/**
 * The parts that Pascal VOC's `ImageSets/Main/*.txt` lists give to the images of these names: one image a line,
 * without extension, the part named as the file. `trainval` is the union of `train` and `val` and is read only
 * where neither is there; lists by class (`dog_train.txt`, with a second column) divide nothing anew.
 *
 * Refusals: UNKNOWN_IMAGE, and LEAKAGE for an image that two parts claim (the first keeps it).
 */
export function readImageSets(
  files: readonly { readonly path: string; readonly text: string }[],
  names: Iterable<string>,
): ImageSets {
  const sets: ImageSets = { parts: [], refused: [], notes: [] };
  const byStem = namesByStem(names);
  const partOf = new Map<string, string>();
  const listed = new Set(files.map((file) => stem(file.path)));
  for (const file of files) {
    const part = stem(file.path);
    const lines = file.text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
    if (part === 'trainval' && (listed.has('train') || listed.has('val'))) {
      sets.notes.push({ where: file.path, message: 'Set aside: it is the union of train and val.' });
    } else if (lines.some((line) => /^\S+\s+-?[01]\s*$/.test(line))) {
      sets.notes.push({ where: file.path, message: 'Set aside: a list by class divides nothing anew.' });
    } else {
      for (const [index, line] of lines.entries()) {
        if (line.trim() !== '')
          readLine(sets, `${file.path}:${index + 1}`, line.trim(), part, byStem, partOf);
      }
    }
  }
  return sets;
}

function readLine(
  sets: ImageSets,
  where: string,
  id: string,
  part: string,
  byStem: ReadonlyMap<string, readonly string[]>,
  partOf: Map<string, string>,
): void {
  const candidates = byStem.get(id) ?? byStem.get(stem(id)) ?? [];
  const image = candidates.find((name) => name === id) ?? candidates[0];
  if (image === undefined || (candidates.length > 1 && image !== id)) {
    const fault = image === undefined ? 'is no image of this import' : `may be ${candidates.join(' or ')}`;
    sets.refused.push({ where, field: null, code: 'UNKNOWN_IMAGE', message: `"${id}" ${fault}.` });
    return;
  }
  const earlier = partOf.get(image);
  if (earlier === undefined) {
    partOf.set(image, part);
    sets.parts.push({ image, part });
  } else if (earlier !== part) {
    const message = `"${image}" is in ${earlier} already; it cannot be in ${part} as well.`;
    sets.refused.push({ where, field: 'part', code: 'LEAKAGE', message });
  }
}
