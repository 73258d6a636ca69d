import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Size } from '../annotation/geometry.ts';
import { type AnnotatorSet, annotatorSets } from './annotator-sets.ts';
import type { ExportPlan, ExportSource } from './export-plan.ts';
import { emptyPlan } from './import-plan.ts';
import { type JsonObject, textMember } from './json-members.ts';
import { type LabelMeWriting, labelMeForms } from './labelme-forms.ts';
import { LossTally } from './loss-tally.ts';
import { planLabelMeShapes } from './plan-labelme-shapes.ts';
import { blankStatement, differingMembers, EXTRA, statementJson } from './statement-json.ts';
import { classesOf } from './statements-by-image.ts';
import { storedFrame } from './stored-frame.ts';

/** The version of the program whose form the files have. */
const VERSION = '5.5.0';

/**
 * Writes one LabelMe file for each image of which something is said, beside the images or, with several annotators or
 * passes, in a folder of each; and `labels.txt`. Nothing is lost to our reader: what LabelMe cannot say stands under the
 * key `holotype` of the shape or the file, which the program keeps. Coordinates are of the stored pixels: LabelMe shows
 * an image with an EXIF orientation turned, and its shapes not.
 */
export function writeLabelMe(source: ExportSource, options: LabelMeWriting = {}): ExportPlan {
  const tally = new LossTally();
  const sizes = new Map(source.images.map(({ name, ...size }) => [name, size]));
  const sets = annotatorSets(source);
  const paths = filePaths(source);
  const files = sets.flatMap((set) =>
    [...set.byImage].map(([image, drafts]) => {
      const path = `${set.folder}${paths.get(image)}`;
      const content = writeFile(path, image, sizes.get(image)!, drafts, set, options, tally);
      return { path, content: `${JSON.stringify(content, null, 1)}\n` };
    }),
  );
  if (sets.length > 1) {
    tally.add(
      'annotators',
      'LabelMe names none: each annotator and pass has a folder of files.',
      sets.length,
    );
  }
  const labels = {
    path: 'labels.txt',
    content: classesOf(source)
      .map((name) => `${name}\n`)
      .join(''),
  };
  return { files: [labels, ...files], losses: tally.losses };
}

/** The path of each image with `.json` for its extension; behind it where two would share a file. */
function filePaths({ images }: ExportSource): Map<string, string> {
  const without = (name: string) => name.replace(/(?<=[^/])\.[^./]*$/, '');
  const counts = new Map<string, number>();
  for (const { name } of images) counts.set(without(name), (counts.get(without(name)) ?? 0) + 1);
  return new Map(
    images.map(({ name }) => [name, `${counts.get(without(name))! > 1 ? name : without(name)}.json`]),
  );
}

function writeFile(
  path: string,
  image: string,
  size: Size,
  drafts: readonly AnnotationDraft[],
  { annotator, pass }: AnnotatorSet,
  options: LabelMeWriting,
  tally: LossTally,
): JsonObject {
  const shapes: JsonObject[] = [];
  const statements: JsonObject[] = [];
  const flags: Record<string, true> = {};
  const isEmptyAlone = drafts.length === 1 && isPlain(drafts[0]!, 'EMPTY');
  for (const [index, draft] of drafts.entries()) {
    const parts = writeShapes(draft, index + 1, size, options);
    if (parts !== null) {
      shapes.push(...parts.shapes);
      if (parts.loss !== null) tally.add(draft.kind, parts.loss);
    } else if (
      isPlain(draft, 'CLASS') &&
      draft.label === textMember(draft.label) &&
      !Object.hasOwn(flags, draft.label!)
    ) {
      Object.defineProperty(flags, draft.label!, { value: true, enumerable: true });
    } else if (!isEmptyAlone) {
      statements.push(statementJson(draft));
      tally.add(draft.kind, 'LabelMe does not show it; our reader restores it.');
    }
  }
  const up = '../'.repeat(path.split('/').length - 1);
  return {
    version: VERSION,
    flags,
    shapes,
    imagePath: `${up}${image}`,
    imageData: null,
    imageHeight: size.height,
    imageWidth: size.width,
    [EXTRA]: { frame: 'stored', image, annotator, pass, ...(statements.length === 0 ? {} : { statements }) },
  };
}

/** Whether a statement about the whole image says no more than its kind and class. */
function isPlain(draft: AnnotationDraft, kind: AnnotationDraft['kind']): boolean {
  const { image, annotator, label, pass } = draft;
  const plain = { ...blankStatement(image, annotator), kind, label, ...(pass === undefined ? {} : { pass }) };
  return differingMembers(draft, plain) === null;
}

/** Null for what is no shape with a label, or would not be restored. */
function writeShapes(draft: AnnotationDraft, number: number, size: Size, options: LabelMeWriting) {
  if (draft.geometry === null || draft.label === null) return null;
  const { forms, loss } = labelMeForms(draft.geometry, options);
  const shapes: JsonObject[] = forms.map((form) => ({
    label: draft.label,
    points: form.points,
    group_id: forms.length > 1 ? number : groupId(draft),
    description: draft.attributes.find(({ name }) => name === 'description')?.value ?? '',
    shape_type: form.type,
    flags: flagsOf(draft),
    mask: form.mask ?? null,
  }));
  const read = emptyPlan({ format: '', version: null, frame: '' });
  planLabelMeShapes(read, shapes, {
    path: '',
    image: draft.image,
    annotator: draft.annotator,
    pass: draft.pass ?? 1,
    frame: storedFrame(size, 1),
    sizeFault: null,
    ...options,
  });
  const [plain, ...more] = read.annotations;
  if (plain === undefined || more.length > 0 || read.refused.length > 0) return null;
  // The extra key sets an object of several parts apart from another of its group.
  const differing = differingMembers(draft, plain) ?? (forms.length > 1 ? {} : null);
  return {
    shapes: differing === null ? shapes : [{ ...shapes[0], [EXTRA]: differing }, ...shapes.slice(1)],
    loss,
  };
}

/** A ring has parts by its group, so only other shapes bear the `group_id` with which they came. */
function groupId({ geometry, attributes }: AnnotationDraft): number | null {
  const value = attributes.find(({ name }) => name === 'group_id')?.value ?? '';
  return geometry?.kind !== 'POLYGON' && /^(?:0|[1-9][0-9]{0,8})$/.test(value) ? Number(value) : null;
}

function flagsOf({ attributes }: AnnotationDraft): JsonObject {
  const flags = attributes.filter(({ value }) => value === 'true' || value === 'false');
  return Object.fromEntries(flags.map(({ name, value }) => [name, value === 'true']));
}
