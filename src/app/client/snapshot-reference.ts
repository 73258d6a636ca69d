import { DomainError } from '../../kernel/errors.ts';

export type SnapshotReference = { readonly digest: string } | { readonly slug: string; readonly tag: string };

/** Reads `sha256:HEX`, `SLUG@sha256:HEX` or `SLUG@TAG`; the first two are pins, the third a name to resolve. */
export function snapshotReference(text: string): SnapshotReference {
  const at = text.indexOf('@');
  const slug = at < 0 ? null : text.slice(0, at);
  const name = text.slice(at + 1);
  if (/^sha256:[0-9a-f]{64}$/.test(name) && slug !== '') return { digest: name };
  if (slug && name && !name.startsWith('sha256:')) return { slug, tag: name };
  throw new DomainError(
    'BAD_INPUT',
    `${text} names no snapshot: give sha256:<64 lower-case hex>, SLUG@TAG or SLUG@sha256:<hex>.`,
  );
}
