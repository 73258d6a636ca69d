import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

describe('the beginning of a digest', () => {
  let house: House;
  let digest: string;

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    await addImages(house, 'plants', { 'a.png': await noiseImage(1) });
    digest = await publish(house, 'plants');
  });
  afterAll(() => house.stop());

  const look = (path: string, token?: string | null) =>
    house.fetch(`/snapshots/${path}`, { redirect: 'manual', token });

  it('of twelve characters leads to the snapshot, and gives no content itself', async () => {
    for (const prefix of [digest.slice(7, 19), digest.slice(0, 25), digest.slice(7, 70)]) {
      const response = await look(prefix);
      expect(response.status).toBe(302);
      expect(response.headers.get('location')).toBe(`/snapshots/${digest}`);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toBe('');
    }
  });

  it('of fewer characters is no digest', async () => {
    expect((await look(digest.slice(7, 18))).status).toBe(400);
  });

  it('that no snapshot has, or none that the token may fetch, is not found', async () => {
    expect((await look('0'.repeat(12))).status).toBe(404);
    await newDataset(house, 'others');
    const stranger = await house.tokenOf('READER', 'others');
    expect((await look(digest.slice(7, 19), stranger)).status).toBe(404);
    expect((await look(digest.slice(7, 19), null)).status).toBe(401);
  });

  it('that two snapshots share names neither', async () => {
    const { db } = house.services;
    const twin = `${digest.slice(0, -1)}${digest.endsWith('0') ? '1' : '0'}`;
    await db.query(
      `INSERT INTO snapshot SELECT $1, dataset_id, revision, header, image_count, reference_count, annotation_count, state, published_at FROM snapshot WHERE digest = $2`,
      [twin, digest],
    );
    expect((await look(digest.slice(7, 19))).status).toBe(409);
  });

  it('is not needed below the snapshot, where its header is also served by its name in a folder', async () => {
    const bytes = await (await look(`${digest}/snapshot.json`)).text();
    expect(bytes).toBe(await (await look(digest)).text());
  });
});
