import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LossTally } from '../../src/interchange/loss-tally.ts';
import { canonicalJson } from '../../src/kernel/canonical-json.ts';
import { RENDERING_FORMATS } from '../../src/renderings/rendering-formats.codec.ts';
import type { Statement } from '../../src/renderings/snapshot-documents.ts';
import { snapshotDigest } from '../../src/snapshots/snapshot-header.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';
import { bytesOf, EVERYONE, memorySource, written } from './memory-source.ts';

const BOX: Statement = {
  id: 'box',
  annotator: { name: 'ann', kind: 'HUMAN' },
  kind: 'BOX',
  label: 'leaf',
  geometry: { kind: 'BOX', x: '1', y: '2', width: '10', height: '12' },
};
const ABOUT = {
  origin: 'https://data.example',
  view: 0,
  publishedAt: new Date('2026-03-04T23:00:00Z'),
  annotationCount: 1,
  description: '',
  custodian: null,
  dataUseTerms: [],
  shards: [],
  files: ['train.parquet', 'images.tar', 'annotations.csv', 'images.csv'].map((path) => ({
    path,
    mediaType: 'application/octet-stream',
    digest: 'a'.repeat(64),
    size: 10,
  })),
};

describe('a form of a snapshot', () => {
  it.each(Object.entries(RENDERING_FORMATS))(
    'says that it holds pixels where it reads the bytes of an image, and only there: %s',
    async (_, format) => {
      let isRead = false;
      const source = memorySource([{ part: 'train', bytes: 'pixels', statements: [BOX] }]);
      const watched = {
        ...source,
        digest: snapshotDigest(canonicalJson(source.header)),
        bytes(entry: Parameters<typeof source.bytes>[0]) {
          isRead = true;
          return source.bytes(entry);
        },
      };
      if (format.kind === 'DOCUMENTS') {
        const input = { source: watched, options: EVERYONE, losses: new LossTally(), facts: ABOUT };
        for await (const { chunks } of format.documents(input)) await bytesOf(chunks);
      } else expect((await written(format, watched)).files.size).toBeGreaterThan(0);
      expect(isRead).toBe(format.holdsPixels);
    },
  );
});

const WITH_PIXELS = [
  'all.parquet',
  'images.tar',
  'webdataset/all-000000.tar',
  'imagefolder/all.tar',
  'yolo.tar',
  'voc.tar',
];
const WITHOUT = ['images.csv', 'coco/all.json', 'croissant.json', 'bag.tar', 'facts.json'];
const ORDER = `mutation ($input: OrderRenderingInput!) { orderRendering(input: $input) {
  ... on Rendering { state } ... on Problem { code } } }`;

describe('who may fetch a snapshot but read no pixels', () => {
  let house: House;
  let digest: string;
  let viewer: string;

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    await succeed(house, 'defineLabelSchema', { dataset: 'plants', classes: [{ name: 'leaf' }] });
    await addImages(house, 'plants', { 'a.png': await noiseImage(1) });
    await succeed(house, 'recordAnnotations', {
      dataset: 'plants',
      source: 'test',
      annotations: [
        {
          image: 'a.png',
          annotator: 'ann',
          kind: 'BOX',
          label: 'leaf',
          geometry: { box: { x: '1', y: '2', width: '10', height: '12' } },
        },
      ],
    });
    digest = await publish(house, 'plants');
    viewer = await house.tokenOf('VIEWER', 'plants');
  });
  afterAll(() => house?.stop());

  it.each(WITH_PIXELS)('is refused the form that holds them, made or not: %s', async (path) => {
    const address = `/snapshots/${digest}/${path}`;
    const ask = async (token?: string) => {
      const answer = await house.fetch(address, { token });
      return [answer.status, await answer.text()] as const;
    };
    const [status, body] = await ask(viewer);
    expect([status, JSON.parse(body)]).toMatchObject([
      403,
      { code: 'FORBIDDEN', detail: expect.stringContaining('"pixels.read"') },
    ]);
    expect((await ask(await house.tokenOf('READER', 'plants')))[0]).toBe(200);
    expect((await ask(viewer))[0]).toBe(403);
    expect((await house.fetch(address, { token: viewer, method: 'HEAD' })).status).toBe(403);
  });

  it.each(WITHOUT)('has the form without them: %s', async (path) => {
    const answer = await house.fetch(`/snapshots/${digest}/${path}`, { token: viewer });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringMatching(/./)]);
  });

  it('is refused images in bundles and one by one', async () => {
    const manifest = await (await house.fetch(`/snapshots/${digest}/manifest-00000.jsonl`)).text();
    const { sha256 } = JSON.parse(manifest);
    const of = async (path: string, token?: string) => (await house.fetch(path, { token })).status;
    expect(await of(`/snapshots/${digest}/images/0-0.tar`, viewer)).toBe(403);
    expect(await of(`/snapshots/${digest}/images/0-0.tar`)).toBe(200);
    expect(await of(`/blobs/sha256/${sha256}`, viewer)).toBe(403);
  });

  it('may order the forms without them, and by GraphQL is told which those are', async () => {
    const order = async (format: string) =>
      (await house.send(ORDER, { input: { snapshot: digest, format } }, viewer)).body;
    const { renderingFormats } = await house.ask('{ renderingFormats { name holdsPixels } }', {}, viewer);
    expect(renderingFormats.length).toBeGreaterThan(10);
    for (const { name, holdsPixels } of renderingFormats as Answer[]) {
      const { data, errors } = await order(name);
      if (holdsPixels) expect(errors?.[0]?.extensions.code, name).toBe('FORBIDDEN');
      else expect(data.orderRendering.state, name).toBeDefined();
    }
  });
});
