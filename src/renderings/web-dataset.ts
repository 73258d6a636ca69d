import { partPath, partsOf } from './part-paths.ts';
import type {
  ImageRecord,
  RenderedFile,
  RenderingFormat,
  RenderingInput,
  Selection,
  TreeMember,
} from './rendering.ts';
import { namedRow, tableRows } from './table-row.ts';
import { tar } from './tar.ts';
import { imageFileName, imageMember, textMember } from './tree-members.ts';

const MOST_BYTES = 256 * 2 ** 20;
const MOST_IMAGES = 10_000;

/**
 * WebDataset: tar shards of at most 256 MiB of images or 10 000 samples, each sample the image and `<id>.json` beside it, in the order of
 * the manifest; `<id>.cls`, the number of its class in the label schema, too in a part where every image has one label.
 */
export const WEB_DATASET: RenderingFormat = {
  kind: 'FILES',
  version: 1,
  holdsPixels: true,
  purpose: 'Shards to stream while training, for `webdataset` and what reads its tars.',
  limits: [
    '`datasets` streams the Parquet files; of shards it wants every member of every JSON to have the same type, empty or not.',
    'Guidelines, rounds, times of annotation and links between corrections stand in annotations.csv alone.',
  ],
  async *files(input) {
    for (const part of partsOf(input.source.header)) yield* shards(input, part);
  },
};

/** The shards share one pass over the part: each is read to its end before the next is asked for. */
async function* shards(input: RenderingInput, part: Selection): AsyncGenerator<RenderedFile> {
  const { source, options } = input;
  const { lastOfShards, hasClass } = await planShards(input, part);
  const rowOf = tableRows(source.header, options);
  const records = source.images(part)[Symbol.asyncIterator]();
  try {
    for (const [index, last] of lastOfShards.entries())
      yield {
        path: `webdataset/${partPath(source.header, part)}-${String(index).padStart(6, '0')}.tar`,
        mediaType: 'application/x-tar',
        chunks: tar(samples(last)),
      };
  } finally {
    await records.return?.();
  }

  async function* samples(last: number): AsyncGenerator<TreeMember> {
    for (let next = await records.next(); !next.done; next = await records.next()) {
      if (next.value.entry.pixels === 'bytes') yield* sample(next.value);
      if (next.value.index === last) return;
    }
  }

  function sample(record: ImageRecord): TreeMember[] {
    const { entry } = record;
    const row = rowOf(record);
    const told = { ...namedRow(row, source.header), ...part };
    const members = [
      imageMember(imageFileName(entry), source, entry),
      textMember(`${entry.id}.json`, JSON.stringify(told)),
      ...(hasClass ? [textMember(`${entry.id}.cls`, String(row.label))] : []),
    ];
    return members.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  }
}

/** With which image of the manifest each shard ends: known from sizes alone, before a byte is read. */
async function planShards({ source, options, losses }: RenderingInput, part: Selection) {
  const rowOf = tableRows(source.header, options);
  const lastOfShards: number[] = [];
  const mediaTypes = new Set<string>();
  let [bytes, images, absent, hasClass] = [0, 0, 0, true];
  for await (const record of source.images(part)) {
    const { entry, index } = record;
    if (entry.pixels === 'reference') {
      absent++;
      continue;
    }
    mediaTypes.add(entry.media ?? '');
    hasClass &&= rowOf(record).label !== null;
    const isFull = images === MOST_IMAGES || bytes + entry.size! > MOST_BYTES;
    if (images === 0 || isFull) {
      lastOfShards.push(index);
      [bytes, images] = [0, 0];
    }
    lastOfShards[lastOfShards.length - 1] = index;
    bytes += entry.size!;
    images++;
  }
  losses.add('images', 'Images by reference lie elsewhere; a sample is nothing without its image.', absent);
  if (mediaTypes.size > 1)
    losses.add(
      'media types',
      'Images of a part have several extensions; some readers want the same in every sample.',
      mediaTypes.size,
    );
  return { lastOfShards, hasClass };
}
