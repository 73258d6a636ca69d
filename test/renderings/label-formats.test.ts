import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { readCoco } from '../../src/interchange/coco.codec.ts';
import { readPascalVoc } from '../../src/interchange/pascal-voc.codec.ts';
import { readYolo } from '../../src/interchange/yolo.codec.ts';
import { COCO } from '../../src/renderings/coco.ts';
import { PASCAL_VOC } from '../../src/renderings/pascal-voc.ts';
import type { Statement } from '../../src/renderings/snapshot-documents.ts';
import { YOLO } from '../../src/renderings/yolo.codec.ts';
import { memorySource, type Specimen, written } from './memory-source.ts';

const box = (
  id: string,
  annotator: string,
  label: string,
  at: number,
  more: Partial<Statement> = {},
): Statement => ({
  id,
  annotator: { name: annotator, kind: 'HUMAN' },
  kind: 'BOX',
  label,
  geometry: { kind: 'BOX', x: String(at), y: '5', width: '10.5', height: '20' },
  ...more,
});
const mask = (id: string, annotator: string): Statement => ({
  id,
  annotator: { name: annotator, kind: 'HUMAN' },
  kind: 'MASK',
  label: 'leaf',
  geometry: { kind: 'MASK', ...encodeMask(new Uint8Array(8000).fill(1, 850, 860), 100, 80) },
});
const SPECIMENS: readonly Specimen[] = [
  { part: 'train', bytes: 'one', statements: [box('a', 'ann', 'leaf', 1), box('b', 'ann', 'stem', 30)] },
  {
    part: 'train',
    bytes: 'two',
    statements: [{ id: 'c', annotator: { name: 'ann', kind: 'HUMAN' }, kind: 'EMPTY' }],
  },
  { part: 'test', bytes: 'three', statements: [box('d', 'ann', 'leaf', 7)] },
  { part: 'test', statements: [box('e', 'ann', 'stem', 2)] },
];
const id = (number: number) => String(number).padStart(32, '0');
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

describe('COCO of a snapshot', () => {
  it('is read back to the statements of every rater', async () => {
    const rated = [...SPECIMENS, { part: 'test', statements: [box('f', 'bo', 'leaf', 3), mask('g', 'ann')] }];
    const { files } = await written(COCO, memorySource(rated));
    expect([...files.keys()].sort()).toEqual(['coco/test.json', 'coco/train.json']);
    const read = readCoco(files.get('coco/test.json')!.toString(), { annotator: null });
    expect(read.refused).toEqual([]);
    expect(read.images.map(({ name }) => name)).toEqual([3, 4, 5].map((number) => `${id(number)}.png`));
    expect(read.annotations.map(({ annotator, kind, label }) => [annotator, kind, label])).toEqual([
      ['ann', 'BOX', 'leaf'],
      ['ann', 'BOX', 'stem'],
      ['bo', 'BOX', 'leaf'],
      ['ann', 'MASK', 'leaf'],
    ]);
  });

  it('counts ids from 1 in the order of the manifest, and names the categories as the label schema does', async () => {
    const { files } = await written(COCO, memorySource(SPECIMENS));
    const train = JSON.parse(files.get('coco/train.json')!.toString());
    expect(train.images.map((image: { id: number; uid: string }) => [image.id, image.uid])).toEqual([
      [1, id(1)],
      [2, id(2)],
    ]);
    expect(train.annotations.map(({ id: row }: { id: number }) => row)).toEqual([1, 2]);
    expect(train.categories.map(({ name }: { name: string }) => name)).toEqual(['leaf', 'stem']);
  });

  it('holds the shapes of the consensus in place of those of raters where it is asked for', async () => {
    const consensus = [
      { name: 'fused', boxes: [{ label: 'leaf', x: '1', y: '2', width: '3', height: '4', support: '0.75' }] },
    ];
    const source = memorySource([{ part: 'train', statements: [box('a', 'ann', 'stem', 1)], consensus }]);
    const { files } = await written(COCO, source, { consensus: 'fused', annotator: null });
    const { annotations } = JSON.parse(files.get('coco/train.json')!.toString());
    expect(annotations).toHaveLength(1);
    expect(annotations[0]).toMatchObject({
      bbox: [1, 2, 3, 4],
      score: 0.75,
      attributes: { annotator: 'fused' },
    });
  });

  it('counts what other readers do not see, once', async () => {
    const spoken: Statement = {
      id: 'x',
      annotator: { name: 'ann', kind: 'HUMAN' },
      kind: 'CLASS',
      label: 'leaf',
    };
    const { losses } = await written(COCO, memorySource([{ part: 'train', statements: [spoken] }]));
    expect(losses).toEqual([
      { what: 'CLASS', count: 1, message: 'Other readers of COCO do not see it; ours restores it.' },
    ]);
  });
});

describe('YOLO of a snapshot', () => {
  it('lays images and labels side by side, an empty file where somebody saw nothing to mark', async () => {
    const { files, losses } = await written(YOLO, memorySource(SPECIMENS));
    expect([...files.keys()]).toEqual([
      'data.yaml',
      `images/test/${id(3)}.png`,
      `images/train/${id(1)}.png`,
      `images/train/${id(2)}.png`,
      `labels/test/${id(3)}.txt`,
      `labels/test/${id(4)}.txt`,
      `labels/train/${id(1)}.txt`,
      `labels/train/${id(2)}.txt`,
    ]);
    expect(files.get(`images/train/${id(1)}.png`)!.toString()).toBe('one');
    expect(files.get(`labels/train/${id(2)}.txt`)!.length).toBe(0);
    expect(losses).toContainEqual(expect.objectContaining({ what: 'images', count: 1 }));
  });

  it('is read back to the same boxes', async () => {
    const { files } = await written(YOLO, memorySource(SPECIMENS));
    const texts = [...files]
      .filter(([path]) => !path.startsWith('images/'))
      .map(([path, bytes]) => ({ path, text: bytes.toString() }));
    const sizes = new Map(
      [1, 2, 3, 4].map((number) => [
        `${number < 3 ? 'train' : 'test'}/${id(number)}.png`,
        { width: 100, height: 80 },
      ]),
    );
    const read = readYolo(texts, { annotator: 'ann', sizes } as Parameters<typeof readYolo>[1]);
    expect(read.refused).toEqual([]);
    expect(read.classes).toEqual(['leaf', 'stem']);
    const boxes = read.annotations
      .filter(({ kind }) => kind === 'BOX')
      .map(({ label, geometry }) => [label, geometry]);
    expect(boxes).toContainEqual(['leaf', { kind: 'BOX', x: '1', y: '5', width: '10.5', height: '20' }]);
    expect(boxes).toHaveLength(4);
  });

  it('refuses to merge several annotators, and takes the one asked for', async () => {
    const source = memorySource([
      { part: 'train', bytes: 'x', statements: [box('a', 'ann', 'leaf', 1), box('b', 'bo', 'stem', 2)] },
    ]);
    await expect(written(YOLO, source)).rejects.toThrow(/2 annotators marked here \(ann, bo\)/);
    const { files } = await written(YOLO, source, { consensus: null, annotator: 'bo' });
    expect(files.get(`labels/train/${id(1)}.txt`)!.toString()).toMatch(/^1 /);
  });
});

describe('Pascal VOC of a snapshot', () => {
  it('is read back to the same boxes in whole pixels, with the lists of the parts', async () => {
    const { files } = await written(PASCAL_VOC, memorySource(SPECIMENS));
    expect(files.get('ImageSets/Main/train.txt')!.toString()).toBe(`${id(1)}\n${id(2)}\n`);
    const xml = files.get(`Annotations/${id(1)}.xml`)!.toString();
    expect(xml).toContain(`<filename>${id(1)}.png</filename>`);
    const read = readPascalVoc([{ path: `Annotations/${id(1)}.xml`, text: xml }], {
      annotator: 'ann',
      origin: 1,
      sizes: new Map([[`${id(1)}.png`, { width: 100, height: 80 }]]),
    } as unknown as Parameters<typeof readPascalVoc>[1]);
    expect(read.annotations.map(({ label, geometry }) => [label, geometry])).toEqual([
      ['leaf', { kind: 'BOX', x: '1', y: '5', width: '11', height: '20' }],
      ['stem', { kind: 'BOX', x: '30', y: '5', width: '11', height: '20' }],
    ]);
  });
});

describe('the bytes of the label formats', () => {
  it('are those that they were when this version of the exporters was written', async () => {
    const digests: Record<string, string> = {};
    for (const format of [COCO, YOLO, PASCAL_VOC])
      for (const [path, bytes] of (await written(format, memorySource(SPECIMENS))).served)
        digests[path] = hash(bytes);
    expect(digests).toEqual({
      'coco/test.json': 'c42b0dd8ae0e4c55',
      'coco/train.json': '1eb0e984d4a5dcb9',
      'voc.tar': '2d2a3354bc1a3fbb',
      'yolo.tar': '24ccfae66e80c302',
    });
  });
});
