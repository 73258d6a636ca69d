import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../support/house.ts';
import { succeed } from '../../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../../support/specimens.ts';
import { holotype } from './command.ts';

describe('holotype pull with forms', () => {
  let house: House;
  let digest: string;
  let place: string;
  const run = (...words: string[]) =>
    holotype(words, { environment: { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token }, cwd: place });

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    const names = Array.from({ length: 8 }, (_, index) => `plant-${index}.png`);
    const images = await Promise.all(
      names.map(async (name, seed) => [name, await noiseImage(seed)] as const),
    );
    await addImages(house, 'plants', Object.fromEntries(images));
    await succeed(house, 'defineLabelSchema', { dataset: 'plants', classes: [{ name: 'leaf' }] });
    await succeed(house, 'recordAnnotations', {
      dataset: 'plants',
      source: 'test',
      annotations: names.map((image, index) => ({
        image,
        annotator: 'ann',
        kind: 'BOX',
        label: 'leaf',
        geometry: { box: { x: `${index}`, y: '2', width: '10', height: '12' } },
      })),
    });
    await run(
      'split',
      '--dataset',
      'plants',
      '--name',
      'holdout',
      '--strategy',
      'random',
      '--parts',
      'train=0.75,test=0.25',
      '--seed',
      '1',
      '--freeze',
    );
    digest = await publish(house, 'plants', { splits: ['holdout'], tag: 'v1' });
  });
  afterAll(() => house?.stop());
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'holotype-forms-'));
  });
  afterEach(() => rm(place, { recursive: true, force: true }));

  it('lays out the very bytes that the server serves', async () => {
    const { status } = await run('pull', 'plants@v1', 'data', '--format', 'coco,yolo');
    expect(status).toBe(0);
    const served = await house.fetch(`/snapshots/${digest}/coco/train.json`);
    expect(await readFile(join(place, 'data/coco/train.json'), 'utf8')).toBe(await served.text());
    expect(await readFile(join(place, 'data/yolo/data.yaml'), 'utf8')).toContain('train: images/train');
    expect((await run('verify', 'data', digest)).status).toBe(0);
  });

  it('names a file of a form that was altered since', async () => {
    await run('pull', 'plants@v1', 'data', '--format', 'coco');
    const path = join(place, 'data/coco/train.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('leaf', 'leap'));
    const { status, stderr } = await run('verify', 'data', digest);
    expect(status).toBe(1);
    expect(stderr).toMatch(/altered {2}coco\/train\.json/);
    await run('pull', digest, 'data');
    expect((await run('verify', 'data', digest)).status).toBe(0);
  });

  it('holds the pulled part alone, under the names that it has among all', async () => {
    await run('pull', 'plants@v1', 'data', '--part', 'test', '--format', 'coco');
    const { images } = JSON.parse(await readFile(join(place, 'data/coco/test.json'), 'utf8'));
    expect(images).toHaveLength(2);
    await expect(readFile(join(place, 'data/coco/train.json'))).rejects.toThrow(/ENOENT/);
    expect((await run('verify', 'data', digest)).status).toBe(0);
  });

  it('refuses a form that does not exist, and says which do', async () => {
    const { status, stderr } = await run('pull', 'plants@v1', 'data', '--format', 'betamax');
    expect(status).toBe(1);
    expect(stderr).toMatch(/"betamax" is none; a snapshot is rendered as .*coco/);
  });

  it('refuses a consensus that the snapshot does not carry', async () => {
    const { status, stderr } = await run(
      'pull',
      'plants@v1',
      'data',
      '--format',
      'coco',
      '--consensus',
      'fused',
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/carries no "fused"/);
  });

  describe('and a lock file', () => {
    const locked = () => readFile(join(place, 'holotype.lock'), 'utf8').then(JSON.parse);

    it('writes down what was asked for, its digest and the forms’ own', async () => {
      await run('pull', 'plants@v1', 'data', '--part', 'train', '--format', 'coco', '--lock');
      expect(await locked()).toEqual({
        version: 1,
        pulls: [
          {
            reference: 'plants@v1',
            digest,
            server: house.url,
            directory: 'data',
            parts: ['holdout:train'],
            renderings: [
              {
                format: 'coco',
                version: 1,
                consensus: null,
                annotator: null,
                digest: expect.stringMatching(/^[0-9a-f]{64}$/),
              },
            ],
          },
        ],
      });
    });

    it('brings all that is in it into an empty place', async () => {
      await run('pull', 'plants@v1', 'data', '--format', 'coco', '--lock');
      await rm(join(place, 'data'), { recursive: true });
      const { status } = await run('pull', '--frozen');
      expect(status).toBe(0);
      expect((await run('verify', 'data', digest)).status).toBe(0);
      expect(await readFile(join(place, 'data/coco/train.json'), 'utf8')).toContain('"leaf"');
    });

    it.each([
      ['another snapshot', ['pull', `sha256:${'0'.repeat(64)}`, 'data']],
      ['another tag', ['pull', 'plants@v2', 'data']],
      ['another folder', ['pull', 'plants@v1', 'elsewhere']],
      ['another part', ['pull', 'plants@v1', 'data', '--part', 'test']],
      ['another form', ['pull', 'plants@v1', 'data', '--format', 'yolo']],
    ])('refuses %s when it is frozen, and changes nothing', async (_, words) => {
      await run('pull', 'plants@v1', 'data', '--part', 'train', '--format', 'coco', '--lock');
      const before = await locked();
      const { status, stderr } = await run(...words, '--frozen');
      expect(status).toBe(1);
      expect(stderr).toMatch(/--frozen: .* is not in the lock file/);
      expect(await locked()).toEqual(before);
    });

    it('refuses a form that comes out as other bytes than it says', async () => {
      await run('pull', 'plants@v1', 'data', '--format', 'coco', '--lock');
      const lock = await locked();
      lock.pulls[0].renderings[0].digest = '0'.repeat(64);
      await writeFile(join(place, 'holotype.lock'), JSON.stringify(lock));
      const { status, stderr } = await run('pull', '--frozen');
      expect(status).toBe(1);
      expect(stderr).toMatch(/came out as other bytes/);
    });

    it('honours its pin without a server where all bytes are there', async () => {
      await run('pull', 'plants@v1', 'data', '--lock');
      const { status } = await holotype(['pull', 'plants@v1', 'data', '--frozen'], {
        environment: { HOLOTYPE_SERVER: 'http://127.0.0.1:9', HOLOTYPE_TOKEN: 'none' },
        cwd: place,
      });
      expect(status).toBe(0);
    });
  });
});
