import { partPath, partsOf } from './part-paths.ts';
import type {
  ImageRecord,
  RenderedFile,
  RenderingFormat,
  RenderingInput,
  Selection,
  TreeMember,
} from './rendering.ts';
import { tableRow } from './table-row.ts';
import { tar } from './tar.ts';
import { imageFileName, imageMember, textMember } from './tree-members.ts';

const MOST_BYTES = 256 * 2 ** 20;
const MOST_IMAGES = 10_000;

/**
 * WebDataset: tar shards of at most 256 MiB of images or 10 000 samples, each sample the image and `<id>.json` beside it, in the order of
 * the manifest; `<id>.cls` too in a part where every image has one label.
 */
export const WEB_DATASET: RenderingFormat = {
  kind: 'FILES',
  version: 1,
  purpose: 'Shards to stream while training, for `webdataset` and `datasets`.',
  limits: [
    'Guidelines, rounds, times of annotation and links between corrections stand in annotations.csv alone.',
  ],
  async *files(input) {
    for (const part of partsOf(input.source.header)) yield* shards(input, part);
  },
};

async function* shards(input: RenderingInput, part: Selection): AsyncGenerator<RenderedFile> {
  const { source, losses } = input;
  const plan = await planShards(input, part);
  losses.add(
    'images',
    'Images by reference lie elsewhere; a sample is nothing without its image.',
    plan.absent,
  );
  if (plan.mediaTypes.size > 1)
    losses.add(
      'media types',
      'Samples of a part have images of several types; `datasets` wants one.',
      plan.mediaTypes.size,
    );
  const path = partPath(source.header, part);
  for (const [index, { first, last }] of plan.shards.entries())
    yield {
      path: `webdataset/${path}-${String(index).padStart(6, '0')}.tar`,
      mediaType: 'application/x-tar',
      chunks: tar(samples(input, part, { first, last, hasClass: plan.allLabelled })),
    };
}

/** Where each shard begins and ends, by the images' places in the manifest: known from sizes alone, before a byte is read. */
async function planShards({ source, options }: RenderingInput, part: Selection) {
  const planned: { first: number; last: number }[] = [];
  const mediaTypes = new Set<string>();
  let [bytes, images, absent, allLabelled] = [0, 0, 0, true];
  for await (const record of source.images(part)) {
    const { entry, index } = record;
    if (entry.pixels === 'reference') {
      absent++;
      continue;
    }
    mediaTypes.add(entry.media ?? '');
    allLabelled &&= tableRow(record, source.header, options).label !== null;
    const isFull = images === MOST_IMAGES || (images > 0 && bytes + entry.size! > MOST_BYTES);
    if (planned.length === 0 || isFull) {
      planned.push({ first: index, last: index });
      [bytes, images] = [0, 0];
    }
    planned.at(-1)!.last = index;
    bytes += entry.size!;
    images++;
  }
  return { shards: planned, mediaTypes, absent, allLabelled };
}

async function* samples(
  { source, options }: RenderingInput,
  part: Selection,
  { first, last, hasClass }: { first: number; last: number; hasClass: boolean },
): AsyncGenerator<TreeMember> {
  for await (const record of source.images(part)) {
    if (record.index < first || record.entry.pixels === 'reference') continue;
    if (record.index > last) return;
    yield* sample(record);
  }

  function sample(record: ImageRecord): TreeMember[] {
    const { entry } = record;
    const { header } = source;
    const row = tableRow(record, header, options);
    const names = header.classes.map(({ name }) => name);
    const members = [
      imageMember(imageFileName(entry), source, entry),
      textMember(`${entry.id}.json`, JSON.stringify({ ...row, ...part, class_names: names })),
      ...(hasClass ? [textMember(`${entry.id}.cls`, String(row.label))] : []),
    ];
    return members.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  }
}
