import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { newDataset } from '../support/specimens.ts';

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

describe('limits', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
  });
  afterAll(() => house?.stop());

  it.each([
    ['depth', `{ __type(name: "Dataset") { ${times(15, () => 'ofType {')} name ${times(15, () => '}')} } }`],
    [
      'cost',
      '{ datasets(first: 500) { nodes { images(first: 500) { nodes { name annotations { id } } } } } }',
    ],
    ['aliases', `{ viewer { ${times(40, (index) => `a${index}: name`)} } }`],
    ['directives', `{ viewer { ${times(40, (index) => `name @include(if: ${index > 0})`)} } }`],
    ['tokens', `{ viewer { ${times(4_100, () => 'name')} } }`],
  ])('refuse a document of too much %s with a code and status 400', async (_, document) => {
    const { status, body } = await house.send(document);
    expect(status).toBe(400);
    expect(body.errors?.map(({ extensions }) => extensions.code)).toContain('LIMIT_EXCEEDED');
    expect(body.data).toBeUndefined();
  });

  it('leave room for a page of everything that is said of a hundred images', async () => {
    await house.ask(`{ dataset(slug: "plants") { slug revision images(first: 100) { pageInfo { endCursor hasNextPage } nodes {
      id imageId name digest pixels size width height since exclusion { stage reason }
      facts { mediaType bitDepth channels quality { name value reason } }
      acquisition { unit unitKnown capturedAt site device values { name value source } }
      annotations { id annotator kind label value geometry { __typename } } } } } }`);
  });

  it('refuse more than 500 on a page, fewer than none, and more than 100 nodes', async () => {
    for (const first of [501, -1]) {
      const { body } = await house.send(`{ datasets(first: ${first}) { nodes { slug } } }`);
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    }
    const { body } = await house.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array.from({ length: 101 }, () => 'x'),
    });
    expect(body.errors?.[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
  });

  it('let a page of none be asked for', async () => {
    expect(await house.ask('{ datasets(first: 0) { nodes { slug } pageInfo { hasNextPage } } }')).toEqual({
      datasets: { nodes: [], pageInfo: { hasNextPage: true } },
    });
  });

  it('refuse a body that is larger than the server reads', async () => {
    const { status } = await house.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `# ${'x'.repeat(33 * 2 ** 20)}` }),
    });
    expect(status).toBe(413);
  });
});
