import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Size } from '../annotation/geometry.ts';
import { annotatorSets } from './annotator-sets.ts';
import type { ExportPlan, ExportSource } from './export-plan.ts';
import { LossTally } from './loss-tally.ts';
import { NO_ANNOTATOR, VOC_ATTRIBUTES } from './plan-pascal-voc.ts';
import { shapeBounds } from './shape-bounds.ts';

/** What the files of one export share. */
export interface PascalVocWriting {
  readonly title: string;
  readonly tally: LossTally;
  /** Of boxes whose edges are no whole pixels: how many, and by how much the farthest edge moves. */
  readonly rounding: { count: number; largest: number };
}

const MEMBERS = [
  'confidence',
  'seconds',
  'annotatedAt',
  'attribute',
  'value',
  'votes',
  'pass',
  'corrects',
] as const;

/** XML 1.0 §2.2 has no control characters, and its readers make one space of several. */
const UNWRITABLE = /[\p{Cc}\uFFFE\uFFFF]/gu;

/**
 * Writes Pascal VOC files, `Annotations/x.xml`, for each image of which something is said; with several annotators or
 * passes in a folder of each, the annotator in `source/annotation` of every file. Indices are 1-based and inclusive:
 * xmin = ⌊x0⌋ + 1, xmax = ⌈x1⌉, so that the box encloses the shape. An EMPTY is a file without objects; of what is
 * neither that nor a shape with a class and a breadth there is no file. The size states no depth: it is not known.
 */
export function writePascalVoc(source: ExportSource): ExportPlan {
  const writing: PascalVocWriting = {
    title: source.title,
    tally: new LossTally(),
    rounding: { count: 0, largest: 0 },
  };
  const { tally } = writing;
  const sizes = new Map(source.images.map(({ name, ...size }) => [name, size]));
  const paths = filePaths(source);
  const sets = annotatorSets(source);
  const files = sets.flatMap((set) =>
    [...set.byImage].flatMap(([image, drafts]) => {
      const content = pascalVocFile(image, sizes.get(image)!, drafts, set.annotator?.name ?? '', writing);
      return content === null ? [] : [{ path: `Annotations/${set.folder}${paths.get(image)}`, content }];
    }),
  );
  tellPascalVocRounding(writing);
  for (const { annotator } of sets) {
    if (annotator !== null && (annotator.kind !== 'HUMAN' || annotator.expertise !== null)) {
      tally.add('annotators', 'Pascal VOC names them; it says neither their kind nor their expertise.');
    }
  }
  const used = new Set(source.annotations.map(({ label }) => label));
  const unused = source.classes.filter((name) => !used.has(name)).length;
  tally.add('classes', 'Pascal VOC has no list of classes: those of no object are not said.', unused);
  return { files, losses: tally.losses };
}

/** The path of each image with `.xml` for its extension; behind it where two would share a file. */
function filePaths({ images }: ExportSource): Map<string, string> {
  const without = (name: string) => name.replace(/(?<=[^/])\.[^./]*$/, '');
  const counts = new Map<string, number>();
  for (const { name } of images) counts.set(without(name), (counts.get(without(name)) ?? 0) + 1);
  return new Map(
    images.map(({ name }) => [name, `${counts.get(without(name))! > 1 ? name : without(name)}.xml`]),
  );
}

/** Counts, at the end, how far edges moved. */
export function tellPascalVocRounding({ tally, rounding }: PascalVocWriting): void {
  const error = Number(rounding.largest.toPrecision(2));
  const message = `Edges are whole pixels: they move outwards by up to ${error} pixels.`;
  tally.add('rounding', message, rounding.count);
}

/** The file of one image by one annotator, `''` where none is named; null where nothing of it can be written: an empty file would say EMPTY. */
export function pascalVocFile(
  image: string,
  { width, height }: Size,
  drafts: readonly AnnotationDraft[],
  name: string,
  writing: PascalVocWriting,
): string | null {
  const { tally, title } = writing;
  const objects = drafts.flatMap((draft) => writeObject(draft, writing));
  const empty = drafts.filter(({ kind }) => kind === 'EMPTY');
  if (objects.length > 0) tally.add('EMPTY', 'Not written beside objects of the same image.', empty.length);
  else if (empty.length === 0) return null;
  else {
    tally.add('EMPTY', 'Said once of an image.', empty.length - 1);
    tally.addMembers(empty[0]!, 'Pascal VOC', MEMBERS, []);
  }
  if (name !== '' && NO_ANNOTATOR.test(name.trim())) {
    tally.add('annotator names', 'A name that stands for none in Pascal VOC; no annotator is read from it.');
  }
  const by = name === '' ? '' : `<annotation>${text(name, tally)}</annotation>`;
  return [
    '<annotation>',
    `  <filename>${text(image, tally)}</filename>`,
    `  <source><database>${text(title, null)}</database>${by}</source>`,
    `  <size><width>${width}</width><height>${height}</height></size>`,
    '  <segmented>0</segmented>',
    ...objects,
    '</annotation>',
    '',
  ].join('\n');
}

function writeObject(draft: AnnotationDraft, { tally, rounding }: PascalVocWriting): string[] {
  if (draft.kind === 'EMPTY') return [];
  const { geometry, label } = draft;
  if (geometry === null || geometry.kind === 'POINT' || geometry.kind === 'POLYLINE') {
    tally.add(draft.kind, 'Not written: Pascal VOC has boxes alone.');
    return [];
  }
  if (label === null || clean(label) === '') {
    tally.add('unlabelled shapes', 'Not written: an object of Pascal VOC has a class.');
    return [];
  }
  const { left, top, right, bottom } = shapeBounds(geometry);
  const box = [Math.floor(left) + 1, Math.floor(top) + 1, Math.ceil(right), Math.ceil(bottom)] as const;
  const [xmin, ymin, xmax, ymax] = box;
  if (xmax <= xmin || ymax <= ymin) {
    tally.add(
      'one pixel across',
      'Not written: with xmin = xmax or ymin = ymax it reads as a box without area.',
    );
    return [];
  }
  if (geometry.kind === 'BOX') {
    const error = Math.max(left - xmin + 1, top - ymin + 1, xmax - right, ymax - bottom);
    if (error > 0) rounding.count++;
    rounding.largest = Math.max(rounding.largest, error);
  } else tally.add(draft.kind, 'Written as its enclosing box, in whole pixels.');
  const said = VOC_ATTRIBUTES.flatMap((name) => {
    const value = draft.attributes.find((attribute) => attribute.name === name)?.value ?? '';
    if (clean(value) === '') return [];
    return [`    <${name}>${text(value, tally)}</${name}>`];
  });
  const isSaid = ({ name, value }: { name: string; value: string }) =>
    VOC_ATTRIBUTES.includes(name) && clean(value) !== '';
  tally.addMembers(
    draft,
    'Pascal VOC',
    MEMBERS,
    draft.attributes.filter(isSaid).map(({ name }) => name),
  );
  const edges = ['xmin', 'ymin', 'xmax', 'ymax'].map((edge, index) => `<${edge}>${box[index]}</${edge}>`);
  return [
    '  <object>',
    `    <name>${text(label, tally)}</name>`,
    ...said,
    `    <bndbox>${edges.join('')}</bndbox>`,
    '  </object>',
  ];
}

function clean(written: string): string {
  return written.replace(UNWRITABLE, ' ').trim();
}

function text(written: string, tally: LossTally | null): string {
  const kept = clean(written);
  if (kept !== written) tally?.add('text', 'Spaces around it, and control characters, are not written.');
  return kept.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
