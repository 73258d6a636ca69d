import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { describeInPython, runPython } from '../support/python.ts';
import { digestOf } from '../support/specimens.ts';
import { snapshotForPython } from './snapshot-for-python.ts';

const CLASSES = ['healthy', 'ill, 病気', 'never seen'];
const PARTS = ['train', 'test'];

describeInPython('the tables and trees of a snapshot, in the hands of Python', () => {
  let house: House;
  let read: Answer;
  let hashes: string[];
  let folder: string;

  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'holotype-tables-'));
    const { images, digest } = await snapshotForPython(house, 'leaves');
    hashes = Object.values(images).map(digestOf).sort();
    const address = `${house.url}/snapshots/${digest}`;
    const login = { url: house.url, token: await house.tokenOf('READER', 'leaves', ['READ']) };
    read = await runPython('read_tables.py', [address, folder, ...PARTS], login);
  }, 120_000);
  afterAll(async () => {
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const all = (of: Record<string, Answer>): Answer[] => PARTS.flatMap((part) => Object.values(of[part]));

  it('are read by pyarrow: images byte for byte, 16 bits deep, one label, the share of each class', () => {
    const rows = all(read.arrow);
    expect(rows.map(({ sha256 }) => sha256).sort()).toEqual(hashes);
    expect(rows.filter(({ mode }) => mode === 'I;16')).toHaveLength(2);
    expect(rows.filter(({ label }) => label === 0)).toHaveLength(6);
    expect(rows.filter(({ label }) => label === null)).toHaveLength(4);
    expect(rows.filter(({ soft }) => soft?.join() === '0.5,0.5,0')).toHaveLength(3);
    expect(rows.filter(({ site }) => site === 'north')).toHaveLength(9);
  });

  it('are read by webdataset, each image with what every rater said of it', () => {
    const samples = all(read.webdataset);
    expect(samples.map(({ sha256 }) => sha256).sort()).toEqual(hashes);
    expect(samples.every(({ key, json }) => key === json.image_id)).toBe(true);
    expect(new Set(samples.map(({ json }) => json.label))).toEqual(new Set(['healthy', null]));
    const [boxed] = samples.filter(({ json }) => json.objects.bbox.length > 0);
    expect(boxed.json.objects).toMatchObject({ bbox: [[1.5, 2, 10, 12.25]], category: [CLASSES[1]] });
  });

  it('are read by datasets as an image folder, classes by name', () => {
    const rows = all(read.imagefolder);
    expect(rows.map(({ sha256 }) => sha256).sort()).toEqual(hashes);
    expect(rows.filter(({ mode }) => mode === 'I;16')).toHaveLength(2);
    expect(rows.filter(({ label }) => label === 'healthy')).toHaveLength(6);
    expect(rows.flatMap(({ bbox }) => bbox)).toEqual([[1.5, 2, 10, 12.25]]);
    expect(rows.flatMap(({ category }) => category)).toEqual([CLASSES[1]]);
  });

  it('are read by the rules of torchvision: only labelled images, in the folder of their class', () => {
    const samples = PARTS.flatMap((part) => read.torchvision[part].samples);
    expect(samples).toHaveLength(6);
    for (const part of PARTS) expect(read.torchvision[part].classes).toEqual(['healthy']);
  });

  it('are extracted by the tar of Python', () => {
    expect(Object.values(read.tar).sort()).toEqual(hashes);
    expect(Object.keys(read.tar).every((path) => /^(train|test)\/[0-9a-f]{32}\.(png|tif)$/.test(path))).toBe(
      true,
    );
  });

  it('are read by pandas, as many statements as were made', () => {
    const { images, annotations } = read.pandas;
    expect(images.map(({ sha256 }: Answer) => sha256).sort()).toEqual(hashes);
    expect(images.some(({ name }: Answer) => name === 'leaf 3 ñ.png')).toBe(true);
    expect(annotations).toHaveLength(28);
    expect(annotations.filter(({ label }: Answer) => label === 'ill, 病気').length).toBe(13);
  });
});
