import { compareText } from '../kernel/compare-text.ts';
import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import { imageTruth } from './image-truth.ts';
import { partPath, partsOf, pathName } from './part-paths.ts';
import type { ImageRecord, RenderingFormat, RenderingInput, Selection, TreeMember } from './rendering.ts';
import { namedRow, type TableRow, tableRows } from './table-row.ts';
import { imageFileName, imageMember } from './tree-members.ts';

/** So many images are put in the order of their paths in one pass over the part. */
const IN_ORDER_AT_ONCE = 50_000;
const LONGEST_FOLDER = 100;

/**
 * ImageFolder, one tree a part: `PART/CLASS/<id>.<extension>` for torchvision and its kin, and `PART/metadata.jsonl` for Hugging Face
 * `datasets`, which takes what it says in place of the folders. An image without one label lies in `PART/` itself, where torchvision
 * passes it over: a folder of those would be taken for a class.
 */
export const IMAGE_FOLDER: RenderingFormat = {
  kind: 'TREES',
  version: 1,
  holdsPixels: true,
  purpose:
    'Folders of images by class, with a table beside them, for torchvision’s ImageFolder and `datasets`.',
  limits: [
    'Class folders are named after the classes, other letters than A–Z, a–z, 0–9, "_" and "-" as ~HH; metadata.jsonl has their names.',
    'torchvision counts classes in the order of the folders that a part has; `label_index` in metadata.jsonl is the order of the label schema.',
    '`datasets` reads it extracted, and infers types from values: where one part has none of what another has, load them one by one.',
    'Acquisition, factors, values and confidences stand in the tables alone.',
  ],
  async *trees(input) {
    for (const part of partsOf(input.source.header))
      yield {
        path: `imagefolder/${partPath(input.source.header, part)}.tar`,
        members: () => members(input, part),
      };
  },
};

interface HeldImage {
  readonly record: ImageRecord;
  readonly isLabelled: boolean;
  /** Below the folder of the part. */
  readonly path: string;
}

async function* members(input: RenderingInput, part: Selection): AsyncGenerator<TreeMember> {
  const { source, losses } = input;
  const root = pathName(part.part);
  let [size, unlabelled, held] = [0, 0, 0];
  for await (const line of tableLines(input, part)) size += Buffer.byteLength(line);
  for await (const { isLabelled } of heldImages(input, part)) {
    if (!isLabelled) unlabelled++;
    held++;
  }
  let all = 0;
  for await (const _ of source.images(part)) all++;
  losses.add('images', 'Images by reference lie elsewhere.', all - held);
  losses.add(
    'class folders',
    'Images without one label lie in none; torchvision passes them over.',
    unlabelled,
  );
  const table = { path: `${root}/metadata.jsonl`, size, chunks: tableLines(input, part) };
  let isTableDue = true;
  for await (const image of imagesInOrder(input, part, held)) {
    if (isTableDue && compareText(image.path, table.path) > 0) {
      yield table;
      isTableDue = false;
    }
    yield image;
  }
  if (isTableDue) yield table;
}

/** The images in the order of their paths, a slice in memory at a time. */
async function* imagesInOrder(
  input: RenderingInput,
  part: Selection,
  held: number,
): AsyncGenerator<TreeMember> {
  const { source } = input;
  const root = pathName(part.part);
  let last = '';
  for (let done = 0; done < held; done += IN_ORDER_AT_ONCE) {
    let slice: { readonly path: string; readonly entry: ImageRecord['entry'] }[] = [];
    const cut = () => {
      slice = slice.sort((a, b) => compareText(a.path, b.path)).slice(0, IN_ORDER_AT_ONCE);
    };
    for await (const image of heldImages(input, part)) {
      const path = `${root}/${image.path}`;
      if (compareText(path, last) > 0) slice.push({ path, entry: image.record.entry });
      if (slice.length === 2 * IN_ORDER_AT_ONCE) cut();
    }
    cut();
    for (const { path, entry } of slice) yield imageMember(path, source, entry);
    last = slice.at(-1)!.path;
  }
}

async function* tableLines(input: RenderingInput, part: Selection): AsyncGenerator<string> {
  const { header } = input.source;
  const rowOf = tableRows(header, input.options);
  for await (const { record, path } of heldImages(input, part)) yield tableLine(path, rowOf(record), header);
}

/** A reader infers types from values: what is no whole number by nature has a point in every line, so that parts agree. */
function tableLine(path: string, row: TableRow, header: SnapshotHeader): string {
  const { image_id, name, sha256, width, height, label, label_index, label_source, ...said } = namedRow(
    row,
    header,
  );
  const { category, annotator, kind, shape, bbox } = said.objects;
  const labels = said.labels.map(({ confidence, seconds, ...rated }) => rated);
  const image = { file_name: path, image_id, name, sha256, width, height };
  const members = {
    ...Object.fromEntries(
      Object.entries({ ...image, label, label_index, label_source, labels }).map(([member, value]) => [
        member,
        JSON.stringify(value),
      ]),
    ),
    soft: said.soft === null ? 'null' : reals(said.soft),
    objects: `{"bbox":[${bbox.map(reals).join(',')}],${JSON.stringify({ category, annotator, kind, shape }).slice(1)}`,
  };
  const texts = Object.entries(members).map(([member, text]) => `"${member}":${text}`);
  return `{${texts.join(',')}}\n`;
}

function reals(numbers: readonly number[]): string {
  return `[${numbers.map((number) => (Number.isSafeInteger(number) ? `${number}.0` : String(number))).join(',')}]`;
}

/** The images whose bytes are here. */
async function* heldImages({ source, options }: RenderingInput, part: Selection): AsyncGenerator<HeldImage> {
  const folders = new Map(
    source.header.classes.map(({ name }, index) => [name, `${folderName(name, index)}/`]),
  );
  for await (const record of source.images(part)) {
    if (record.entry.pixels === 'reference') continue;
    const folder = folders.get(imageTruth(record.annotations, options).label ?? '');
    const path = `${folder ?? ''}${imageFileName(record.entry)}`;
    yield { record, isLabelled: folder !== undefined, path };
  }
}

/** No folder has a dot, so that none is called as a file is. A name too long for a tar gives way to the number of its class. */
function folderName(name: string, index: number): string {
  const folder = pathName(name).replaceAll('.', '~2E');
  return folder.length <= LONGEST_FOLDER ? folder : `~class-${index}`;
}
