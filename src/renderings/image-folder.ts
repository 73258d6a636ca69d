import { compareText } from '../kernel/compare-text.ts';
import { partPath, partsOf, pathName } from './part-paths.ts';
import type { ImageRecord, RenderingFormat, RenderingInput, Selection, TreeMember } from './rendering.ts';
import { tableRow } from './table-row.ts';
import { imageFileName, imageMember } from './tree-members.ts';

/**
 * ImageFolder, one tree a part: `PART/CLASS/<id>.<extension>` for torchvision and its kin, and `PART/metadata.jsonl` for Hugging Face
 * `datasets`, which takes what it says in place of the folders. Where images of a part lack a label all lie in `PART/` itself: a folder
 * of those without would be taken for a class.
 */
export const IMAGE_FOLDER: RenderingFormat = {
  kind: 'TREES',
  version: 1,
  purpose:
    'Folders of images by class, with a table beside them, for torchvision’s ImageFolder and `datasets`.',
  limits: [
    'Class folders are named after the classes, other letters than A–Z, a–z, 0–9, "_", "-" and "." as ~HH; metadata.jsonl has their names.',
    'Guidelines, rounds, times of annotation and links between corrections stand in annotations.csv alone.',
  ],
  async *trees(input) {
    for (const part of partsOf(input.source.header))
      yield {
        path: `imagefolder/${partPath(input.source.header, part)}.tar`,
        members: () => members(input, part),
      };
  },
};

async function* members(input: RenderingInput, part: Selection): AsyncGenerator<TreeMember> {
  const { source, losses } = input;
  const { unlabelled, absent, labels } = await survey(input, part);
  losses.add('images', 'Images by reference lie elsewhere.', absent);
  if (unlabelled > 0)
    losses.add('class folders', 'Images without one label: the part has no folders by class.', unlabelled);
  const root = pathName(part.part);
  const classes = source.header.classes.map(({ name }) => name);
  const folders = unlabelled > 0 ? [null] : [...labels];
  const folderOf = (label: number | null) => (label === null ? '' : `${pathName(classes[label]!)}/`);
  const placeOf = (record: ImageRecord, label: number | null) =>
    `${unlabelled > 0 ? '' : folderOf(label)}${imageFileName(record.entry)}`;
  const trees: { path: string; members: () => AsyncIterable<TreeMember> }[] = folders.map((label) => ({
    path: `${root}/${folderOf(label)}`,
    members: async function* () {
      for await (const { record, row } of held(input, part))
        if (label === null || row.label === label)
          yield imageMember(`${root}/${placeOf(record, row.label)}`, source, record.entry);
    },
  }));
  const lines = async function* () {
    for await (const { record, row } of held(input, part)) {
      const label = row.label === null ? null : classes[row.label];
      const line = { file_name: placeOf(record, row.label), ...row, label, label_index: row.label };
      yield `${JSON.stringify(line)}\n`;
    }
  };
  let size = 0;
  for await (const line of lines()) size += Buffer.byteLength(line);
  const table = { path: `${root}/metadata.jsonl`, size, chunks: lines() };
  trees.push({
    path: table.path,
    members: async function* () {
      yield table;
    },
  });
  for (const tree of trees.sort((a, b) => compareText(a.path, b.path))) yield* tree.members();
}

async function survey(input: RenderingInput, part: Selection) {
  const labels = new Set<number>();
  let [unlabelled, absent] = [0, 0];
  for await (const { entry } of input.source.images(part)) if (entry.pixels === 'reference') absent++;
  for await (const { row } of held(input, part)) {
    if (row.label === null) unlabelled++;
    else labels.add(row.label);
  }
  return { labels, unlabelled, absent };
}

/** The images whose bytes are here. */
async function* held({ source, options }: RenderingInput, part: Selection) {
  for await (const record of source.images(part))
    if (record.entry.pixels === 'bytes') yield { record, row: tableRow(record, source.header, options) };
}
