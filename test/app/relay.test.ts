import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { newDataset } from '../support/specimens.ts';

const NAMES = Array.from({ length: 7 }, (_, index) => `${index}.png`);

describe('Relay', () => {
  let house: House;
  let ids: Record<string, string>;
  /** Every connection of the schema, as a selection and the way to its field. */
  const CONNECTIONS: [field: string, selection: string, path: string[]][] = [
    ['datasets', '', []],
    ['auditEvents', '', []],
    ['images', 'images(first: $first, after: $after)', ['images']],
    ['annotations', 'annotations(first: $first, after: $after)', ['annotations']],
    ['exclusions', 'exclusions(first: $first, after: $after)', ['exclusions']],
    ['refusedImages', 'refusedImages(first: $first, after: $after)', ['refusedImages']],
    ['declaredDuplicates', 'declaredDuplicates(first: $first, after: $after)', ['declaredDuplicates']],
    ['revisions', 'revisions(first: $first, after: $after)', ['revisions']],
    ['splits', 'splits(first: $first, after: $after)', ['splits']],
    ['snapshots', 'snapshots(first: $first, after: $after)', ['snapshots']],
    [
      'assignments',
      'split(name: "s0") { assignments(first: $first, after: $after) PAGE }',
      ['split', 'assignments'],
    ],
    ['changes', 'diff(from: 1, to: 2) { images(first: $first, after: $after) PAGE }', ['diff', 'images']],
  ];
  const PAGE =
    '{ edges { cursor node { __typename } } nodes { __typename } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
  const documentOf = ([field, selection]: (typeof CONNECTIONS)[number]) => {
    const body =
      selection === ''
        ? `${field}(first: $first, after: $after) ${PAGE}`
        : selection.includes('PAGE')
          ? selection.replace('PAGE', PAGE)
          : `${selection} ${PAGE}`;
    return `query ($after: String, $first: Int) { ${selection === '' ? body : `dataset(slug: "plants") { ${body} }`} }`;
  };
  const pageOf = async (connection: (typeof CONNECTIONS)[number], variables: object): Promise<Answer> => {
    const data = await house.ask(documentOf(connection), variables);
    const [field, selection, path] = connection;
    return selection === '' ? data[field] : path.reduce((value, step) => value[step], data.dataset);
  };

  beforeAll(async () => {
    house = await openHouse();
    const dataset = 'plants';
    for (const slug of ['plants', 'animals', 'fungi']) await newDataset(house, slug);
    await succeed(house, 'registerImages', {
      dataset,
      images: NAMES.map((name) => ({ name, address: `https://images.example/${name}` })),
    });
    await succeed(house, 'defineLabelSchema', { dataset, classes: [{ name: 'leaf' }] });
    await succeed(house, 'recordAnnotations', {
      dataset,
      source: 't',
      annotations: NAMES.map((image) => ({ image, annotator: 'ann', kind: 'CLASS', label: 'leaf' })),
    });
    const parts = [
      { name: 'train', share: '0.5' },
      { name: 'test', share: '0.5' },
    ];
    for (const name of ['s0', 's1', 's2'])
      await succeed(house, 'createSplit', { dataset, name, strategy: 'RANDOM', parts });
    for (const title of ['a', 'b', 'c']) {
      await succeed(house, 'describeDataset', { dataset, title });
      await succeed(house, 'publishSnapshot', { dataset });
    }
    await succeed(house, 'excludeImages', {
      dataset,
      exclusions: NAMES.map((image) => ({ image, stage: 'ELIGIBLE', reason: 'blurred' })),
    });
    await succeed(house, 'recordRefusedImages', {
      dataset,
      refusals: NAMES.map((name) => ({
        name: `lost-${name}`,
        stage: 'COLLECTED',
        code: 'MALFORMED_FILE',
        reason: 'gone',
      })),
    });
    await succeed(house, 'declareDuplicates', {
      dataset,
      source: 't',
      pairs: NAMES.slice(1).map((second) => ({ first: NAMES[0], second, judgement: 'NEAR' })),
    });
    const { dataset: found } = await house.ask(
      '{ dataset(slug: "plants") { id images(first: 1) { nodes { id } } annotations(first: 1) { nodes { id } } splits(first: 1) { nodes { id } } snapshots(first: 1) { nodes { id } } } }',
    );
    ids = {
      Dataset: found.id,
      Image: found.images.nodes[0].id,
      Annotation: found.annotations.nodes[0].id,
      Split: found.splits.nodes[0].id,
      Snapshot: found.snapshots.nodes[0].id,
    };
  });
  afterAll(() => house?.stop());

  it.each(CONNECTIONS)(
    'pages through %s without losing or repeating one, whatever the page',
    async (...connection) => {
      const whole = await pageOf(connection, { first: 500 });
      expect(whole.edges.length).toBeGreaterThanOrEqual(3);
      expect(whole.nodes).toHaveLength(whole.edges.length);
      expect(whole.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
      const cursors: string[] = [];
      let after: string | null = null;
      do {
        const page: Answer = await pageOf(connection, { first: 2, after });
        expect(page.pageInfo.startCursor).toBe(page.edges[0].cursor);
        expect(page.pageInfo.endCursor).toBe(page.edges.at(-1).cursor);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        cursors.push(...page.edges.map(({ cursor }: Answer) => cursor));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(cursors).toEqual(whole.edges.map(({ cursor }: Answer) => cursor));
    },
  );

  it.each(CONNECTIONS)('refuses what is no cursor of %s, and never fails of it', async (...connection) => {
    const key = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        '"x"',
        '12',
        '1e99',
        '-1',
        'null',
        '{}',
        '{"at":"x","digest":"y"}',
        '{"at":"2024-13-45T99:99:99Z","digest":"y"}',
        '"\\u0000"',
        '"99999999999999999999"',
      ),
    );
    const forged = key.map((text) => Buffer.from(text).toString('base64url'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(forged, fc.string()), async (after) => {
        const { body } = await house.send(documentOf(connection), { first: 2, after });
        for (const { extensions } of body.errors ?? [])
          expect([after, extensions.code]).toEqual([after, 'BAD_INPUT']);
      }),
      { numRuns: 25, examples: [['nonsense'], ['bm90IGpzb24']] },
    );
    const { body } = await house.send(documentOf(connection), { first: 2, after: 'nonsense' });
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_INPUT');
  });

  it('fetches every kind of thing again by its id, one and several', async () => {
    for (const [type, id] of Object.entries(ids)) {
      const { node } = await house.ask('query ($id: ID!) { node(id: $id) { __typename id } }', { id });
      expect(node).toEqual({ __typename: type, id });
    }
    const { nodes } = await house.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
      ids: Object.values(ids),
    });
    expect(nodes).toEqual(Object.entries(ids).map(([type, id]) => ({ __typename: type, id })));
  });

  it('gives a node with all that hangs on it', async () => {
    const { node } = await house.ask(
      'query ($id: ID!) { node(id: $id) { ... on Image { name pixels annotations { label } acquisition { unit } } } }',
      { id: ids.Image },
    );
    expect(node).toMatchObject({ pixels: 'REFERENCE', annotations: [{ label: 'leaf' }] });
  });

  it('gives null for what is not, what is no id, and what may not be seen', async () => {
    const of = (text: string) => Buffer.from(text).toString('base64url');
    const [datasetId] = Buffer.from(ids.Image!, 'base64url').toString().replace('Image:', '').split('/');
    const wrong = [
      '',
      'x',
      of('Dataset:none'),
      of('Image:none'),
      of(`Image:${datasetId}/none`),
      of(`Image:${datasetId}/${'0'.repeat(32)}`),
      of('Image:a/b/c'),
      of(`Annotation:${datasetId}/zz`),
      of('Split:none'),
      of('Snapshot:none'),
      of(`Snapshot:sha256:${'0'.repeat(64)}`),
      of('Viewer:x'),
      of('constructor:x'),
      of('Dataset:\0'),
    ];
    const { nodes } = await house.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: wrong });
    expect(nodes).toEqual(wrong.map(() => null));
    const stranger = await house.tokenOf('READER', 'fungi');
    const hidden = await house.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: Object.values(ids) },
      stranger,
    );
    expect(hidden.nodes).toEqual(Object.values(ids).map(() => null));
  });
});
