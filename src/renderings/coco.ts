import { LossTally } from '../interchange/loss-tally.ts';
import { EXTRA } from '../interchange/statement-json.ts';
import {
  cocoContext,
  cocoRow,
  cocoStatement,
  SEVERAL_ANNOTATORS,
  unseenElsewhere,
} from '../interchange/write-coco.ts';
import { imageShapes } from './image-shapes.ts';
import { statementsInForce } from './image-truth.ts';
import { surveyMarks } from './one-truth.ts';
import { partPath, partsOf } from './part-paths.ts';
import type { ImageRecord, RenderedFile, RenderingFormat, RenderingInput, Selection } from './rendering.ts';
import type { Statement } from './snapshot-documents.ts';
import { statementDraft } from './statement-draft.ts';
import { imageFileName } from './tree-members.ts';

/**
 * COCO instances (cocodataset.org, "Data format"), one file a part: boxes, polygons and run-length masks of every rater, whose pseudonym
 * stands in `attributes.annotator`; ids count from 1 in the order of the manifest. What COCO has no members for stands under `holotype`.
 */
export const COCO: RenderingFormat = {
  kind: 'FILES',
  version: 1,
  holdsPixels: false,
  purpose:
    'Boxes, polygons and masks for pycocotools and everything that reads COCO; `file_name` is that of images.tar.',
  limits: [
    'Other readers take the shapes of all raters together for one truth; ask for an annotator or a consensus.',
    'Other readers see no statement without a shape, no point and no line; ours finds them under `holotype`.',
  ],
  async *files(input) {
    for (const part of partsOf(input.source.header)) yield await cocoFile(input, part);
  },
};

async function cocoFile(input: RenderingInput, part: Selection): Promise<RenderedFile> {
  const { source, options, losses } = input;
  const statements = ({ annotations }: ImageRecord): Statement[] =>
    options.consensus === null ? statementsInForce(annotations, options) : imageShapes(annotations, options);
  const survey = await surveyMarks(source, [part], statements);
  if (survey.annotators.length > 1) losses.add('annotators', SEVERAL_ANNOTATORS, survey.annotators.length);
  const context = cocoContext(survey.classes, !survey.hasNoCrowd);
  const described = {
    description: source.header.title,
    version: source.digest,
    [EXTRA]: { snapshot: source.digest, ...part, ...options },
  };

  async function* sized() {
    let id = 0;
    for await (const record of source.images(part)) {
      const { width, height } = record.metadata;
      if (width !== undefined && height !== undefined) yield { record, id: ++id, size: { width, height } };
    }
  }
  async function* images() {
    for await (const { record, id, size } of sized()) {
      const { entry } = record;
      const { sha256 } = entry;
      yield { id, file_name: imageFileName(entry), ...size, uid: entry.id, sha256, ...part };
    }
  }
  async function* rows(wanted: 'ROWS' | 'STATEMENTS') {
    const tally = wanted === 'ROWS' ? losses : new LossTally(); // the second pass loses the same again
    let rowId = 0;
    for await (const { record, id, size } of sized()) {
      for (const statement of statements(record)) {
        const draft = statementDraft(statement, imageFileName(record.entry), tally);
        const row = cocoRow(draft, { id: rowId + 1, image_id: id }, size, context);
        if (row !== null) rowId++;
        const unseen = unseenElsewhere(draft.kind, row !== null);
        if (unseen !== null) tally.add(draft.kind, unseen);
        if (wanted === 'ROWS' && row !== null) yield row;
        if (wanted === 'STATEMENTS' && row === null) yield cocoStatement(draft, id);
      }
    }
  }
  async function* chunks() {
    let unsized = 0;
    for await (const { metadata } of source.images(part))
      if (metadata.width === undefined || metadata.height === undefined) unsized++;
    losses.add('images', 'Images by reference whose size nobody declared are left out.', unsized);
    yield `{\n"info": ${JSON.stringify(described)},\n"licenses": [],\n"images": `;
    yield* lines(images());
    yield `,\n"categories": ${JSON.stringify(context.categories)},\n"annotations": `;
    yield* lines(rows('ROWS'));
    const defaults = context.isCrowdByDefault ? '"defaults": {"iscrowd":0}, ' : '';
    yield `,\n"${EXTRA}": {${defaults}"statements": `;
    yield* lines(rows('STATEMENTS'));
    yield '}\n}\n';
  }
  return {
    path: `coco/${partPath(source.header, part)}.json`,
    mediaType: 'application/json',
    chunks: chunks(),
  };
}

/** A JSON array, one entry a line. */
async function* lines(entries: AsyncIterable<object>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const entry of entries) {
    yield `${isFirst ? '[\n' : ',\n'}${JSON.stringify(entry)}`;
    isFirst = false;
  }
  yield isFirst ? '[]' : '\n]';
}
