import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { COLUMN_NAMES } from '../acquisition/acquisition-values.ts';
import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import { partPath, partsOf } from './part-paths.ts';
import type { RenderingFormat, RenderingInput, Selection } from './rendering.ts';
import { isNumeric, type TableRow, tableRows } from './table-row.ts';
import { imageFileName } from './tree-members.ts';

const VERSION = 1;
/** A row group, which is in memory as a whole, ends at whichever comes first; bytes are those of images and of shapes. */
const MOST_ROWS = 4096;
const MOST_BYTES = 32 * 2 ** 20;
/** Readers take a value into memory as a whole, and none above 2 GiB. */
const LARGEST_IMAGE = 256 * 2 ** 20;

/**
 * One Parquet file a part, a row an image in the order of the manifest, as Hugging Face `datasets` reads images: the bytes as they came in a
 * column `image {bytes, path}`, of an image by reference its address as the path; classes as numbers of the label schema with their names
 * in the footer. Uncompressed and without statistics; when it takes a dictionary the pinned writer decides by the values alone.
 */
export const PARQUET: RenderingFormat = {
  kind: 'FILES',
  version: VERSION,
  holdsPixels: true,
  purpose: 'A table with the images in it, for `datasets`, pandas, pyarrow, DuckDB, Spark and Croissant.',
  limits: [
    'Guidelines, rounds, times of annotation and links between corrections stand in annotations.csv alone.',
  ],
  async *files(input) {
    for (const part of partsOf(input.source.header))
      yield {
        path: `${partPath(input.source.header, part)}.parquet`,
        mediaType: 'application/vnd.apache.parquet',
        chunks: parquetFile(input, part),
      };
  },
};

type Cell = TableRow & {
  readonly split: string | null;
  readonly part: string;
  readonly image: { readonly bytes: Uint8Array | null; readonly path: string | null };
};

async function* parquetFile(
  { source, options, losses }: RenderingInput,
  part: Selection,
): AsyncGenerator<Uint8Array> {
  const { header } = source;
  const columns = columnsOf(header);
  const names = columns.map(([name]) => name);
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(([, elements]) => elements)],
    codec: 'UNCOMPRESSED',
    statistics: false,
    createdBy: `holotype parquet ${VERSION}`,
    kvMetadata: [
      { key: 'huggingface', value: JSON.stringify({ info: { features: featuresOf(header) } }) },
      { key: 'snapshot', value: source.digest },
      { key: 'part', value: JSON.stringify(part) },
    ],
  });
  let rows: Cell[] = [];
  let bytes = 0;
  const writeGroup = async () => {
    const data = names.map((name) => ({ name, data: rows.map((row) => row[name as keyof Cell]) as never[] }));
    await parquet.write({ columnData: data, rowGroupSize: rows.length });
    [rows, bytes] = [[], 0];
  };
  const rowOf = tableRows(header, options);
  let [absent, huge] = [0, 0];
  for await (const record of source.images(part)) {
    const { entry } = record;
    const row = rowOf(record);
    const isReference = entry.pixels === 'reference';
    const isHuge = !isReference && entry.size! > LARGEST_IMAGE;
    if (isReference) absent++;
    if (isHuge) huge++;
    const image = {
      bytes: isReference || isHuge ? null : await whole(source.bytes(entry), entry.size!),
      path: isReference ? row.address : imageFileName(entry),
    };
    rows.push(asCell(row, part, image));
    bytes +=
      (image.bytes?.length ?? 0) + row.objects.shape.reduce((sum, shape) => sum + (shape?.length ?? 0), 0);
    if (rows.length < MOST_ROWS && bytes < MOST_BYTES) continue;
    await writeGroup();
    yield taken(writer);
  }
  if (rows.length > 0) await writeGroup();
  await parquet.finish();
  yield taken(writer);
  losses.add('image bytes', 'Images by reference lie elsewhere; `image.path` is their address.', absent);
  losses.add('large images', 'Images above 256 MiB are in images.tar alone.', huge);
}

/** What was written so far, and lets it go; the writer counts on. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.buffer = new ArrayBuffer(1 << 16);
  writer.view = new DataView(writer.buffer);
  writer.index = 0;
  return bytes;
}

async function whole(chunks: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Classes are 64-bit integers, as `datasets` wants them. */
function asCell(row: TableRow, part: Selection, image: Cell['image']): Cell {
  const big = (label: number | null) => (label === null ? null : BigInt(label));
  return {
    ...row,
    ...part,
    image,
    label: big(row.label),
    labels: row.labels.map((said) => ({ ...said, label: big(said.label) })),
    objects: { ...row.objects, category: row.objects.category.map(big) },
  } as unknown as Cell;
}

type Column = readonly [name: string, elements: SchemaElement[]];

const optional = (name: string, more: Partial<SchemaElement> = {}): SchemaElement => ({
  name,
  repetition_type: 'OPTIONAL',
  ...more,
});
const text = (name: string) => optional(name, { type: 'BYTE_ARRAY', converted_type: 'UTF8' });
const integer = (name: string) => optional(name, { type: 'INT32' });
const long = (name: string) => optional(name, { type: 'INT64' });
const double = (name: string) => optional(name, { type: 'DOUBLE' });
const said = (name: string, numeric: boolean) => (numeric ? double(name) : text(name));
const struct = (name: string, ...fields: SchemaElement[][]): SchemaElement[] => [
  optional(name, { num_children: fields.length }),
  ...fields.flat(),
];
const list = (name: string, element: SchemaElement[]): SchemaElement[] => [
  optional(name, { num_children: 1, converted_type: 'LIST' }),
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  ...element,
];

/** Each column with its elements of the Parquet schema, in order. */
function columnsOf(header: SnapshotHeader): Column[] {
  const plain = (element: SchemaElement): Column => [element.name, [element]];
  return [
    plain(text('image_id')),
    ['image', struct('image', [optional('bytes', { type: 'BYTE_ARRAY' })], [text('path')])],
    ...['split', 'part', 'sha256', 'name', 'address', 'media_type'].map((name) => plain(text(name))),
    ...['width', 'height', 'orientation', 'bit_depth', 'channels', 'pages'].map((name) =>
      plain(integer(name)),
    ),
    plain(long('label')),
    plain(text('label_source')),
    ['soft', list('soft', [double('element')])],
    [
      'labels',
      list(
        'labels',
        struct(
          'element',
          ...[text('annotator'), text('annotator_kind'), long('label'), integer('pass')].map((field) => [
            field,
          ]),
          ...[integer('votes'), double('confidence'), double('seconds')].map((field) => [field]),
        ),
      ),
    ],
    ['values', list('values', struct('element', [text('annotator')], [text('attribute')], [text('value')]))],
    [
      'objects',
      struct(
        'objects',
        list('bbox', list('element', [double('element')])),
        list('category', [long('element')]),
        list('annotator', [text('element')]),
        list('kind', [text('element')]),
        list('shape', [text('element')]),
        list('confidence', [double('element')]),
      ),
    ],
    ['acquisition', struct('acquisition', ...COLUMN_NAMES.map((name) => [said(name, isNumeric(name))]))],
    ...(header.factors.length === 0
      ? []
      : [
          [
            'factors',
            struct('factors', ...header.factors.map((factor) => [said(factor.name, isNumeric(factor))])),
          ] as const,
        ]),
  ];
}

/** The same for `datasets` (formats.md §2.9): a type that is not the physical one makes it forget all of them. */
function featuresOf({ classes, factors }: SnapshotHeader): object {
  const value = (dtype: string) => ({ dtype, _type: 'Value' });
  const sequence = (feature: object) => ({ feature, _type: 'Sequence' });
  const label =
    classes.length === 0 ? value('int64') : { names: classes.map(({ name }) => name), _type: 'ClassLabel' };
  const typed = (numeric: boolean) => value(numeric ? 'float64' : 'string');
  const texts = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, value('string')]));
  return {
    image_id: value('string'),
    image: { _type: 'Image' },
    ...texts(['split', 'part', 'sha256', 'name', 'address', 'media_type']),
    ...Object.fromEntries(
      ['width', 'height', 'orientation', 'bit_depth', 'channels', 'pages'].map((name) => [
        name,
        value('int32'),
      ]),
    ),
    label,
    label_source: value('string'),
    soft: sequence(value('float64')),
    labels: [
      {
        ...texts(['annotator', 'annotator_kind']),
        label,
        pass: value('int32'),
        votes: value('int32'),
        confidence: value('float64'),
        seconds: value('float64'),
      },
    ],
    values: [texts(['annotator', 'attribute', 'value'])],
    objects: {
      bbox: sequence(sequence(value('float64'))),
      category: sequence(label),
      annotator: sequence(value('string')),
      kind: sequence(value('string')),
      shape: sequence(value('string')),
      confidence: sequence(value('float64')),
    },
    acquisition: Object.fromEntries(COLUMN_NAMES.map((name) => [name, typed(isNumeric(name))])),
    ...(factors.length === 0
      ? {}
      : {
          factors: Object.fromEntries(factors.map((factor) => [factor.name, typed(isNumeric(factor))])),
        }),
  };
}
