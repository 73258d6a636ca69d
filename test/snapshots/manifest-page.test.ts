import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

const PAGE = `query Page($digest: String!, $first: Int, $after: String) { snapshot(digest: $digest) {
  manifest(first: $first, after: $after) {
    nodes { index line image path sha256 size mediaType hasBytes parts { split part } withdrawn }
    pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;

describe('a page of the manifest', () => {
  let house: House;
  let digest: string;

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    const names = Array.from({ length: 7 }, (_, index) => `plant-${index}.png`);
    await addImages(
      house,
      'plants',
      Object.fromEntries(await Promise.all(names.map(async (name, seed) => [name, await noiseImage(seed)]))),
    );
    digest = await publish(house, 'plants');
  });
  afterAll(() => house.stop());

  const pages = async (first: number) => {
    const nodes = [];
    let after: string | null = null;
    for (;;) {
      const { snapshot }: Answer = await house.ask(PAGE, { digest, first, after });
      nodes.push(...snapshot.manifest.nodes);
      after = snapshot.manifest.pageInfo.endCursor;
      if (!snapshot.manifest.pageInfo.hasNextPage) return nodes;
    }
  };

  it('holds the lines of the shard, byte for byte, whatever its size', async () => {
    const shard = await (await house.fetch(`/snapshots/${digest}/manifest-00000.jsonl`)).text();
    for (const first of [1, 3, 7, 50]) {
      const nodes = await pages(first);
      expect(nodes.map(({ line }) => `${line}\n`).join('')).toBe(shard);
      expect(nodes.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
  });

  it('says of each line what it holds', async () => {
    const [node] = await pages(1);
    const line = JSON.parse(node.line);
    expect(node).toMatchObject({
      image: line.id,
      path: line.path,
      sha256: line.sha256,
      size: line.size,
      mediaType: 'image/png',
      hasBytes: true,
      parts: [],
      withdrawn: null,
    });
  });

  it('refuses a cursor that no page gave', async () => {
    const cursor = (key: object) => Buffer.from(JSON.stringify(key)).toString('base64url');
    for (const after of [
      'nonsense',
      cursor({ shard: 1, end: 0, index: 0 }),
      cursor({ shard: 0, end: -1, index: 0 }),
    ]) {
      const { body } = await house.send(PAGE, { digest, first: 2, after });
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    }
  });
});
