import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { addImages, digestOf, newDataset, noiseImage } from '../support/specimens.ts';

describe('a running server', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.stop());

  it('answers who asks', async () => {
    expect(await house.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'administrator' } });
  });

  it('takes an image and shows it with its facts', async () => {
    await newDataset(house, 'first');
    const bytes = await noiseImage(1);
    expect(await addImages(house, 'first', { 'a.png': bytes })).toMatchObject({ taken: 1, refused: [] });
    const { dataset } = await house.ask(
      `{ dataset(slug: "first") { revision images { nodes { name digest width facts { mediaType bitDepth quality { name value } } acquisition { unit unitKnown } } } } }`,
    );
    expect(dataset.images.nodes[0]).toMatchObject({
      name: 'a.png',
      digest: digestOf(bytes),
      width: 64,
      facts: { mediaType: 'image/png', bitDepth: 8 },
    });
  });
});
