import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { DomainError, ERROR_CODES, type ErrorCode } from '../../kernel/errors.ts';
import { persistently, send } from './graphql.ts';
import type { ServerAccess } from './http.ts';

/** Streams a file to its digest's address; again where the connection is cut. Throws what the server refuses. */
export async function uploadBlob(access: ServerAccess, path: string, sha256: string): Promise<void> {
  await persistently(access, async () => {
    const file = createReadStream(path, { highWaterMark: 256 * 1024 });
    const init: RequestInit & { duplex: 'half' } = {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: Readable.toWeb(file) as ReadableStream,
      duplex: 'half',
    };
    const response = await send(access, `/blobs/sha256/${sha256}`, init).finally(() => file.destroy());
    const answer = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
    if (response.ok) return;
    const code = answer.code && answer.code in ERROR_CODES ? (answer.code as ErrorCode) : 'BAD_INPUT';
    throw new DomainError(code, answer.detail ?? `The upload was answered with ${response.status}.`);
  });
}
