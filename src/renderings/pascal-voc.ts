import {
  type PascalVocWriting,
  pascalVocFile,
  tellPascalVocRounding,
} from '../interchange/write-pascal-voc.ts';
import { compareText } from '../kernel/compare-text.ts';
import { marksOf, requireOneTruth, surveyMarks } from './one-truth.ts';
import { partsOf, pathName, splitFolder, splitsOf } from './part-paths.ts';
import type { RenderingFormat, RenderingInput, RenderingSource, Selection, TreeMember } from './rendering.ts';
import { statementDraft } from './statement-draft.ts';
import { imageFileName, imageMember, textMember } from './tree-members.ts';

/** Pascal VOC, one tree a split: `Annotations/x.xml`, `ImageSets/Main/PART.txt`, `JPEGImages/x.jpg`. Indices are 1-based and inclusive. */
export const PASCAL_VOC: RenderingFormat = {
  kind: 'TREES',
  version: 1,
  holdsPixels: true,
  purpose: 'Boxes in whole pixels for readers of Pascal VOC, with its lists of the parts.',
  limits: [
    'One truth an image: where several annotators marked, one of them or a consensus must be asked for.',
    'Boxes alone, in whole pixels that enclose the shape; no masks, no classes of whole images, no confidences.',
  ],
  async *trees(input) {
    for (const split of splitsOf(input.source.header)) {
      yield {
        path: `${splitFolder(input.source.header, split)}voc.tar`,
        members: () => pascalVocMembers(input, split),
      };
    }
  },
};

async function* pascalVocMembers(
  { source, options, losses }: RenderingInput,
  split: string | null,
): AsyncGenerator<TreeMember> {
  const parts = partsOf(source.header)
    .filter((part) => part.split === split)
    .sort((a, b) => compareText(`${pathName(a.part)}.txt`, `${pathName(b.part)}.txt`));
  const survey = await surveyMarks(source, parts, (record) => marksOf(record, options));
  requireOneTruth('Pascal VOC', survey);
  const writing: PascalVocWriting = {
    title: source.header.title,
    tally: losses,
    rounding: { count: 0, largest: 0 },
  };
  for await (const record of imagesOf(source, parts)) {
    const { metadata, entry } = record;
    const { width, height } = metadata;
    const marks = marksOf(record, options);
    const drafts = marks.map((mark) => statementDraft(mark, entry.id, losses));
    if (width === undefined || height === undefined) {
      losses.add('labels', 'Of images whose size nobody declared there is no file.', drafts.length);
      continue;
    }
    const by = marks[0]?.annotator.name ?? '';
    const content = pascalVocFile(imageFileName(entry), { width, height }, drafts, by, writing);
    if (content !== null) yield textMember(`Annotations/${entry.id}.xml`, content);
  }
  tellPascalVocRounding(writing);
  for (const part of parts) {
    const listed = async function* () {
      for await (const { entry } of source.images(part)) yield `${entry.id}\n`;
    };
    let size = 0;
    for await (const line of listed()) size += line.length;
    yield { path: `ImageSets/Main/${pathName(part.part)}.txt`, size, chunks: listed() };
  }
  let absent = 0;
  for await (const { entry } of imagesOf(source, parts)) {
    if (entry.pixels === 'reference') absent++;
    else yield imageMember(`JPEGImages/${imageFileName(entry)}`, source, entry);
  }
  losses.add('images', 'Images by reference lie elsewhere; their labels are here.', absent);
}

/** The images of all parts of a split in the order of the manifest. */
async function* imagesOf(source: RenderingSource, parts: readonly Selection[]) {
  const [{ split }] = parts as [Selection];
  for await (const record of source.images(null))
    if (split === null || record.entry.parts[split] !== undefined) yield record;
}
