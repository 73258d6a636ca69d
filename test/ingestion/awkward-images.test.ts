import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../platform/awkward-images.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { isShared, shared } from '../support/shared.ts';
import { addImages, newDataset } from '../support/specimens.ts';

const expected = new Map(
  Object.entries(OUTCOMES).flatMap(([folder, byOutcome]) =>
    Object.entries(byOutcome).flatMap(([outcome, files]) =>
      files.split(/\s+/).map((file) => [`${folder}/${file}`, outcome] as const),
    ),
  ),
);

describe.skipIf(!isShared('data', 'awkward_images'))('233 odd, rich and broken files', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ HOLOTYPE_PROBE_THREADS: '2' });
    await newDataset(house, 'awkward');
  });
  afterAll(() => house?.stop());

  it('are each imported or refused with the right code, while the server goes on answering', async () => {
    expect(expected.size).toBe(233);
    const names = [...expected.keys()];
    const found = new Map<string, string>();
    for (let at = 0; at < names.length; at += 40) {
      const page = names.slice(at, at + 40);
      const images: Record<string, Buffer> = {};
      for (const name of page) images[name] = await readFile(shared('data', 'awkward_images', name));
      const importing = addImages(house, 'awkward', images);
      const [report, viewer, ready] = await Promise.all([
        importing,
        house.ask('{ viewer { name } }'),
        house.fetch('/health/ready'),
      ]);
      expect([viewer.viewer.name, ready.status]).toEqual(['administrator', 200]);
      for (const name of page) found.set(name, 'OK');
      for (const { name, code } of report.refused as Answer[]) found.set(name, code);
    }
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it('are all there with their facts, and none that was refused', async () => {
    const taken = [...expected].filter(([, outcome]) => outcome === 'OK').map(([name]) => name);
    const { dataset } = await house.ask(
      '{ dataset(slug: "awkward") { images(first: 500) { nodes { name width facts { width pages } } } duplicates { comparedCount } } }',
    );
    expect(dataset.images.nodes.map(({ name }: Answer) => name).sort()).toEqual(taken.sort());
    for (const { width, facts } of dataset.images.nodes) expect(facts.width).toBe(width);
    expect(dataset.duplicates.comparedCount).toBe(taken.length);
  });
});
