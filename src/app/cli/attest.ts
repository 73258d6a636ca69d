import { fetchAttestations } from '../client/fetch-attestations.ts';
import { resolveReference } from '../client/resolve-reference.ts';
import { type AccessOptions, accessOf } from './access.ts';

/** Prints the envelopes about a snapshot, one a line, as they lie in a pulled folder. */
export async function attest(reference: string, options: AccessOptions): Promise<void> {
  const access = await accessOf(options);
  process.stdout.write(await fetchAttestations(access, await resolveReference(access, reference)));
}
