import { stem } from './stem.ts';

/** The names that share each stem; more than one where only the extension tells images apart. */
export function namesByStem(names: Iterable<string>): Map<string, string[]> {
  const byStem = new Map<string, string[]>();
  for (const name of new Set(names)) {
    const found = byStem.get(stem(name));
    if (found === undefined) byStem.set(stem(name), [name]);
    else found.push(name);
  }
  return byStem;
}
