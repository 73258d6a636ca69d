import { DomainError } from '../../kernel/errors.ts';
import { getBytes, type ServerAccess } from './http.ts';

/** Where the envelopes lie in a pulled folder, one a line. */
export const ATTESTATIONS_FILE = 'attestations.jsonl';

const LARGEST_ANSWER = 16 << 20;

/** The signed statements about a snapshot as JSON Lines, one envelope a line. Nothing of them is believed here. */
export async function fetchAttestations(access: ServerAccess, digest: string): Promise<string> {
  const path = `/snapshots/${digest}/attestations`;
  const answer: unknown = await fetchJson(access, path);
  if (!Array.isArray(answer))
    throw new DomainError('MALFORMED_FILE', `${path}: the server's answer is no list of envelopes.`);
  return answer.map((envelope) => `${JSON.stringify(envelope)}\n`).join('');
}

export interface PublishedKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly since: string;
  readonly until: string | null;
}

/** The keys by which the server has signed. */
export async function fetchKeys(access: ServerAccess): Promise<PublishedKey[]> {
  return (await fetchJson(access, '/keys')) as PublishedKey[];
}

async function fetchJson(access: ServerAccess, path: string): Promise<unknown> {
  try {
    return JSON.parse((await getBytes(access, path, LARGEST_ANSWER)).toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DomainError('MALFORMED_FILE', `${path}: the server's answer is no JSON.`);
  }
}
