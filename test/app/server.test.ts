import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { addImages, digestOf, newDataset, noiseImage } from '../support/specimens.ts';

describe('a running server', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.stop());

  it('says that it lives and that it is ready, to anyone', async () => {
    await request(house.url).get('/health/live').expect(200, { status: 'live' });
    await request(house.url).get('/health/ready').expect(200, { status: 'ready' });
  });

  it('shows a browser where things are', async () => {
    const { text } = await request(house.url).get('/').expect(200).expect('Content-Type', /html/);
    expect(text).toContain('/graphql');
  });

  it('names every request in its response', async () => {
    const ids = await Promise.all(
      ['/', '/graphql', '/nowhere'].map(
        async (path) => (await request(house.url).get(path)).headers['x-request-id'],
      ),
    );
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id ?? ''))).toBe(true);
  });

  it('answers who asks', async () => {
    expect(await house.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'administrator' } });
  });

  it('takes an image and shows it with its facts', async () => {
    await newDataset(house, 'first');
    const bytes = await noiseImage(1);
    expect(await addImages(house, 'first', { 'a.png': bytes })).toMatchObject({ taken: 1, refused: [] });
    const { dataset } = await house.ask(
      '{ dataset(slug: "first") { images { nodes { name digest width facts { mediaType bitDepth } } } } }',
    );
    expect(dataset.images.nodes).toEqual([
      { name: 'a.png', digest: digestOf(bytes), width: 64, facts: { mediaType: 'image/png', bitDepth: 8 } },
    ]);
  });
});
