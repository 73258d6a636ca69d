/** The base name of a path without its extension: `a/b.c.png` → `b.c`. */
export function stem(path: string): string {
  const base = path.slice(path.replaceAll('\\', '/').lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(0, dot) : base;
}
