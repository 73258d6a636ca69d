import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandsOf, killLeftovers } from '../app/cli/command.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { describeInPython, runPython } from '../support/python.ts';
import { bubilCells } from '../support/real-raters.ts';
import { isShared, shared } from '../support/shared.ts';

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The SHA-256 of every image below a folder, sorted. */
async function hashesBelow(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const images = files.filter(({ name }) => /\.(png|jpe?g|tiff?)$/i.test(name));
  const hashes = images.map(async ({ parentPath, name }) => hash(await readFile(join(parentPath, name))));
  return (await Promise.all(hashes)).sort();
}

describeInPython('real images, imported by the command line and loaded in Python', () => {
  let house: House;
  let run: ReturnType<typeof commandsOf>;
  beforeAll(async () => {
    house = await openHouse();
    run = commandsOf(house);
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
  });

  const succeeds = async (...words: string[]) => {
    const { status, stdout, stderr } = await run(...words);
    expect(status, stderr).toBe(0);
    return stdout.trim();
  };
  /** What mlcroissant and datasets load of the snapshot that is published last. */
  const loaded = async (dataset: string, parts: string[], ...published: string[]) => {
    const digest = await succeeds('publish', '--dataset', dataset, ...published);
    await succeeds('render', digest, '--format', 'croissant');
    const address = `${house.url}/snapshots/${digest}`;
    const login = { url: house.url, token: house.token };
    const croissant = await runPython<Answer>('load_croissant.py', [`${address}/croissant.json`], login);
    expect(croissant.errors).toEqual([]);
    const tables = await runPython<Answer>('load_parquet.py', [address, ...parts], login);
    const all = (of: Record<string, Answer>) => parts.flatMap((part) => Object.values<Answer>(of[part]));
    return { records: croissant.records, rows: all(tables.rows), hashes: all(tables.hashes).sort(), tables };
  };

  it.skipIf(!isShared('data', 'bccd_trainval'))(
    'blood cells keep their boxes, classes and parts',
    async () => {
      const source = shared('data', 'bccd_trainval');
      await succeeds('import', 'voc', source, '--dataset', 'bccd', '--create', '--licence', 'MIT');
      await succeeds('split', '--dataset', 'bccd', '--name', 'official', '--from', source, '--freeze');
      const { records, rows, hashes, tables } = await loaded('bccd', ['train', 'val'], '--split', 'official');
      expect([records.train.length, records.val.length, records.images.length]).toEqual([205, 87, 292]);
      expect(hashes).toEqual(await hashesBelow(join(source, 'JPEGImages')));
      expect(tables.names).toEqual(records.classes.map((one: Answer) => one['classes/name']));
      expect([...tables.names].sort()).toEqual(['Platelets', 'RBC', 'WBC']);
      expect(rows.reduce((sum, { bbox }) => sum + bbox.length, 0)).toBe(3941);
      expect(records.annotations).toHaveLength(3941);
    },
  );

  it.skipIf(!isShared('data', 'microscopy_tiff'))('microscopy keeps its bytes and its 16 bits', async () => {
    const source = shared('data', 'microscopy_tiff');
    await succeeds('import', 'images', source, '--dataset', 'microscopy', '--create');
    const { records, rows, hashes } = await loaded('microscopy', ['all']);
    expect(hashes).toEqual(await hashesBelow(source));
    const modes = (of: string[]) => of.filter((mode) => mode.startsWith('I;16')).length;
    expect(modes(rows.map(({ image }) => image[0]))).toBe(8);
    expect(modes(records.images.map((one: Answer) => one['images/image'].mode))).toBe(8);
    expect(modes(records.all.map((one: Answer) => one['all/image'].mode))).toBe(8);
  });

  it.skipIf(!isShared('data', 'bubil_multiannotator'))('cells keep the masks of every expert', async () => {
    for (const words of bubilCells.words('cells')) await run('import', ...words);
    const { records, rows, hashes } = await loaded('cells', ['all']);
    expect(hashes).toEqual(
      await hashesBelow(shared('data', 'bubil_multiannotator', 'BU-BIL_Dataset1', 'RawImages')),
    );
    expect(rows).toHaveLength(35);
    const raters = new Set(records.annotations.map((one: Answer) => one['annotations/annotator']));
    for (const person of [1, 2, 3, 4, 5]) {
      expect(raters).toContain(`Person${person}_Amira`);
      expect(raters).toContain(`Person${person}_ImageJ`);
    }
    expect(rows.every(({ bbox }) => bbox.length >= 11)).toBe(true);
  });
});
