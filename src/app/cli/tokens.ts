import { readPrincipal } from '../client/people.ts';
import {
  type IssuedToken,
  issueToken,
  listOwnTokens,
  revokeToken,
  rotateToken,
  type ToldToken,
} from '../client/tokens.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson, printTable } from './print.ts';

/** Lists one's own tokens in force, or a principal's. */
export async function list(options: AccessOptions & { principal?: string }): Promise<void> {
  const access = await accessOf(options);
  const { principal } = options;
  const tokens =
    principal === undefined ? await listOwnTokens(access) : (await readPrincipal(access, principal)).tokens;
  if (options.json) printJson(tokens);
  else printTokens(tokens);
}

interface IssueOptions extends AccessOptions {
  readonly label: string;
  readonly principal?: string;
  readonly scopes: readonly string[];
  readonly dataset?: readonly string[];
  readonly until?: string;
}

export async function issue(options: IssueOptions): Promise<void> {
  const { label, scopes } = options;
  const issued = await issueToken(await accessOf(options), {
    label,
    scopes,
    principal: options.principal ?? null,
    datasets: options.dataset ?? null,
    expiresAt: options.until ?? null,
  });
  hand(options, issued);
}

export async function rotate(id: string, options: AccessOptions & { grace: number }): Promise<void> {
  hand(options, await rotateToken(await accessOf(options), { id, graceMinutes: options.grace }));
}

export async function revoke(id: string, options: AccessOptions): Promise<void> {
  await revokeToken(await accessOf(options), id);
  if (options.json) printJson({ id });
  else print(`${id} is ended.`);
}

/** The secret alone goes to standard output, so that it can be led into a file and seen by nobody. */
function hand({ json }: AccessOptions, issued: IssuedToken): void {
  if (json) {
    printJson(issued);
    return;
  }
  const { id, expiresAt } = issued.accessToken;
  process.stderr.write(
    `token ${id}, ${expiresAt === null ? 'without an end' : `until ${expiresAt}`}; shown this once:\n`,
  );
  print(issued.token);
}

export function printTokens(tokens: readonly ToldToken[]): void {
  const rows = tokens.map(({ id, label, scopes, datasets, expiresAt, lastUsedAt }) => [
    id,
    label,
    scopes.join(', ').toLowerCase(),
    datasets?.join(', ') ?? 'all',
    expiresAt ?? 'never',
    lastUsedAt ?? 'never',
  ]);
  printTable(['token', 'label', 'scopes', 'datasets', 'ends', 'last used'], rows);
}
