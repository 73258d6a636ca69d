import { COLUMN_NAMES } from '../acquisition/acquisition-values.ts';
import { compareText } from '../kernel/compare-text.ts';
import { imageTruth } from './image-truth.ts';
import type { RenderedFile, RenderingFormat, RenderingInput } from './rendering.ts';

const MEDIA_TYPE = 'text/csv';
const HANDED_ON_AT_ONCE = 1 << 16;

/**
 * Three tables of the whole snapshot: images, every statement of every rater, those taken back too, and what its consensuses say, a row
 * each class, box or mask. RFC 4180 with LF, UTF-8, no byte order mark, in the order of the manifest. No value is changed against
 * formulas of spreadsheets: it would be another value for everybody else.
 */
export const CSV: RenderingFormat = {
  kind: 'FILES',
  version: 1,
  holdsPixels: false,
  purpose:
    'Tables for pandas, R and spreadsheets: images with their acquisition, every statement, every consensus.',
  limits: [
    'No image bytes.',
    'Values stand as people gave them: a spreadsheet takes one that begins with =, +, - or @ for a formula; import it as text.',
  ],
  async *files(input) {
    yield table('images.csv', images(input));
    yield table('annotations.csv', annotations(input));
    if ((input.source.header.consensus ?? []).length > 0) yield table('consensus.csv', consensus(input));
  },
};

type Cell = string | number | null | undefined;

async function* images({ source, options }: RenderingInput): AsyncGenerator<readonly Cell[]> {
  const { factors } = source.header;
  const splits = Object.keys(source.header.splits).sort(compareText);
  yield [
    ...['image_id', 'path', 'sha256', 'size', 'media_type', 'pixels', 'name', 'address'],
    ...['width', 'height', 'orientation', 'bit_depth', 'channels', 'pages', 'label', 'label_source'],
    ...splits.map((split) => `split:${split}`),
    ...COLUMN_NAMES,
    ...factors.map(({ name }) => `factor:${name}`),
  ];
  for await (const { entry, metadata, annotations: document } of source.images(null)) {
    const truth = imageTruth(document, options);
    const { width, height, orientation, bitDepth, channels, pages } = metadata;
    const values = new Map(metadata.factors.map(({ name, value }) => [name, value]));
    yield [
      ...[
        entry.id,
        entry.path,
        entry.sha256,
        entry.size,
        entry.media,
        entry.pixels,
        metadata.name,
        metadata.address,
      ],
      ...[width, height, orientation, bitDepth, channels, pages, truth.label, truth.source],
      ...splits.map((split) => entry.parts[split]),
      ...COLUMN_NAMES.map((column) => metadata.acquisition[column]?.value),
      ...factors.map(({ name }) => values.get(name)),
    ];
  }
}

async function* annotations({ source, options }: RenderingInput): AsyncGenerator<readonly Cell[]> {
  yield [
    ...['id', 'image_id', 'annotator', 'annotator_kind', 'expertise', 'kind', 'label', 'attribute', 'value'],
    ...[
      'geometry',
      'confidence',
      'seconds',
      'annotated_at',
      'round',
      'purpose',
      'guideline',
      'pass',
      'votes',
    ],
    ...['supersedes', 'corrects', 'attributes'],
  ];
  for await (const { entry, annotations: document } of source.images(null)) {
    for (const said of document.annotations) {
      const { annotator, geometry, attributes } = said;
      if (options.annotator !== null && annotator.name !== options.annotator) continue;
      yield [
        ...[said.id, entry.id, annotator.name, annotator.kind, annotator.expertise],
        ...[said.kind, said.label, said.attribute, said.value],
        geometry === undefined ? null : JSON.stringify(geometry),
        ...[
          said.confidence,
          said.seconds,
          said.annotatedAt,
          said.round,
          said.purpose ?? 'LABELLING',
          said.guideline,
        ],
        ...[said.pass ?? 1, said.votes ?? 1, said.supersedes, said.corrects],
        attributes === undefined ? null : JSON.stringify(attributes),
      ];
    }
  }
}

/** Of a class the share of raters that gave it, of a box its support; the class that was settled on has `is_label` 1. */
async function* consensus({ source, options }: RenderingInput): AsyncGenerator<readonly Cell[]> {
  yield ['image_id', 'consensus', 'method', 'kind', 'label', 'is_label', 'share', 'geometry'];
  for await (const { entry, annotations: document } of source.images(null)) {
    for (const { name, method, label: settled, soft = [], boxes = [], masks = [] } of document.consensus ??
      []) {
      if (options.consensus !== null && name !== options.consensus) continue;
      const head = [entry.id, name, method];
      for (const { label, share } of soft)
        yield [...head, 'CLASS', label, label === settled ? 1 : 0, share, null];
      for (const { label, support, x, y, width, height } of boxes)
        yield [...head, 'BOX', label, null, support, JSON.stringify({ kind: 'BOX', x, y, width, height })];
      for (const { label, mask } of masks)
        yield [
          ...[...head, 'MASK', label, null, null],
          mask === null ? null : JSON.stringify({ kind: 'MASK', size: mask.size, counts: mask.counts }),
        ];
    }
  }
}

function table(path: string, rows: AsyncIterable<readonly Cell[]>): RenderedFile {
  return { path, mediaType: MEDIA_TYPE, chunks: lines(rows) };
}

async function* lines(rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<string> {
  let gathered = '';
  for await (const row of rows) {
    gathered += `${row.map(cell).join(',')}\n`;
    if (gathered.length < HANDED_ON_AT_ONCE) continue;
    yield gathered;
    gathered = '';
  }
  yield gathered;
}

/** RFC 4180 §2.5–2.7: quoted where it holds a comma, a quote or a line break. */
function cell(value: Cell): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
