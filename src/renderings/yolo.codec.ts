import { stringify } from 'yaml';
import { EXTRA } from '../interchange/statement-json.ts';
import { YoloWriting, yoloTask } from '../interchange/write-yolo-labels.ts';
import { compareText } from '../kernel/compare-text.ts';
import { marksOf, requireOneTruth, surveyMarks } from './one-truth.ts';
import { partsOf, pathName, splitFolder, splitsOf } from './part-paths.ts';
import type { RenderingFormat, RenderingInput, Selection, TreeMember } from './rendering.ts';
import { statementDraft } from './statement-draft.ts';
import { imageFileName, imageMember, textMember } from './tree-members.ts';

/** What Ultralytics calls the parts; others keep their names, which it passes over. */
const KEYS: Readonly<Record<string, string>> = {
  train: 'train',
  validation: 'val',
  val: 'val',
  test: 'test',
};

/** YOLO as Ultralytics reads it, one tree a split: `data.yaml`, `images/PART/x.png`, `labels/PART/x.txt`. */
export const YOLO: RenderingFormat = {
  kind: 'TREES',
  version: 1,
  holdsPixels: true,
  purpose: 'Boxes, rotated boxes or polygons for Ultralytics; the task follows from the shapes.',
  limits: [
    'One truth an image: where several annotators marked, one of them or a consensus must be asked for.',
    'No ids, raters, confidences or attributes; coordinates have six decimals.',
    'An image of which nobody says anything has no label file, and is taken for background.',
  ],
  async *trees(input) {
    for (const split of splitsOf(input.source.header)) {
      yield {
        path: `${splitFolder(input.source.header, split)}yolo.tar`,
        members: () => yoloMembers(input, split),
      };
    }
  },
};

async function* yoloMembers(
  { source, options, losses }: RenderingInput,
  split: string | null,
): AsyncGenerator<TreeMember> {
  const parts = partsOf(source.header)
    .filter((part) => part.split === split)
    .sort((a, b) => compareText(`${pathName(a.part)}/`, `${pathName(b.part)}/`));
  const survey = await surveyMarks(source, parts, (record) => marksOf(record, options));
  requireOneTruth('YOLO', survey);
  const writing = new YoloWriting(yoloTask(survey.kinds), survey.classes, losses);
  yield textMember('data.yaml', dataFile(parts, writing, { snapshot: source.digest, ...options }));
  for (const part of parts) {
    let absent = 0;
    for await (const { entry } of source.images(part)) {
      if (entry.pixels === 'reference') absent++;
      else yield imageMember(`images/${pathName(part.part)}/${imageFileName(entry)}`, source, entry);
    }
    losses.add('images', 'Images by reference lie elsewhere; their labels are here.', absent);
  }
  for (const part of parts) {
    for await (const record of source.images(part)) {
      const { width, height } = record.metadata;
      const drafts = marksOf(record, options).map((mark) => statementDraft(mark, record.entry.id, losses));
      if (width === undefined || height === undefined) {
        losses.add('labels', 'Of images whose size nobody declared no shares can be told.', drafts.length);
        continue;
      }
      const content = drafts.length === 0 ? null : writing.labelFile(drafts, { width, height });
      if (content !== null) yield textMember(`labels/${pathName(part.part)}/${record.entry.id}.txt`, content);
    }
  }
  writing.tellRounding();
}

function dataFile(parts: readonly Selection[], { task, names }: YoloWriting, of: object): string {
  const folders = parts.map(({ part }) => [KEYS[part] ?? pathName(part), `images/${pathName(part)}`]);
  return stringify({
    path: '.',
    ...Object.fromEntries(folders),
    names: new Map(names.entries()),
    [EXTRA]: { task, ...of },
  });
}
