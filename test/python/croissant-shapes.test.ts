import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { describeInPython, runPython } from '../support/python.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

describeInPython('Croissant of a snapshot', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.stop());

  const loaded = async (digest: string, ...filter: string[]) => {
    const address = `${house.url}/snapshots/${digest}/croissant.json`;
    const answer = await runPython<Answer>('load_croissant.py', [address, ...filter], {
      url: house.url,
      token: house.token,
    });
    expect(answer.errors).toEqual([]);
    return answer;
  };
  const counts = ({ records }: Answer) =>
    Object.fromEntries(Object.entries<Answer[]>(records).map(([name, rows]) => [name, rows.length]));
  const divided = async (dataset: string, name: string, parts: string[], seed: string) => {
    const shares = parts.map((part) => ({ name: part, share: '0.5' }));
    await succeed(house, 'createSplit', { dataset, name, strategy: 'RANDOM', seed, parts: shares });
    await succeed(house, 'freezeSplit', { dataset, name });
  };
  const elsewhere = (dataset: string, names: string[]) =>
    succeed(house, 'registerImages', {
      dataset,
      images: names.map((name) => ({ name, address: `https://example.org/${name}` })),
    });
  const fourImages = async () =>
    Object.fromEntries(
      await Promise.all([1, 2, 3, 4].map(async (seed) => [`${seed}.png`, await noiseImage(seed)] as const)),
    );

  it('of several splits has the parts of each, and parts of any name', async () => {
    await newDataset(house, 'several', { title: '葉', licence: null, unit: 'image' });
    await addImages(house, 'several', await fourImages());
    await divided('several', 'main', ['train', 'images'], '1');
    await divided('several', 'other', ['train.parquet', 'a.b'], '2');
    const digest = await publish(house, 'several', { splits: ['main', 'other'] });
    const answer = await loaded(digest);
    expect(counts(answer)).toEqual({
      splits: 4,
      'main/train': 2,
      'part/main/images': 2,
      'main/images': 4,
      'other/images': 4,
      annotations: 0,
      'other/train.parquet': 2,
      'other/a.b': 2,
    });
  });

  it('of no split and no class is one part', async () => {
    await newDataset(house, 'whole', { unit: 'image' });
    await addImages(house, 'whole', await fourImages());
    await elsewhere('whole', ['far.png']);
    const answer = await loaded(await publish(house, 'whole'));
    expect(counts(answer)).toEqual({ all: 5, images: 4, annotations: 0 });
  });

  it('of images that lie elsewhere alone has tables and no images', async () => {
    await newDataset(house, 'far', { unit: 'image' });
    await elsewhere('far', ['a.png', 'b.png']);
    await divided('far', 'halves', ['images', 'splits'], '1');
    const answer = await loaded(await publish(house, 'far', { splits: ['halves'] }));
    expect(counts(answer)).toEqual({ splits: 2, 'part/images': 1, 'part/splits': 1, annotations: 0 });
  });

  it('of people shows no small count and no name', async () => {
    await newDataset(house, 'people', { unit: 'image', sensitivity: 'PERSONAL' });
    await succeed(house, 'defineLabelSchema', {
      dataset: 'people',
      classes: [{ name: 'well' }, { name: 'ill' }],
    });
    await addImages(house, 'people', await fourImages());
    const said = { dataset: 'people', source: 'test' };
    const annotations = [1, 2, 3, 4].map((seed) => ({
      ...{ image: `${seed}.png`, annotator: 'ann', kind: 'CLASS', label: seed === 1 ? 'ill' : 'well' },
    }));
    await succeed(house, 'recordAnnotations', { ...said, annotations });
    const digest = await publish(house, 'people');
    expect(counts(await loaded(digest))).toEqual({ classes: 2, all: 4, images: 4, annotations: 4 });
    const facts: Answer = await (await house.fetch(`/snapshots/${digest}/facts.json`)).json();
    expect(facts.statements.labels).toEqual([
      { value: 'ill', count: null },
      { value: 'well', count: null },
    ]);
    expect(facts.raters.expertise).toEqual([{ value: 'not recorded', count: null }]);
    const croissant = await (await house.fetch(`/snapshots/${digest}/croissant.json`)).text();
    expect(croissant).toContain('speaks of people');
    expect(croissant).not.toMatch(/\d\.png/);
  });
});
