import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256Hex } from '../../src/kernel/sha256.ts';
import type { BuiltSnapshot } from './snapshot-fixture.ts';

/** How the server misbehaves, and what it was asked. */
export interface SnapshotServer {
  readonly url: string;
  readonly requests: {
    readonly path: string;
    readonly range: string | undefined;
    readonly token: string | undefined;
  }[];
  /** Bytes after which every answer's connection is cut. */
  cutAfter: number | null;
  /** Answers 503 to so many requests to come. */
  failures: number;
  /** A file or blob, by the end of its path, of which one byte is flipped. */
  flip: string | null;
  /** Answers with this status for paths of this end. */
  refuse: { readonly path: string; readonly status: number } | null;
  /** Leaves validators out, so that nothing can be gone on with. */
  withoutEtag: boolean;
  /** Served in place of what is asked for. */
  snapshot: BuiltSnapshot;
  tags: Record<string, string>;
  close(): Promise<void>;
}

/** A small server of one snapshot over real connections, with ranges. */
export async function serveSnapshot(snapshot: BuiltSnapshot): Promise<SnapshotServer> {
  const server: Server = createServer((request, response) => answer(state, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const state: SnapshotServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    ...{ cutAfter: null, failures: 0, flip: null, refuse: null, withoutEtag: false },
    ...{ snapshot, tags: {} },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return state;
}

function answer(state: SnapshotServer, request: IncomingMessage, response: ServerResponse): void {
  const path = decodeURIComponent(request.url!);
  const { range, authorization } = request.headers;
  state.requests.push({ path, range, token: authorization?.replace('Bearer ', '') });
  if (state.failures > 0) {
    state.failures--;
    response.writeHead(503).end();
  } else if (state.refuse && path.endsWith(state.refuse.path)) {
    response.writeHead(state.refuse.status).end();
  } else {
    const bytes = bytesOf(state, path);
    if (bytes) send(state, request, response, bytes);
    else response.writeHead(404).end();
  }
}

function bytesOf(state: SnapshotServer, path: string): Buffer | null {
  const { files, blobs } = state.snapshot;
  const tag = /^\/datasets\/[^/]+\/tags\/(.+)$/.exec(path)?.[1];
  if (tag) return state.tags[tag] ? Buffer.from(JSON.stringify({ digest: state.tags[tag] })) : null;
  const blob = /^\/blobs\/sha256\/(.+)$/.exec(path)?.[1];
  const [, name] = /^\/snapshots\/sha256:[0-9a-f]{64}(?:\/(.+))?$/.exec(path) ?? [];
  const found = blob ? blobs.get(blob) : files.get(name ?? 'snapshot.json');
  if (!found || !state.flip || !path.endsWith(state.flip)) return found ?? null;
  const flipped = Buffer.from(found);
  flipped[Math.floor(flipped.length / 2)]! ^= 1;
  return flipped;
}

function send(
  state: SnapshotServer,
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
): void {
  const etag = `"${sha256Hex(bytes)}"`;
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const start = asked && request.headers['if-range'] === etag ? Number(asked) : 0;
  if (start > 0 && start >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    return;
  }
  const body = bytes.subarray(start);
  const headers: Record<string, string | number> = { 'content-length': body.length };
  if (!state.withoutEtag) headers.etag = etag;
  if (start > 0) headers['content-range'] = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(start > 0 ? 206 : 200, headers);
  if (state.cutAfter === null || body.length <= state.cutAfter) response.end(body);
  else response.write(body.subarray(0, state.cutAfter), () => request.socket.end());
}
