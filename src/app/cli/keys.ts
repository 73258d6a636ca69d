import { fetchKeys } from '../client/fetch-attestations.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

/** Prints the keys by which the server has signed; the newest last. */
export async function keys(options: AccessOptions): Promise<void> {
  const published = await fetchKeys(await accessOf(options));
  if (options.json) return printJson(published);
  for (const { keyId, publicKey, since, until } of published) {
    print(`# ${keyId}, since ${since}${until === null ? '' : `, until ${until}`}`);
    print(publicKey.trimEnd());
  }
}
