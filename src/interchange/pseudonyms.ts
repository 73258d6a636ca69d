/** Who stands behind a pseudonym; known to whoever imports, never to the server. */
export interface KnownIdentity {
  readonly identity: string;
  readonly pseudonym: string;
}

export interface Pseudonyms {
  /** What each identity is called; whoever is not personal keeps the name. */
  readonly of: (identity: string) => string;
  /** Those given now, in the order they came. */
  readonly added: readonly KnownIdentity[];
}

const ADDRESS = /[^\s@]+@[^\s@]+/;
const GIVEN = /^rater-([1-9][0-9]{0,8})$/;

/**
 * Whether a name tells who somebody is: an e-mail address, or two words or more that begin with a capital, without a
 * digit. `annotator 3`, `Person1_Amira`, `mturk_4`, `expert` are no persons' names.
 */
export function isPersonalIdentity(identity: string): boolean {
  if (ADDRESS.test(identity)) return true;
  if (/\p{Nd}/u.test(identity)) return false;
  const words = identity.split(/[\s,;]+/u).filter((word) => /^\p{Lu}/u.test(word));
  return words.length >= 2;
}

/**
 * Replaces personal identities by `rater-1`, `rater-2`, …: by what is known where it is, else by the next number that
 * neither is known nor `taken` (a name already in the dataset, which may be somebody else). The same in the same order
 * gives the same. Letter case and spaces around an identity do not make another person.
 */
export function pseudonymize(
  identities: Iterable<string>,
  known: readonly KnownIdentity[],
  taken: Iterable<string> = [],
): Pseudonyms {
  const names = new Map(known.map(({ identity, pseudonym }) => [key(identity), pseudonym]));
  let last = 0;
  for (const name of [...names.values(), ...taken]) last = Math.max(last, Number(GIVEN.exec(name)?.[1] ?? 0));
  const added: KnownIdentity[] = [];
  for (const identity of identities) {
    if (names.has(key(identity)) || !isPersonalIdentity(identity)) continue;
    const pseudonym = `rater-${++last}`;
    names.set(key(identity), pseudonym);
    added.push({ identity: identity.trim(), pseudonym });
  }
  return { of: (identity) => names.get(key(identity)) ?? identity, added };
}

function key(identity: string): string {
  return identity.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
}
