import type { Answer, House } from './house.ts';

/** One mutation with its input; `selection` reads the success, a refusal comes with its code and reasons. */
export async function mutate(
  house: House,
  name: string,
  input: object,
  selection = '',
  token?: string | null,
): Promise<Answer> {
  const type = name.endsWith('Role') ? 'RoleInput' : `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data = await house.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) {
       __typename ${selection} ... on Problem { code message reasons { path code message } } } }`,
    { input },
    token,
  );
  return data[name];
}

/** A mutation that must not be refused. */
export async function succeed(house: House, name: string, input: object, selection = ''): Promise<Answer> {
  const result = await mutate(house, name, input, selection);
  if (result.__typename.endsWith('Problem')) throw new Error(`${name}: ${result.code} ${result.message}`);
  return result;
}
