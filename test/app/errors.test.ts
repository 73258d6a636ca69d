import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/kernel/errors.ts';
import { type House, openHouse } from '../support/house.ts';
import { mutate } from '../support/mutate.ts';
import { newDataset } from '../support/specimens.ts';

const SOURCES = join(import.meta.dirname, '../../src');

describe('errors', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
  });
  afterAll(() => house?.stop());

  it('are each uttered somewhere: a code nobody utters is not in the set', () => {
    const text = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('errors.ts'))
      .map((path) => readFileSync(join(SOURCES, path), 'utf8'))
      .join('\n');
    const silent = Object.keys(ERROR_CODES).filter((code) => !text.includes(`'${code}'`));
    expect(silent).toEqual([]);
  });

  it('that nobody expected are masked: no table, no statement, no stack reaches the client', async () => {
    await house.services.db.query('ALTER TABLE label_class RENAME TO label_class_away');
    try {
      const { body } = await house.send('{ dataset(slug: "plants") { labelClasses { name } } }');
      expect(body.errors).toEqual([
        {
          message: 'The server failed; the log holds the cause.',
          path: ['dataset', 'labelClasses'],
          extensions: { code: 'INTERNAL' },
        },
      ]);
    } finally {
      await house.services.db.query('ALTER TABLE label_class_away RENAME TO label_class');
    }
    await house.services.db.query('ALTER TABLE snapshot_tag RENAME TO snapshot_tag_away');
    try {
      const response = await house.fetch('/datasets/plants/tags/v1');
      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      const { detail, code } = (await response.json()) as Record<string, string>;
      expect({ detail, code }).toEqual({
        detail: 'The server failed; the log holds the cause.',
        code: 'INTERNAL',
      });
    } finally {
      await house.services.db.query('ALTER TABLE snapshot_tag_away RENAME TO snapshot_tag');
    }
  });

  it('over HTTP are problem documents with the status and the code', async () => {
    const response = await house.fetch('/nothing/here');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('over GraphQL are typed results with every reason, where they are to be expected', async () => {
    const result = await mutate(house, 'createDataset', { slug: 'Not A Slug', title: '', licence: '??' });
    expect(result).toMatchObject({ __typename: 'ValidationProblem', code: 'BAD_INPUT' });
    expect(result.reasons.map(({ path }: { path: string[] }) => path.join('.')).sort()).toEqual([
      'licence',
      'slug',
      'title',
    ]);
    expect(await mutate(house, 'createDataset', { slug: 'plants', title: 'again' })).toMatchObject({
      __typename: 'ConflictProblem',
      code: 'CONFLICT',
    });
  });

  it.each(['\0', 'a\0b', '\ud800', 'x\udc00y'])(
    'name the place where an argument is no text: %j',
    async (text) => {
      const { body } = await house.send(
        'mutation ($input: RecordAcquisitionInput!) { recordAcquisition(input: $input) { __typename } }',
        {
          input: {
            dataset: 'plants',
            source: 'csv',
            rows: [{ image: 'a.png', values: [{ name: 'site', value: text }] }],
          },
        },
      );
      expect(body.errors?.[0]).toMatchObject({
        extensions: {
          code: 'BAD_INPUT',
          reasons: [{ path: ['input', 'rows', '0', 'values', '0', 'value'], code: 'BAD_INPUT' }],
        },
      });
      const slug = await house.send('query ($slug: String!) { dataset(slug: $slug) { slug } }', {
        slug: text,
      });
      expect(slug.body.errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    },
  );

  it('answer an address with an escaped NUL as an address where nothing is', async () => {
    expect((await house.fetch('/datasets/a%00b/tags/v1')).status).toBe(404);
    expect((await house.fetch('/datasets/plants/tags/%00')).status).toBe(404);
    expect((await house.fetch('/datasets/%E0%A4%A/tags/v1')).status).toBe(400);
  });
});
