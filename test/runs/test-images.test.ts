import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

/** Twenty-four images of twelve plants, and the same images again of which nobody knows the plant. */
describe('the error of the test images, from how each came out', () => {
  let house: House;
  const digests: Record<string, string> = {};
  const images: Record<string, string[]> = {};
  const names = Array.from({ length: 24 }, (_, index) => `leaf-${String(index).padStart(2, '0')}.png`);

  beforeAll(async () => {
    house = await openHouse();
    const bytes = await Promise.all(names.map((_, index) => noiseImage(index)));
    for (const dataset of ['plants', 'leaves']) {
      await newDataset(house, dataset, dataset === 'plants' ? { unit: 'subject' } : {});
      await addImages(house, dataset, Object.fromEntries(names.map((name, index) => [name, bytes[index]!])));
      if (dataset === 'plants') {
        const rows = names.map((image, index) => ({
          image,
          values: [{ name: 'subject', value: `plant ${index % 12}` }],
        }));
        await succeed(house, 'recordAcquisition', { dataset, source: 'csv', rows });
      }
      digests[dataset] = await publish(house, dataset);
      const { dataset: held } = await house.ask(
        'query ($slug: String!) { dataset(slug: $slug) { images(first: 50) { nodes { id } } } }',
        { slug: dataset },
      );
      images[dataset] = held.images.nodes.map(
        ({ id }: { id: string }) =>
          /[0-9a-f]{32}/.exec(`${id} ${Buffer.from(id, 'base64url').toString()}`)![0],
      );
    }
  });
  afterAll(() => house?.stop());

  /** Reports a run with the outcome of each image. */
  const run = async (dataset: string, model: string, seed: number, correct: (index: number) => number) => {
    const response = await house.fetch('/runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ snapshot: digests[dataset], model, seed, key: `${model}-${seed}` },
        metrics: [{ part: 'test', name: 'accuracy', value: 0.75 }],
      }),
    });
    const { id }: Answer = await response.json();
    const lines = images[dataset]!.map((image, index) => ({ image, part: 'test', correct: correct(index) }));
    const put = await house.fetch(`/runs/${id}/outcomes`, {
      method: 'PUT',
      headers: { 'content-type': 'application/jsonl' },
      body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    });
    expect(put.status, await put.text()).toBe(200);
  };
  const errors = async (dataset: string) => {
    const { runReport } = await house.ask(
      `query ($snapshots: [String!]!) { runReport(snapshots: $snapshots, metric: "accuracy") {
         models { model testSampling { value status reason imageCount unitCount interval { lower upper method } } } } }`,
      { snapshots: [digests[dataset]] },
    );
    return Object.fromEntries(
      runReport.models.map((one: { model: string; testSampling: object }) => [one.model, one.testSampling]),
    );
  };
  const right = (index: number) => (index % 4 === 0 ? 0 : 1);

  it.each([
    ['plants', 12, null, 'delete-a-group jackknife, B = 12'],
    ['leaves', 24, 'UNIT_UNKNOWN', 'Wilson score'],
  ])(
    'is no smaller in ten runs on the same images than in one: %s',
    async (dataset, units, reason, method) => {
      await run(dataset, 'one', 1, right);
      for (let seed = 1; seed <= 10; seed += 1) await run(dataset, 'ten', seed, right);
      const { one, ten } = await errors(dataset);
      expect(one).toMatchObject({ value: 0.75, status: 'OK', reason, imageCount: 24, unitCount: units });
      expect(one.interval.method).toBe(method);
      expect(ten).toEqual(one);
    },
  );

  it('counts an image by the share of the runs that have it right', async () => {
    await run('plants', 'split', 1, () => 1);
    await run('plants', 'split', 2, (index) => (index < 6 ? 0 : 1));
    const { split } = await errors('plants');
    expect(split).toMatchObject({ imageCount: 24, unitCount: 12 });
    expect(split.value).toBeCloseTo((6 * 0.5 + 18) / 24, 12);
    expect(split.interval.upper - split.interval.lower).toBeGreaterThan(0);
  });
});
