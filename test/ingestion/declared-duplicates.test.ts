import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDeclaredDuplicates } from '../../src/ingestion/declared-duplicates.store.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { newDataset } from '../support/specimens.ts';

const REPORT = '... on BulkReport { revision taken alreadyThere refused { row name field code message } }';

describe('declared duplicates', () => {
  let house: House;
  const dataset = 'photos';
  const declare = (pairs: object[], source = 'a reading by eye') =>
    succeed(house, 'declareDuplicates', { dataset, source, pairs }, REPORT);
  const declared = async (args = '', slug = dataset, token?: string): Promise<Answer[]> => {
    const document = `query ($slug: String!) { dataset(slug: $slug) { declaredDuplicates${args} { nodes { first second firstName secondName judgement source since } } } }`;
    return (await house.ask(document, { slug }, token)).dataset.declaredDuplicates.nodes;
  };
  const register = (slug: string, names: string[]) =>
    succeed(house, 'registerImages', {
      dataset: slug,
      images: names.map((name) => ({ name, address: `https://images.example/${name}` })),
    });

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, dataset);
    await register(dataset, ['a', 'b', 'c', 'd']);
  });
  afterAll(() => house?.stop());

  it('are one pair in whatever order they are named, and said again change nothing', async () => {
    const first = await declare([
      { first: 'a', second: 'b', judgement: 'EXACT' },
      { first: 'b', second: 'a', judgement: 'EXACT' },
      { first: 'd', second: 'c', judgement: 'SIMILAR' },
    ]);
    expect(first).toMatchObject({ taken: 2, alreadyThere: 1, refused: [] });
    const again = await declare([{ first: 'b', second: 'a', judgement: 'EXACT' }]);
    expect(again).toMatchObject({ taken: 0, alreadyThere: 1, revision: first.revision });
    const lines = await declared();
    expect(lines.map(({ firstName, secondName }) => [firstName, secondName].sort())).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    for (const { first: one, second: other } of lines) expect(one < other).toBe(true);
  });

  it('name what is wrong with a row: an image that is not there, one twice, two judgements of one pair', async () => {
    const { taken, refused } = await declare([
      { first: 'x', second: 'y', judgement: 'NEAR' },
      { first: 'a', second: 'a', judgement: 'NEAR' },
      { first: 'a', second: 'c', judgement: 'NEAR' },
      { first: 'c', second: 'a', judgement: 'EXACT' },
    ]);
    expect(taken).toBe(1);
    expect(refused.map(({ row, field, code }: Answer) => [row, field, code])).toEqual([
      [0, 'first', 'UNKNOWN_IMAGE'],
      [0, 'second', 'UNKNOWN_IMAGE'],
      [1, 'second', 'BAD_INPUT'],
      [3, 'judgement', 'DUPLICATE_ROW'],
    ]);
    const nobody = await mutate(house, 'declareDuplicates', { dataset, source: ' ', pairs: [] });
    expect(nobody.code).toBe('BAD_INPUT');
  });

  it('are replaced when judged anew, and the earlier judgement is remembered', async () => {
    const before = (await house.ask(`{ dataset(slug: "${dataset}") { revision } }`)).dataset.revision;
    await declare([{ first: 'a', second: 'b', judgement: 'NEAR' }], 'a second reading');
    const judgements = (lines: Answer[]) => lines.map(({ judgement }) => judgement).sort();
    expect(judgements(await declared())).toEqual(['NEAR', 'NEAR', 'SIMILAR']);
    expect(judgements(await declared(`(asOf: ${before})`))).toEqual(['EXACT', 'NEAR', 'SIMILAR']);
    const [{ id }] = await house.services.db.query('SELECT id FROM dataset WHERE slug = $1', [dataset]);
    const pairs = await listDeclaredDuplicates(house.services.db, { datasetId: id, asOf: before + 1 });
    expect(pairs.map(({ first }) => first)).toEqual(pairs.map(({ first }) => first).sort());
    expect(pairs[0]).toMatchObject({ first: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it('tell no names of a personal dataset to who may not read them', async () => {
    await newDataset(house, 'people', { sensitivity: 'PERSONAL' });
    await register('people', ['a', 'b']);
    const pairs = [{ first: 'a', second: 'b', judgement: 'NEAR' }];
    await succeed(house, 'declareDuplicates', { dataset: 'people', source: 'us', pairs });
    const reader = await house.tokenOf('READER', 'people');
    expect(await declared('', 'people', reader)).toMatchObject([{ firstName: null, secondName: null }]);
  });
});
