import { DomainError } from '../kernel/errors.ts';

/** Images of a snapshot by their places in the manifest, first and last, both in it. */
export interface BundleRange {
  readonly first: number;
  readonly last: number;
}

/** So many images are asked for at once at most. */
export const MOST_BUNDLED = 4096;

/** Below the snapshot's address: `images/0-1023.tar`. */
export function bundlePath({ first, last }: BundleRange): string {
  return `images/${first}-${last}.tar`;
}

export function isBundleName(name: string): boolean {
  return /^\d{1,15}-\d{1,15}\.tar$/.test(name);
}

export function bundleRange(name: string): BundleRange {
  const [first, last] = name.slice(0, -'.tar'.length).split('-').map(Number) as [number, number];
  if (last < first || last - first >= MOST_BUNDLED)
    throw new DomainError(
      'BAD_INPUT',
      `${name}: name the first and the last of at most ${MOST_BUNDLED} images.`,
    );
  return { first, last };
}
