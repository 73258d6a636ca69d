import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { LossTally } from '../../src/interchange/loss-tally.ts';
import { CSV } from '../../src/renderings/csv.ts';
import { IMAGE_FOLDER } from '../../src/renderings/image-folder.ts';
import { IMAGE_TAR } from '../../src/renderings/image-tar.ts';
import { PARQUET } from '../../src/renderings/parquet.codec.ts';
import type { RenderingFormat, RenderingOptions, RenderingSource } from '../../src/renderings/rendering.ts';
import type { Statement } from '../../src/renderings/snapshot-documents.ts';
import { WEB_DATASET } from '../../src/renderings/web-dataset.ts';
import { EVERYONE, memorySource, type Specimen, written } from './memory-source.ts';

const by = (annotator: string, more: Partial<Statement>): Statement => ({
  id: `${annotator}-${more.kind}-${more.label ?? more.attribute ?? ''}`,
  annotator: { name: annotator, kind: 'HUMAN' },
  kind: 'CLASS',
  ...more,
});
const says = (annotator: string, label: string) => by(annotator, { kind: 'CLASS', label });
const FACTORS = [
  { name: 'dose', kind: 'CONTINUOUS', unit: 'mg' },
  { name: 'genotype', kind: 'NOMINAL' },
];
const SPECIMENS: readonly Specimen[] = [
  {
    part: 'train',
    bytes: 'one',
    statements: [says('ann', 'leaf'), says('bo', 'leaf'), says('cy', 'stem')],
    metadata: {
      acquisition: { site: { value: 'Leaves, "north"\nfield' }, distance: { value: '1.25' } },
      factors: [
        { name: 'dose', value: '0.5' },
        { name: 'genotype', value: '=B73' },
      ],
    },
  },
  {
    part: 'train',
    bytes: 'two',
    statements: [
      says('ann', 'stem'),
      by('ann', {
        kind: 'BOX',
        label: 'stem',
        geometry: { kind: 'BOX', x: '1', y: '2.5', width: '10', height: '20' },
        confidence: '0.75',
      }),
      by('bo', {
        kind: 'MASK',
        label: 'leaf',
        geometry: { kind: 'MASK', ...encodeMask(new Uint8Array(8000).fill(1, 850, 860), 100, 80) },
      }),
      by('bo', { kind: 'VALUE', attribute: 'height', value: '3.5' }),
    ],
  },
  { part: 'test', bytes: 'three', statements: [says('ann', 'leaf'), says('bo', 'stem')] },
  { part: 'test', bytes: 'four', statements: [says('ann', 'leaf')] },
  {
    part: 'test',
    statements: [says('ann', 'stem')],
    metadata: { address: 'https://images.example/5.png' },
  },
];
const id = (number: number) => String(number).padStart(32, '0');
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

function sourceOf(specimens: readonly Specimen[] = SPECIMENS, classes?: readonly string[]): RenderingSource {
  const source = memorySource(specimens, classes);
  return { ...source, header: { ...source.header, factors: FACTORS } };
}

async function parquetRows(source: RenderingSource, path: string, options: RenderingOptions = EVERYONE) {
  const { files } = await written(PARQUET, source, options);
  const bytes = files.get(path)!;
  const file = new Uint8Array(bytes).buffer;
  return {
    metadata: await parquetMetadataAsync(file),
    rows: await parquetReadObjects({ file, utf8: false }),
  };
}

describe('Parquet of a snapshot', () => {
  it('has a row an image with its bytes, one label, the share of each class and what every rater said', async () => {
    const { rows } = await parquetRows(sourceOf(), 'train.parquet');
    expect(rows).toHaveLength(2);
    expect(Buffer.from(rows[0]!.image.bytes).toString()).toBe('one');
    expect(rows[0]).toMatchObject({
      ...{ image_id: id(1), split: 'holdout', part: 'train', width: 100, height: 80 },
      ...{ label: 0n, label_source: 'PEOPLE', soft: [2 / 3, 1 / 3] },
      acquisition: { site: 'Leaves, "north"\nfield', distance: 1.25, device: null },
      factors: { dose: 0.5, genotype: '=B73' },
    });
    expect(rows[0]!.image.path).toBe(`${id(1)}.png`);
    expect(
      rows[0]!.labels.map((said: { annotator: string; label: bigint }) => [said.annotator, said.label]),
    ).toEqual([
      ['ann', 0n],
      ['bo', 0n],
      ['cy', 1n],
    ]);
  });

  it('has the shapes of every rater as boxes, and masks as their runs', async () => {
    const { rows } = await parquetRows(sourceOf(), 'train.parquet');
    const { bbox, category, annotator, kind, shape, confidence } = rows[1]!.objects;
    expect(bbox).toEqual([
      [1, 2.5, 10, 20],
      [50, 8, 10, 1],
    ]);
    expect([category, annotator, kind, confidence]).toEqual([
      [1n, 0n],
      ['ann', 'bo'],
      ['BOX', 'MASK'],
      [0.75, null],
    ]);
    expect(shape[0]).toBeNull();
    expect(JSON.parse(shape[1])).toMatchObject({ kind: 'MASK', size: [80, 100] });
    expect(rows[1]!.values).toEqual([{ annotator: 'bo', attribute: 'height', value: '3.5' }]);
  });

  it('leaves a label null where raters tie, and takes the annotator asked for', async () => {
    const everyone = await parquetRows(sourceOf(), 'test.parquet');
    expect(everyone.rows[0]).toMatchObject({ label: null, soft: [0.5, 0.5] });
    const one = await parquetRows(sourceOf(), 'test.parquet', { consensus: null, annotator: 'bo' });
    expect(one.rows.map(({ label }) => label)).toEqual([1n, null, null]);
    expect(one.rows[1]!.soft ?? null).toBeNull();
  });

  it('names the address of an image by reference as its path, and counts it', async () => {
    const { rows } = await parquetRows(sourceOf(), 'test.parquet');
    expect(rows[2]!.image).toEqual({ bytes: null, path: 'https://images.example/5.png' });
    expect((await written(PARQUET, sourceOf())).losses).toEqual([
      {
        what: 'image bytes',
        count: 1,
        message: 'Images by reference lie elsewhere; `image.path` is their address.',
      },
    ]);
  });

  it('says in its footer of which snapshot it is and what `datasets` makes of its columns', async () => {
    const { metadata } = await parquetRows(sourceOf(), 'train.parquet');
    const told = new Map(metadata.key_value_metadata!.map(({ key, value }) => [key, value]));
    expect(told.get('snapshot')).toBe(`sha256:${'4'.repeat(64)}`);
    const { features } = JSON.parse(told.get('huggingface')!).info;
    expect(features.label).toEqual({ names: ['leaf', 'stem'], _type: 'ClassLabel' });
    expect(features.factors).toEqual({
      dose: { dtype: 'float64', _type: 'Value' },
      genotype: { dtype: 'string', _type: 'Value' },
    });
    expect(metadata.created_by).toBe('holotype parquet 1');
  });

  it('ends a row group at 32 MiB of images, so that neither end holds more', async () => {
    const bytes = 'x'.repeat(9 * 2 ** 20);
    const source = memorySource(Array.from({ length: 9 }, () => ({ part: 'train', bytes })));
    const { metadata, rows } = await parquetRows(source, 'train.parquet');
    expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([4n, 4n, 1n]);
    expect(rows.every(({ image }) => image.bytes.length === bytes.length)).toBe(true);
  });

  it('is a file with no rows for a part whose images were all withdrawn', async () => {
    const source = memorySource([{ part: 'train', bytes: 'one' }]);
    const empty: RenderingSource = { ...source, async *images() {} };
    const { rows, metadata } = await parquetRows(empty, 'train.parquet');
    expect([rows, metadata.num_rows]).toEqual([[], 0n]);
  });
});

/** Reads RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

async function csv(source: RenderingSource, path: string, options: RenderingOptions = EVERYONE) {
  const { files } = await written(CSV, source, options);
  const [head, ...rows] = readCsv(files.get(path)!.toString());
  return rows.map((row) => Object.fromEntries(head!.map((name, index) => [name, row[index]])));
}

describe('CSV of a snapshot', () => {
  it('tells of every image where it is, its part, its label, its acquisition and its factors, nothing changed', async () => {
    const rows = await csv(sourceOf(), 'images.csv');
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatchObject({
      ...{ image_id: id(1), path: `images/${id(1)}.png`, pixels: 'bytes', 'split:holdout': 'train' },
      ...{ label: 'leaf', label_source: 'PEOPLE', site: 'Leaves, "north"\nfield', distance: '1.25' },
      ...{ 'factor:dose': '0.5', 'factor:genotype': '=B73' },
    });
    expect(rows[4]).toMatchObject({ pixels: 'reference', address: 'https://images.example/5.png' });
  });

  it('has a row for every statement of every rater', async () => {
    const rows = await csv(sourceOf(), 'annotations.csv');
    expect(rows.map(({ image_id, annotator, kind, label }) => [image_id, annotator, kind, label])).toEqual(
      SPECIMENS.flatMap(({ statements = [] }, index) =>
        statements.map(({ annotator, kind, label = '' }) => [id(index + 1), annotator.name, kind, label]),
      ),
    );
    expect(JSON.parse(rows[4]!.geometry!)).toMatchObject({ kind: 'BOX', y: '2.5' });
    const alone = await csv(sourceOf(), 'annotations.csv', { consensus: null, annotator: 'cy' });
    expect(alone.map(({ annotator }) => annotator)).toEqual(['cy']);
  });

  it('has the classes, boxes and masks of consensuses where the snapshot carries any', async () => {
    expect([...(await written(CSV, sourceOf())).files.keys()]).toEqual(['images.csv', 'annotations.csv']);
    const consensus = [
      {
        name: 'fused',
        method: 'WBF',
        boxes: [{ label: 'leaf', x: '1', y: '2', width: '3', height: '4', support: '0.5' }],
      },
      {
        name: 'vote',
        method: 'MAJORITY',
        label: 'leaf',
        soft: [
          { label: 'leaf', share: '0.75' },
          { label: 'stem', share: '0.25' },
        ],
      },
    ];
    const source = memorySource([{ part: 'train', consensus }]);
    const told = { ...source, header: { ...source.header, consensus: [{ name: 'vote' }] as never } };
    const rows = await csv(told, 'consensus.csv');
    expect(rows.map((row) => [row.consensus, row.kind, row.label, row.is_label, row.share])).toEqual([
      ['fused', 'BOX', 'leaf', '', '0.5'],
      ['vote', 'CLASS', 'leaf', '1', '0.75'],
      ['vote', 'CLASS', 'stem', '0', '0.25'],
    ]);
    expect(await csv(told, 'consensus.csv', { consensus: 'vote', annotator: null })).toHaveLength(2);
  });

  it('gives back whatever people wrote', async () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(anything, anything, async (site, value) => {
        const source = sourceOf([
          {
            part: 'train',
            statements: [by('ann', { kind: 'VALUE', attribute: 'note', value })],
            metadata: { acquisition: { site: { value: site } } },
          },
        ]);
        expect((await csv(source, 'images.csv'))[0]!.site).toBe(site);
        expect((await csv(source, 'annotations.csv'))[0]!.value).toBe(value);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the tar of images', () => {
  it('has the images as they came, by part, without those that lie elsewhere', async () => {
    const { files, losses } = await written(IMAGE_TAR, sourceOf());
    expect([...files].map(([path, bytes]) => [path, bytes.toString()])).toEqual([
      [`test/${id(3)}.png`, 'three'],
      [`test/${id(4)}.png`, 'four'],
      [`train/${id(1)}.png`, 'one'],
      [`train/${id(2)}.png`, 'two'],
    ]);
    expect(losses).toEqual([{ what: 'images', count: 1, message: 'Images by reference lie elsewhere.' }]);
  });
});

/** Path → content of a tar of ours. */
function readTar(bytes: Buffer): Map<string, string> {
  const members = new Map<string, string>();
  for (let at = 0; bytes[at] !== 0; ) {
    const path = bytes.subarray(at, bytes.indexOf(0, at)).toString();
    const size = Number.parseInt(bytes.subarray(at + 124, at + 135).toString(), 8);
    members.set(path, bytes.subarray(at + 512, at + 512 + size).toString());
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return members;
}

describe('WebDataset of a snapshot', () => {
  it('puts each image beside what is said of it, its class too where every image of the part has one', async () => {
    const { files, losses } = await written(WEB_DATASET, sourceOf());
    const train = readTar(files.get('webdataset/train-000000.tar')!);
    expect([...train.keys()]).toEqual(
      [1, 2].flatMap((number) => ['cls', 'json', 'png'].map((ending) => `${id(number)}.${ending}`)),
    );
    expect(train.get(`${id(1)}.cls`)).toBe('0');
    expect(JSON.parse(train.get(`${id(2)}.json`)!)).toMatchObject({
      ...{ image_id: id(2), split: 'holdout', part: 'train', label: 'stem', label_index: 1, soft: [0, 1] },
      objects: { bbox: [[1, 2.5, 10, 20], expect.anything()], category: ['stem', 'leaf'] },
    });
    const test = readTar(files.get('webdataset/test-000000.tar')!);
    expect([...test.keys()]).toEqual(
      [3, 4].flatMap((number) => ['json', 'png'].map((ending) => `${id(number)}.${ending}`)),
    );
    expect(losses).toContainEqual(expect.objectContaining({ what: 'images', count: 1 }));
  });

  it('begins another shard after 10 000 images or 256 MiB, none left out and none twice', async () => {
    const many = memorySource(Array.from({ length: 20_001 }, () => ({ part: 'train', bytes: 'x' })));
    const { files } = await written(WEB_DATASET, many);
    const shards = [...files.values()].map((bytes) => [...readTar(bytes).keys()]);
    expect([...files.keys()]).toEqual([0, 1, 2].map((shard) => `webdataset/train-00000${shard}.tar`));
    expect(shards.map((members) => members.length / 2)).toEqual([10_000, 10_000, 1]);
    expect(new Set(shards.flat()).size).toBe(40_002);
  });

  it('counts the types of images where a part has several', async () => {
    const source = memorySource([
      { part: 'train', bytes: 'a' },
      { part: 'train', bytes: 'b' },
    ]);
    const mixed: RenderingSource = {
      ...source,
      async *images(selection) {
        for await (const record of source.images(selection))
          yield record.index === 0
            ? record
            : { ...record, entry: { ...record.entry, media: 'image/tiff', path: `images/${id(2)}.tif` } };
      },
    };
    expect((await written(WEB_DATASET, mixed)).losses).toEqual([
      expect.objectContaining({ what: 'media types', count: 2 }),
    ]);
  });
});

describe('ImageFolder of a snapshot', () => {
  it('has a folder a class, images without a label beside them, and a line for each', async () => {
    const { files, losses } = await written(IMAGE_FOLDER, sourceOf());
    expect([...files.keys()]).toEqual([
      `test/${id(3)}.png`,
      `test/leaf/${id(4)}.png`,
      'test/metadata.jsonl',
      `train/leaf/${id(1)}.png`,
      'train/metadata.jsonl',
      `train/stem/${id(2)}.png`,
    ]);
    const lines = files.get('train/metadata.jsonl')!.toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { file_name: `leaf/${id(1)}.png`, label: 'leaf', label_index: 0 },
      { file_name: `stem/${id(2)}.png`, label: 'stem', objects: { category: ['stem', 'leaf'] } },
    ]);
    expect(losses).toContainEqual(expect.objectContaining({ what: 'class folders', count: 1 }));
    expect(losses).toContainEqual(expect.objectContaining({ what: 'images', count: 1 }));
  });

  it('holds classes of whatever name, none of them taken for a file or for another', async () => {
    const classes = ['metadata.jsonl', 'Épi', '..', 'a/b', '花'.repeat(60), 'metadata~2Ejsonl'];
    const source = sourceOf(
      classes.map((label) => ({ part: 'train', bytes: label, statements: [says('ann', label)] })),
      classes,
    );
    const { files } = await written(IMAGE_FOLDER, source);
    const lines = files.get('train/metadata.jsonl')!.toString().trimEnd().split('\n');
    const told = lines.map((line) => JSON.parse(line));
    expect(told.map(({ label }) => label)).toEqual(classes);
    expect(told.map(({ file_name }) => files.get(`train/${file_name}`)!.toString())).toEqual(classes);
    const folders = told.map(({ file_name }) => file_name.split('/')[0]);
    expect(new Set(folders).size).toBe(classes.length);
    expect(folders.every((folder) => /^[A-Za-z0-9_~-]+$/.test(folder))).toBe(true);
  });
});

describe('ImageFolder of many images', () => {
  it('comes in the order of its paths, though no more than some of the images are sorted at a time', async () => {
    const labels = ['stem', 'leaf', null];
    const many = sourceOf(
      Array.from({ length: 51_000 }, (_, index) => {
        const label = labels[index % 3];
        return { part: 'train', bytes: 'x', statements: label ? [says('ann', label)] : [] };
      }),
    );
    if (IMAGE_FOLDER.kind !== 'TREES') throw new Error('It is no tree.');
    const losses = new LossTally();
    let [last, count] = ['', 0];
    for await (const tree of IMAGE_FOLDER.trees({ source: many, options: EVERYONE, losses }))
      for await (const { path } of tree.members()) {
        if (path <= last) throw new Error(`${path} follows ${last}.`);
        [last, count] = [path, count + 1];
      }
    expect(count).toBe(51_001);
  });
});

describe('the bytes of the tables and trees', () => {
  const formats: Readonly<Record<string, RenderingFormat>> = {
    ...{ csv: CSV, parquet: PARQUET, tar: IMAGE_TAR },
    ...{ imagefolder: IMAGE_FOLDER, webdataset: WEB_DATASET },
  };
  const digests = async (source: RenderingSource) => {
    const found: Record<string, string> = {};
    for (const format of Object.values(formats))
      for (const [path, bytes] of (await written(format, source)).served) found[path] = hash(bytes);
    return found;
  };

  it('are those that they were when this version of the exporters was written', async () => {
    expect(await digests(sourceOf())).toEqual({
      'annotations.csv': '29ebf448e3b9e32a',
      'imagefolder/test.tar': '91095eb17de737aa',
      'imagefolder/train.tar': 'd6b9ba10980dd0f1',
      'images.csv': '001062fa11da4ea7',
      'images.tar': 'cdbb6e040a83c23c',
      'test.parquet': '5c00f90fa9371a44',
      'train.parquet': 'bc617fd083f8b6b3',
      'webdataset/test-000000.tar': 'eee71a906662b817',
      'webdataset/train-000000.tar': '2d48c34e2ba7826c',
    });
  });

  it('are the same in another time zone and language, and however the images come in chunks', async () => {
    const source = sourceOf();
    const expected = await digests(source);
    const { TZ, LANG } = process.env;
    try {
      Object.assign(process.env, { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
      const inPieces: RenderingSource = {
        ...source,
        async *bytes(entry) {
          for await (const chunk of source.bytes(entry)) for (const byte of chunk) yield Buffer.of(byte);
        },
      };
      expect(await digests(inPieces)).toEqual(expected);
    } finally {
      Object.assign(process.env, { TZ, LANG });
      delete process.env.LC_ALL;
      if (TZ === undefined) delete process.env.TZ;
      if (LANG === undefined) delete process.env.LANG;
    }
  });
});
