/** The limits that a bin's name says (`quantileBins`): from the first, below the second; null: open, or no bin's name. */
export function binRange(name: string): { from: number | null; below: number | null } | null {
  const [first, second] = name.split(' to < ');
  const from = second === undefined ? limitAfter('≥ ', name) : Number(first);
  const below = second === undefined ? limitAfter('< ', name) : Number(second);
  return from === null && below === null ? null : { from, below };
}

function limitAfter(sign: string, name: string): number | null {
  return name.startsWith(sign) ? Number(name.slice(sign.length)) : null;
}
