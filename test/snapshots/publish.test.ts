import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage } from '../support/specimens.ts';

const VERIFIER = join(import.meta.dirname, '../../docs/verify_snapshot.py');
const SNAPSHOT =
  '... on Snapshot { digest header imageCount referenceCount annotationCount revision tags state files { name digest size } }';

describe('publishing', () => {
  let house: House;
  let images: Record<string, Buffer>;
  const sql = (text: string, parameters: unknown[] = []) => house.services.db.query(text, parameters);
  const publish = (dataset: string, more: object = {}) =>
    mutate(house, 'publishSnapshot', { dataset, ...more }, SNAPSHOT);
  const served = async (digest: string, file = '') => {
    const response = await house.fetch(`/snapshots/${digest}${file && `/${file}`}`);
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };

  /** The same content under any slug of a database, put in by these steps in this order. */
  async function fill(dataset: string, order: 'forwards' | 'backwards'): Promise<void> {
    const names = Object.keys(images);
    if (order === 'backwards') names.reverse();
    await succeed(house, 'defineLabelSchema', { dataset, classes: [{ name: 'healthy' }, { name: 'ill' }] });
    await succeed(house, 'declareFactors', {
      dataset,
      factors: [{ name: 'dose', kind: 'CONTINUOUS', unit: 'g' }],
    });
    await succeed(house, 'declareAnnotators', {
      dataset,
      annotators: [{ pseudonym: 'ann', expertise: 'expert' }],
    });
    if (order === 'forwards') await addImages(house, dataset, images);
    else for (const name of names) await addImages(house, dataset, { [name]: images[name]! });
    const annotate = () =>
      succeed(house, 'recordAnnotations', {
        dataset,
        source: 'test',
        annotations: names.flatMap((image) =>
          (order === 'forwards' ? ['ann', 'bo'] : ['bo', 'ann']).map((annotator) => ({
            image,
            annotator,
            kind: 'CLASS',
            label: images[image]!.length % 2 === 0 ? 'healthy' : 'ill',
            seconds: '3',
          })),
        ),
      });
    const describeImages = () =>
      succeed(house, 'recordAcquisition', {
        dataset,
        source: 'csv',
        rows: names.map((image) => ({
          image,
          values: [
            { name: 'subject', value: `plant ${image}` },
            { name: 'dose', value: order === 'forwards' ? '1.50' : '1.5' },
          ],
        })),
      });
    if (order === 'forwards') {
      await annotate();
      await describeImages();
    } else {
      await describeImages();
      await annotate();
    }
  }

  /** A folder as a pull leaves it: header, shards, image bytes. */
  async function written(digest: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'holotype-pulled-'));
    await writeFile(join(folder, 'snapshot.json'), await served(digest));
    const { snapshot } = await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { files { name digest } } }',
      {
        digest,
      },
    );
    for (const { name, digest: expected } of snapshot.files) {
      const bytes = await served(digest, name);
      expect(digestOf(bytes)).toBe(expected);
      await writeFile(join(folder, name), bytes);
    }
    const manifest = (await served(digest, 'manifest-00000.jsonl')).toString('utf8').trimEnd().split('\n');
    for (const line of manifest) {
      const { path, sha256, pixels } = JSON.parse(line);
      if (pixels !== 'bytes') continue;
      const response = await house.fetch(`/blobs/sha256/${sha256}`);
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), Buffer.from(await response.arrayBuffer()));
    }
    return folder;
  }

  beforeAll(async () => {
    house = await openHouse();
    images = {};
    for (let index = 0; index < 6; index++) images[`${index}.png`] = await noiseImage(index + 1);
    await newDataset(house, 'plants');
    await fill('plants', 'forwards');
  });
  afterAll(() => house?.stop());

  it('serves a header that is, byte for byte, what its digest is the hash of', async () => {
    const snapshot = await publish('plants');
    expect(snapshot).toMatchObject({
      imageCount: 6,
      referenceCount: 0,
      annotationCount: 12,
      state: 'PUBLISHED',
    });
    const header = await served(snapshot.digest);
    expect(`sha256:${digestOf(header)}`).toBe(snapshot.digest);
    expect(header.toString('utf8')).toBe(snapshot.header);
  });

  it('twice gives the same digest and no second snapshot', async () => {
    const one = await publish('plants');
    const two = await publish('plants');
    expect(two).toEqual(one);
    const [{ n }] = await sql('SELECT count(*)::int AS n FROM snapshot WHERE digest = $1', [one.digest]);
    expect(n).toBe(1);
  });

  it('of the same content on another machine, imported in another order, gives the same digest', async () => {
    const { digest } = await publish('plants');
    const other = await openHouse();
    const first = house;
    try {
      house = other;
      await newDataset(other, 'plants');
      await fill('plants', 'backwards');
      const elsewhere = await publish('plants');
      expect(elsewhere.header).toBe(
        (await first.ask('query ($d: String!) { snapshot(digest: $d) { header } }', { d: digest })).snapshot
          .header,
      );
      expect(elsewhere.digest).toBe(digest);
    } finally {
      house = first;
      await other.stop();
    }
  });

  it('can be verified by a stranger with forty lines of Python, and a changed byte is found', async () => {
    const { digest } = await publish('plants');
    const folder = await written(digest);
    const run = promisify(execFile);
    try {
      const { stdout } = await run('python3', [VERIFIER, folder, digest]);
      expect(stdout).toContain(`VERIFIED ${digest}: 6 right`);
      await writeFile(
        join(folder, 'annotations-00000.jsonl'),
        (await served(digest, 'annotations-00000.jsonl')).toString('utf8').replace('"ill"', '"ok!"'),
      );
      await expect(run('python3', [VERIFIER, folder, digest])).rejects.toMatchObject({
        stderr: expect.stringContaining('NOT VERIFIED'),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('gives another digest when a label, a value, an image or a split is another', async () => {
    const seen = new Set<string>([(await publish('plants')).digest]);
    const changes: (() => Promise<unknown>)[] = [
      () =>
        succeed(house, 'recordAnnotations', {
          dataset: 'plants',
          source: 'test',
          annotations: [{ image: '0.png', annotator: 'cy', kind: 'CLASS', label: 'ill' }],
        }),
      () =>
        succeed(house, 'recordAcquisition', {
          dataset: 'plants',
          source: 'csv',
          rows: [{ image: '0.png', values: [{ name: 'site', value: 'north' }] }],
        }),
      () =>
        succeed(house, 'excludeImages', {
          dataset: 'plants',
          exclusions: [{ image: '5.png', stage: 'RELEASED', reason: 'kept out' }],
        }),
      () =>
        succeed(house, 'defineLabelSchema', { dataset: 'plants', extend: true, classes: [{ name: 'dead' }] }),
    ];
    for (const change of changes) {
      await change();
      const { digest } = await publish('plants');
      expect(seen.has(digest)).toBe(false);
      seen.add(digest);
    }
    await succeed(house, 'createSplit', {
      dataset: 'plants',
      name: 'holdout',
      strategy: 'GROUPED',
      groupBy: 'subject',
      parts: [
        { name: 'train', share: '0.6' },
        { name: 'test', share: '0.4' },
      ],
    });
    expect(await publish('plants', { splits: ['holdout'] })).toMatchObject({ code: 'NOT_FROZEN' });
    await succeed(house, 'freezeSplit', { dataset: 'plants', name: 'holdout' });
    const split = await publish('plants', { splits: ['holdout'] });
    expect(seen.has(split.digest)).toBe(false);
    const header = JSON.parse(split.header);
    const manifest = (await served(split.digest, 'manifest-00000.jsonl'))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const parts = manifest.map((line) => JSON.parse(line).parts.holdout);
    expect(parts).toHaveLength(5);
    expect(header.splits.holdout.counts).toEqual(
      ['test', 'train'].map((part) => ({ part, images: parts.filter((held) => held === part).length })),
    );
    expect(await publish('plants', { splits: ['nothing'] })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('gives a tag that resolves to the digest and does not move', async () => {
    const { digest } = await publish('plants', { tag: 'v1' });
    const response = await house.fetch('/datasets/plants/tags/v1');
    expect(await response.json()).toEqual({ digest });
    expect(await publish('plants', { tag: 'v1' })).toMatchObject({ digest, tags: ['v1'] });
    await succeed(house, 'describeDataset', { dataset: 'plants', title: 'Another title' });
    const moved = await publish('plants', { tag: 'v1' });
    expect(moved).toMatchObject({ __typename: 'ConflictProblem', code: 'CONFLICT' });
    expect(await (await house.fetch('/datasets/plants/tags/v1')).json()).toEqual({ digest });
    expect(await publish('plants', { tag: 'not a tag' })).toMatchObject({ code: 'BAD_INPUT' });
    expect((await house.fetch('/datasets/plants/tags/v2')).status).toBe(404);
  });

  it('takes a parent of the same dataset alone', async () => {
    const parent = (await publish('plants')).digest;
    const child = await publish('plants', { parent });
    expect(JSON.parse(child.header).parent).toBe(parent);
    expect(await publish('plants', { parent: `sha256:${'0'.repeat(64)}` })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('of a dataset without images gives a snapshot without images', async () => {
    await newDataset(house, 'empty');
    const snapshot = await publish('empty');
    expect(snapshot).toMatchObject({ imageCount: 0, annotationCount: 0 });
    const folder = await written(snapshot.digest).catch(() => null);
    if (folder) {
      await promisify(execFile)('python3', [VERIFIER, folder, snapshot.digest]);
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('counts the images that stay elsewhere, and pins no pixels of them', async () => {
    await newDataset(house, 'mixed');
    await addImages(house, 'mixed', { 'here.png': images['0.png']! });
    await succeed(house, 'registerImages', {
      dataset: 'mixed',
      images: [
        { name: 'there.png', address: 'https://images.example/there.png' },
        { name: 'declared.png', address: 'https://images.example/d.png', digest: 'ab'.repeat(32) },
      ],
    });
    const snapshot = await publish('mixed');
    expect(snapshot).toMatchObject({ imageCount: 3, referenceCount: 2 });
    expect(JSON.parse(snapshot.header).images).toEqual({ bytes: 1, reference: 2 });
    const manifest = (await served(snapshot.digest, 'manifest-00000.jsonl'))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const pixels = manifest.map((line) => JSON.parse(line)).map((entry) => [entry.pixels, entry.sha256]);
    expect(pixels).toEqual(
      expect.arrayContaining([
        ['bytes', digestOf(images['0.png']!)],
        ['reference', null],
        ['reference', 'ab'.repeat(32)],
      ]),
    );
    const folder = await written(snapshot.digest);
    const { stdout } = await promisify(execFile)('python3', [VERIFIER, folder, snapshot.digest]);
    expect(stdout).toContain('1 right, 2 by reference');
    await rm(folder, { recursive: true, force: true });
  });

  it('of personal data carries salts and no names, and no restricted value anywhere', async () => {
    await newDataset(house, 'people', { sensitivity: 'PERSONAL' });
    await addImages(house, 'people', { 'a-telling-name.png': images['1.png']! });
    await succeed(house, 'recordAcquisition', {
      dataset: 'people',
      source: 'csv',
      rows: [
        {
          image: 'a-telling-name.png',
          values: [
            { name: 'latitude', value: '51.97' },
            { name: 'owner', value: 'somebody' },
          ],
        },
      ],
    });
    const { digest, header, files } = await publish('people');
    expect(JSON.parse(header).sensitivity).toBe('PERSONAL');
    let text = header;
    for (const { name } of files) {
      const shard = (await served(digest, name)).toString('utf8');
      for (const line of shard.trimEnd().split('\n')) expect(JSON.parse(line).salt).toMatch(/^[0-9a-f]{32}$/);
      text += shard;
    }
    for (const secret of ['a-telling-name', '51.97', 'somebody']) expect(text).not.toContain(secret);
    expect((await publish('people')).digest).toBe(digest);
  });

  it('leaves restricted values out of every snapshot', async () => {
    await succeed(house, 'recordAcquisition', {
      dataset: 'plants',
      source: 'csv',
      rows: [{ image: '0.png', values: [{ name: 'deviceSerial', value: 'SERIAL-0815' }] }],
    });
    const { digest, files } = await publish('plants');
    for (const { name } of files)
      expect((await served(digest, name)).toString('utf8')).not.toContain('SERIAL-0815');
  });

  it('once done is refused any change by the database itself', async () => {
    for (const statement of [
      `UPDATE snapshot SET header = header || ' '`,
      'UPDATE snapshot SET image_count = image_count + 1',
      `UPDATE snapshot SET digest = 'sha256:' || repeat('0', 64)`,
      'UPDATE snapshot SET revision = 1',
      'DELETE FROM snapshot',
      'TRUNCATE snapshot',
      `UPDATE snapshot_file SET digest = repeat('0', 64)`,
      'DELETE FROM snapshot_file',
      `UPDATE snapshot_tag SET snapshot = 'sha256:' || repeat('0', 64)`,
      'DELETE FROM snapshot_tag',
    ])
      await expect(sql(statement), statement).rejects.toThrow(/holotype: /);
  });

  it('at the same time by several gives one snapshot', async () => {
    await newDataset(house, 'crowd');
    await addImages(house, 'crowd', images);
    const digests = await Promise.all(
      Array.from({ length: 5 }, async (): Promise<Answer> => (await publish('crowd', { tag: 'v1' })).digest),
    );
    expect(new Set(digests).size).toBe(1);
  });
});
