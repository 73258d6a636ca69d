import type { RenderingRequest } from './rendering-request.ts';

/** Where a file of a rendering is fetched, below the server's own address. */
export function renderingAddress({ snapshot, view, options }: RenderingRequest, path: string): string {
  const query = new URLSearchParams();
  for (const name of ['consensus', 'annotator'] as const)
    if (options[name] !== null) query.set(name, options[name]);
  const asked = query.size > 0 ? `?${query}` : '';
  return `${viewAddress(snapshot, view)}/${path}${asked}`;
}

/** Below what the forms of a view lie: once images were withdrawn another address, so that none ever changes its content. */
export function viewAddress(snapshot: string, view: number): string {
  return `/snapshots/${snapshot}${view === 0 ? '' : `/w${view}`}`;
}

/** The view that a path below a snapshot's address is of, and the path in it. */
export function viewOfPath(path: string): { readonly view: number; readonly path: string } {
  const [, view, rest] = /^w([1-9][0-9]{0,8})\/(.+)$/s.exec(path) ?? [];
  return view === undefined ? { view: 0, path } : { view: Number(view), path: rest! };
}
