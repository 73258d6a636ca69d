import {
  buildSchema,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enforceRules, ruleOf } from '../../src/app/enforce-rules.ts';
import { graphqlSchema } from '../../src/app/graphql-schema.ts';
import { httpApplication, ROUTES } from '../../src/app/http-application.ts';
import { ACTIONS } from '../../src/governance/policy.ts';
import { type House, openHouse } from '../support/house.ts';

const RULES = new Set(['public', 'authenticated', 'inherit', ...Object.keys(ACTIONS)]);

/** Every field that nobody has judged: without a rule, with an unknown one, or a root field that inherits from nothing. */
function unjudgedFields(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType()?.name, schema.getMutationType()?.name];
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ type, field })) : [],
    )
    .filter(({ type, field }) => {
      const rule = ruleOf(type, field);
      if (rule === undefined || !RULES.has(rule)) return true;
      return roots.includes(type.name) && (field.extensions.rule === undefined || rule === 'inherit');
    })
    .map(({ type, field }) => `${type.name}.${field.name}`);
}

/** The least that a document must give for this input. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const members = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return `{ ${members.map(({ name, type: member }) => `${name}: ${literal(member)}`).join(', ')} }`;
  }
  const literals: Record<string, string> = {
    Int: '1',
    Float: '1',
    Boolean: 'false',
    DateTimeISO: '"2099-01-01T00:00:00Z"',
  };
  return literals[type.name] ?? '"x"';
}

describe('the policy', () => {
  let house: House;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    house = await openHouse();
    schema = await graphqlSchema();
  });
  afterAll(() => house?.stop());

  it('has a rule for every field of every type of the schema', () => {
    expect(unjudgedFields(schema)).toEqual([]);
  });

  it('has no schema fields beyond queries and mutations', () => {
    expect(schema.getSubscriptionType()).toBeFalsy();
  });

  it('notices a type, a field and a root field that were added without a rule', () => {
    const added = buildSchema(
      'type Query { judged: Leaf  forgotten: String } type Leaf { a: String b: String } type Loose { c: String }',
    );
    added.getQueryType()!.getFields().judged!.extensions = { rule: 'dataset.read' };
    const leaf = added.getType('Leaf');
    if (!isObjectType(leaf)) throw new Error('no Leaf');
    leaf.getFields().a!.extensions = { rule: 'dataset.read' };
    leaf.getFields().b!.extensions = { rule: 'dataset.raed' };
    expect(unjudgedFields(added)).toEqual(['Query.forgotten', 'Leaf.b', 'Loose.c']);
    added.getQueryType()!.extensions = { rule: 'public' };
    expect(unjudgedFields(added)).toContain('Query.forgotten');
  });

  it('refuses a field without a rule to everybody, the administrator too', async () => {
    const bare = enforceRules(buildSchema('type Query { forgotten: String } type Leaf { a: String }'));
    const actor = {
      principalId: 'p',
      name: 'p',
      grants: [{ scope: 'instance', role: 'ADMINISTRATOR' }],
      tokenScopes: ['READ', 'WRITE', 'ADMINISTER'],
    };
    const context = { actor, decisions: new Set() };
    const leaf = bare.getType('Leaf');
    if (!isObjectType(leaf)) throw new Error('no Leaf');
    for (const field of [bare.getQueryType()!.getFields().forgotten!, leaf.getFields().a!]) {
      const asked = Promise.resolve().then(() => field.resolve!({ a: 'x' }, {}, context, {} as never));
      await expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('treats as a defect a use case that answers without having asked', async () => {
    const forgetful = buildSchema('type Query { secret: String }');
    const field = forgetful.getQueryType()!.getFields().secret!;
    field.extensions = { rule: 'audit.read' };
    field.resolve = () => 'told';
    enforceRules(forgetful);
    const actor = {
      principalId: 'p',
      name: 'p',
      grants: [{ scope: 'instance', role: 'ADMINISTRATOR' }],
      tokenScopes: ['ADMINISTER'],
    };
    const context = { actor, decisions: new Set() };
    await expect(field.resolve!(null, {}, context, {} as never)).rejects.toThrow(/without the policy/);
  });

  it('has a rule for every streamed route', () => {
    for (const { path, rule } of ROUTES)
      expect([path, ['public', ...Object.keys(ACTIONS)]]).toEqual([path, expect.arrayContaining([rule])]);
  });

  it('knows every route that is mounted: those with a rule, GraphQL, health and the page', async () => {
    const { app, stop } = await httpApplication(house.services);
    interface Layer {
      route?: { path: string; methods: Record<string, boolean> };
      match(path: string): unknown;
    }
    const layers = app.router.stack as unknown as Layer[];
    const mounted = layers.flatMap(({ route }) =>
      route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : [],
    );
    const page = ['get /', 'get /page/*view', 'get /holotype.svg'];
    const known = [...page, 'get /health/live', 'get /health/ready', 'get /metrics'];
    expect(mounted.sort()).toEqual(
      [...known, ...ROUTES.map(({ method, path }) => `${method} ${path}`)].sort(),
    );
    const others = layers.filter(({ route }) => !route);
    const everywhere = others.filter((layer) => layer.match('/anything/else'));
    // What names the request, what answers 404, and what answers errors.
    expect(everywhere).toEqual([layers[0], ...layers.slice(-2)]);
    for (const layer of others.slice(1, -2))
      expect(layer.match('/graphql') || layer.match('/assets/page.js')).toBeTruthy();
    await stop();
  });

  it('shows nothing but the front page, its health and its public keys to who brings no token', async () => {
    const health = await house.fetch('/health/ready', { token: null });
    expect(await health.json()).toEqual({ status: 'ready' });
    for (const { method, path, rule } of ROUTES) {
      const address = path
        .replace(/:digest/, '0'.repeat(64))
        .replace(':recipe/:size', '1/screen')
        .replace(/:\w+/g, 'x');
      const response = await house.fetch(address, { method: method.toUpperCase(), token: null });
      expect([path, rule, response.status]).toEqual([path, rule, path === '/keys' ? 200 : 401]);
    }
  });

  it('refuses every query and mutation to who brings no token, and to who holds no role', async () => {
    const stranger = await house.tokenOf(null);
    for (const root of [schema.getQueryType()!, schema.getMutationType()!]) {
      const operation = root === schema.getQueryType() ? 'query' : 'mutation';
      for (const field of Object.values(root.getFields())) {
        const given = field.args
          .filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
          .map(({ name, type }) => `${name}: ${literal(type)}`);
        const document = `${operation} { ${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} { __typename } }`;
        const codeOf = async (token: string | null) =>
          (await house.send(document, {}, token)).body.errors?.map(({ extensions }) => extensions.code) ?? [];
        expect([field.name, await codeOf(null)]).toEqual([field.name, ['UNAUTHENTICATED']]);
        const rule = ruleOf(root, field);
        expect([field.name, await codeOf(stranger)]).toEqual([
          field.name,
          rule === 'authenticated' ? [] : ['FORBIDDEN'],
        ]);
      }
    }
  });

  it('describes every type, field, argument, enum value and input field', () => {
    const bare: string[] = [];
    const note = (name: string, described: { description?: string | null }) => {
      if (!described.description?.trim()) bare.push(name);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      note(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) note(`${type.name}.${value.name}`, value);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) note(`${type.name}.${field.name}`, field);
      if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          note(`${type.name}.${field.name}`, field);
          for (const argument of field.args) note(`${type.name}.${field.name}(${argument.name})`, argument);
        }
      }
    }
    expect(bare).toEqual([]);
  });
});
