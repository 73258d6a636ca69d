import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { describeInPython, runPython } from '../support/python.ts';
import { digestOf } from '../support/specimens.ts';
import { snapshotForPython } from './snapshot-for-python.ts';

type Records = Record<string, Record<string, Answer>[]>;

describeInPython('a snapshot on a running server, in the hands of Python', () => {
  let house: House;
  let images: Record<string, Buffer>;
  let digest: string;
  let address: string;
  let folder: string;
  let login: { url: string; token: string };

  beforeAll(async () => {
    house = await openHouse();
    ({ images, digest } = await snapshotForPython(house, 'leaves'));
    address = `${house.url}/snapshots/${digest}`;
    folder = await mkdtemp(join(tmpdir(), 'holotype-documents-'));
    login = { url: house.url, token: await house.tokenOf('READER', 'leaves', ['READ']) };
  });
  afterAll(async () => {
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const fetched = async (path: string) => {
    const response = await house.fetch(`/snapshots/${digest}${path && `/${path}`}`);
    expect(response.status, await response.clone().text()).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
  const saved = async (path: string, from = path) => {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await fetched(from));
    return file;
  };

  it('is loaded by stock mlcroissant from one address with .netrc, every record of every record set', async () => {
    const args = [`${address}/croissant.json`, 'images/split=test'];
    const loaded = await runPython<Answer>('load_croissant.py', args, login);
    expect(loaded.errors).toEqual([]);
    expect(loaded.warnings).toEqual([]);
    expect(loaded).toMatchObject({ name: 'Blätter, étude "1"', version: `1.0.0+${digest.slice(7, 19)}` });
    const records: Records = loaded.records;
    expect(Object.keys(records).sort()).toEqual([
      'annotations',
      'classes',
      'images',
      'splits',
      'test',
      'train',
    ]);
    expect(records.classes!.map((one) => one['classes/name'])).toEqual([
      'healthy',
      'ill, 病気',
      'never seen',
    ]);
    expect(records.splits!.map((one) => one['splits/name'])).toEqual(['test', 'train']);
    expect(records.annotations).toHaveLength(28);
    const [train, test] = [records.train!, records.test!];
    expect(train.length + test.length).toBe(10);
    const hashes = [...train.map((one) => one['train/sha256']), ...test.map((one) => one['test/sha256'])];
    expect(hashes.sort()).toEqual(Object.values(images).map(digestOf).sort());
    const modes = records.images!.map((one) => one['images/image'].mode).sort();
    expect(modes).toEqual(['I;16', 'I;16', ...Array(8).fill('RGB')]);
    expect(loaded.filtered.sort()).toEqual(test.map((one) => one['test/image_id']).sort());
    const boxes = [...train.map((one) => one['train/bbox']), ...test.map((one) => one['test/bbox'])];
    expect(boxes.flat()).toEqual([[1.5, 2, 10, 12.25]]);
  });

  it('says in Croissant what it knows, and of the rest that nothing is recorded', async () => {
    const croissant = JSON.parse((await fetched('croissant.json')).toString());
    expect(croissant).toMatchObject({
      license: 'https://spdx.org/licenses/CC0-1.0.html',
      creator: { name: 'A greenhouse' },
      'rai:dataUseCases': ['Not recorded.'],
      'rai:dataSocialImpact': 'Not recorded.',
      'rai:hasSyntheticData': 'Not recorded.',
      'rai:dataCollectionTimeframe': ['2026-03-01', '2026-03-09'],
      'rai:machineAnnotationTools': ['net'],
    });
    expect(croissant['rai:dataAnnotationAnalysis'][0]).toContain('9 images');
    expect(croissant['rai:dataBiases']).toContain('Classes without a label: never seen.');
    expect(croissant['rai:dataBiases']).toContain('All images whose site is recorded have the same site.');
    for (const { contentUrl, sha256, contentSize } of croissant.distribution) {
      if (!contentUrl) continue;
      expect(contentUrl.startsWith(`${address}/`)).toBe(true);
      const bytes = await fetched(contentUrl.slice(address.length + 1));
      expect([digestOf(bytes), String(bytes.length)]).toEqual([sha256, contentSize]);
    }
  });

  it('is loaded and streamed by stock datasets over HTTP, bytes and class names and 16 bits as they were', async () => {
    const loaded = await runPython<Answer>('load_parquet.py', [address, 'train', 'test'], login);
    expect(loaded.names).toEqual(['healthy', 'ill, 病気', 'never seen']);
    const hashes = { ...loaded.hashes.train, ...loaded.hashes.test };
    expect(Object.values(hashes).sort()).toEqual(Object.values(images).map(digestOf).sort());
    const rows = [...loaded.rows.train, ...loaded.rows.test];
    expect(rows.filter(({ image }) => image[0] === 'I;16')).toHaveLength(2);
    for (const part of ['train', 'test'])
      expect(loaded.streamed[part]).toEqual(loaded.rows[part].map((row: Answer) => row.image_id));
  });

  it('is refused to both without a login', async () => {
    await expect(runPython('load_croissant.py', [`${address}/croissant.json`])).rejects.toThrow();
    await expect(runPython('load_parquet.py', [address, 'train'])).rejects.toThrow(/Unable to find/);
  });

  it('makes a bag that bagit finds complete once what it names was fetched', async () => {
    const bag = await runPython<Answer>('validate_bag.py', [`${address}/bag.tar`], login);
    expect(bag).toMatchObject({ completeBefore: false, fetched: 13, payload: 14 });
    expect(bag.folder).toBe(`leaves-${digest.slice(7, 19)}`);
    expect(bag.info).toMatchObject({ 'External-Identifier': digest, 'Source-Organization': 'A greenhouse' });
    expect(bag.files.filter((file: string) => file.startsWith('data/images/'))).toHaveLength(10);
  });

  it('is a valid RO-Crate beside what a pull leaves', async () => {
    await saved('crate/ro-crate-metadata.json', 'ro-crate-metadata.json');
    await saved('crate/snapshot.json', 'snapshot.json');
    for (const kind of ['manifest', 'annotations', 'metadata'])
      await saved(`crate/${kind}-00000.jsonl`, `${kind}-00000.jsonl`);
    await mkdir(join(folder, 'crate/images'));
    const found = await runPython<Answer>('validate_ro_crate.py', [join(folder, 'crate')]);
    expect(found.passed).toBe(true);
    // What it recommends besides, nobody told us.
    expect(
      found.issues.map(([severity, message]: string[]) => [severity, message!.match(/author|URL/)?.[0]]),
    ).toEqual([
      ['RECOMMENDED', 'author'],
      ['RECOMMENDED', 'URL'],
    ]);
  });

  it('is a valid dataset description of BioImage.IO', async () => {
    const found = await runPython<Answer>('validate_bioimageio.py', [await saved('bioimageio.yaml')]);
    expect(found.errors).toEqual([]);
    expect(found.status).not.toBe('failed');
    expect((await fetched('bioimageio.md')).toString()).toContain('# Blätter');
  });

  it('is logged as the inputs of a run in MLflow', async () => {
    const held = await runPython<Answer>('log_mlflow.py', [await saved('mlflow.json')]);
    const names = (inputs: Answer[]) =>
      inputs.map(({ name, tags }) => [name, tags['mlflow.data.context']]).sort();
    const expected = [
      ['leaves/holdout/test', 'testing'],
      ['leaves/holdout/train', 'training'],
    ];
    expect(names(held.logged)).toEqual(expected);
    expect(names(held.body)).toEqual(expected);
    for (const input of [...held.logged, ...held.body]) {
      expect(input.digest).toBe(digest.slice(7, 39));
      expect(input.tags['snapshot.digest']).toBe(digest);
      expect(input.source.url).toBe(`${address}/croissant.json`);
    }
    expect(held.body[0].profile).toMatchObject({ digest, title: 'Blätter, étude "1"' });
  });
});
