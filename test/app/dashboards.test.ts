import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const textOf = (file: string) => readFileSync(resolve(ROOT, file), 'utf8');

interface Target {
  readonly root_selector: string;
  readonly columns: readonly { readonly selector: string }[];
  readonly url_options: { readonly body_graphql_query: string };
}

describe('dashboards', () => {
  const schema = buildSchema(textOf('schema.graphql'));
  const faultsOf = (query: string) => validate(schema, parse(query)).map(({ message }) => message);

  it('are told queries that the schema answers', () => {
    const queries = [...textOf('docs/dashboards.md').matchAll(/```graphql\n([\s\S]*?)```/g)].map(
      ([, query]) => query!,
    );
    expect(queries.length).toBeGreaterThan(3);
    for (const query of queries) expect([query, faultsOf(query)]).toEqual([query, []]);
  });

  it('of Grafana ask what the schema answers, and show columns that they asked for', () => {
    const { panels } = JSON.parse(textOf('docs/grafana-dashboard.json')) as {
      panels: { targets: Target[] }[];
    };
    for (const { root_selector, columns, url_options } of panels.flatMap(({ targets }) => targets)) {
      const query = url_options.body_graphql_query;
      expect([query, faultsOf(query)]).toEqual([query, []]);
      const names = [
        ...root_selector.split('.').slice(1),
        ...columns.flatMap(({ selector }) => selector.split('.')),
      ];
      for (const name of names) expect(query).toMatch(new RegExp(`\\b${name}\\b`));
    }
  });
});
