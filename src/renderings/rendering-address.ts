import type { RenderingRequest } from './rendering-request.ts';

/** Where a file of a rendering is fetched, below the server's own address. */
export function renderingAddress({ snapshot, options }: RenderingRequest, path: string): string {
  const query = new URLSearchParams();
  for (const name of ['consensus', 'annotator'] as const)
    if (options[name] !== null) query.set(name, options[name]);
  const asked = query.size > 0 ? `?${query}` : '';
  return `/snapshots/${snapshot}/${path}${asked}`;
}
