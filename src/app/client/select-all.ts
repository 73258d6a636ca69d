import { ask } from './graphql.ts';
import type { ServerAccess } from './http.ts';

interface TypeReference {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType: TypeReference | null;
}

interface SchemaType {
  readonly kind: string;
  readonly name: string;
  readonly fields:
    | readonly {
        readonly name: string;
        readonly type: TypeReference;
        readonly args: readonly { readonly name: string; readonly type: { readonly kind: string } }[];
      }[]
    | null;
}

export interface ServerSchema {
  /** Names of the fields of a type. */
  fieldsOf(type: string): string[];
  /** `{ … }`: everything that a field holds, all the way down. */
  selectAll(type: string, field: string): string;
}

const REFERENCE = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';

/** Asks a server what it offers, so that a client can take a typed tree whole, whatever is added to it. */
export async function readSchema(access: ServerAccess): Promise<ServerSchema> {
  const { __schema: schema } = await ask<{ __schema: { types: SchemaType[] } }>(
    access,
    `{ __schema { types { kind name fields { name args { name type { kind } } type { ${REFERENCE} } } } } }`,
  );
  const types = new Map(schema.types.map((type) => [type.name, type]));
  return {
    fieldsOf: (type) => (types.get(type)?.fields ?? []).map(({ name }) => name),
    selectAll(type, field) {
      const held = types.get(type)?.fields?.find(({ name }) => name === field);
      return selectionOf(types, named(held!.type), [type]);
    },
  };
}

/** What asks for an argument, or leads back to where it came from, is left out. Fragments would count as depth. */
function selectionOf(types: ReadonlyMap<string, SchemaType>, name: string, above: readonly string[]): string {
  const selections: string[] = [];
  for (const field of types.get(name)?.fields ?? []) {
    const target = types.get(named(field.type));
    if (field.args.some(({ type }) => type.kind === 'NON_NULL')) continue;
    if (target?.kind === 'SCALAR' || target?.kind === 'ENUM') selections.push(field.name);
    else if (target?.kind === 'OBJECT' && target.name !== name && !above.includes(target.name))
      selections.push(`${field.name} ${selectionOf(types, target.name, [...above, name])}`);
  }
  return `{ ${selections.join(' ')} }`;
}

function named(type: TypeReference): string {
  return type.ofType ? named(type.ofType) : type.name!;
}
