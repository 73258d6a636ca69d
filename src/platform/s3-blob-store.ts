import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { DomainError, isDomainError } from '../kernel/errors.ts';
import type { BlobStore, StoredBlob } from './blob-store.ts';
import { type GaugedBytes, gaugedBytes } from './gauged-bytes.ts';
import { clearIncoming, incomingFolder, withIncoming } from './incoming-folder.ts';

/** Where blobs lie in an object store. Credentials come by the client's own chain (AWS_ACCESS_KEY_ID, …). */
export interface ObjectStorePlace {
  readonly bucket: string;
  /** Without slashes at its ends; empty for the bucket's root. */
  readonly prefix: string;
  /** Null for AWS itself. */
  readonly endpoint: string | null;
  /** Null leaves it to the client's own configuration. */
  readonly region: string | null;
  /** Whether clients are sent to the store by signed addresses. */
  readonly redirect: boolean;
}

/** How long a signed address may be begun with. */
const ADDRESS_SECONDS = 300;

/** From what age on an upload that is not completed is taken for left behind: one day. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1000;

/** Two parts are held at a time; they are larger where 1 000 of them, what OpenStack Swift takes, would not do. */
const PART_BYTES = { least: 8 * 2 ** 20, most: 64 * 2 ** 20 };
const PARTS_AT_ONCE = 2;
const MOST_PARTS = 1_000;

const TIMES = { connectionTimeout: 5_000, socketTimeout: 120_000 };
const SOCKETS = { keepAlive: true, maxSockets: 256 };

/**
 * Blobs in a store of the S3 protocol: `PREFIX/sha256/ab/cdef…`. An object appears when its upload is completed, and an
 * upload is completed only after its bytes were found true to the digest that names it (decision 0016). The store checks
 * each part by the SHA-256 that its request is signed with. `folder` holds bytes that are on their way.
 */
export async function s3BlobStore(
  place: ObjectStorePlace,
  folder: string,
  now: () => number = Date.now,
): Promise<BlobStore> {
  const incoming = await incomingFolder(folder);
  const client = new S3Client({
    ...(place.endpoint === null ? {} : { endpoint: place.endpoint, forcePathStyle: true }),
    ...(place.region === null ? {} : { region: place.region }),
    requestHandler: { ...TIMES, httpAgent: SOCKETS, httpsAgent: SOCKETS },
  });
  const Bucket = place.bucket;
  const root = place.prefix === '' ? 'sha256/' : `${place.prefix}/sha256/`;
  const nameOf = (digest: string) => ({ Bucket, Key: `${root}${digest.slice(0, 2)}/${digest.slice(2)}` });

  async function stat(digest: string): Promise<{ size: number } | null> {
    try {
      const { ContentLength } = await client.send(new HeadObjectCommand(nameOf(digest)));
      return { size: ContentLength! };
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw unavailable(error, place);
    }
  }

  async function put(
    source: AsyncIterable<Uint8Array>,
    { expected, maxBytes }: { expected?: string; maxBytes?: number },
  ): Promise<StoredBlob> {
    const gauged = gaugedBytes(source, { expected, maxBytes });
    if (expected === undefined)
      return withIncoming(incoming, gauged.bytes, (path) =>
        put(createReadStream(path), { expected: gauged.digest, maxBytes: gauged.size }),
      );
    const created = (await stat(expected)) === null;
    if (created) await upload(expected, gauged, maxBytes);
    else for await (const _ of gauged.bytes);
    return { digest: expected, size: gauged.size, created };
  }

  async function upload(digest: string, gauged: GaugedBytes, maxBytes = 0): Promise<void> {
    const body = Readable.from(gauged.bytes, { objectMode: false });
    const params = { ...nameOf(digest), Body: body, ContentType: 'application/octet-stream' };
    const { least, most } = PART_BYTES;
    const partSize = Math.min(most, Math.max(least, Math.ceil(maxBytes / MOST_PARTS)));
    try {
      await new Upload({ client, params, partSize, queueSize: PARTS_AT_ONCE }).done();
    } catch (error) {
      throw gauged.fault ?? unavailable(error, place);
    } finally {
      body.destroy();
    }
  }

  async function* bytesOf(digest: string, range?: { start: number; end: number }) {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const { Body, ContentLength } = await client
      .send(new GetObjectCommand({ ...nameOf(digest), Range }))
      .catch((error: unknown) => {
        throw unavailable(error, place);
      });
    let left = range ? range.end - range.start + 1 : ContentLength!;
    for await (const chunk of Body as Readable) {
      left -= chunk.length;
      yield chunk;
    }
    if (left !== 0)
      throw new Error(`${root}…${digest}: the object store sent ${-left} bytes more than it said.`);
  }

  const read: BlobStore['read'] = (digest, range) =>
    Readable.from(bytesOf(digest, range), { objectMode: false, highWaterMark: 256 * 1024 });

  async function* list(): AsyncGenerator<{ digest: string; size: number }> {
    let ContinuationToken: string | undefined;
    do {
      const page = await client
        .send(new ListObjectsV2Command({ Bucket, Prefix: root, ContinuationToken }))
        .catch((error: unknown) => {
          throw unavailable(error, place);
        });
      for (const { Key, Size } of page.Contents ?? []) {
        const digest = Key!.slice(root.length).replace('/', '');
        if (/^[0-9a-f]{64}$/.test(digest)) yield { digest, size: Size! };
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  /** Uploads that a stopped server never completed: invisible, but they take room. */
  async function abortLeftBehind(): Promise<void> {
    let markers: { KeyMarker?: string; UploadIdMarker?: string } = {};
    for (;;) {
      const page = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: root, ...markers }));
      for (const { Key, UploadId, Initiated } of page.Uploads ?? [])
        if (Initiated!.getTime() <= now() - LEFT_BEHIND_MS)
          await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      if (!page.IsTruncated) return;
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
  }

  /** Whatever a server will do is done once at its start, so that a wrong key or bucket is found then. */
  async function tryAll(): Promise<void> {
    try {
      await abortLeftBehind();
      await stat('0'.repeat(64));
      await put(Readable.from([]), {});
    } catch (error) {
      client.destroy();
      throw new DomainError(
        'BAD_CONFIGURATION',
        `HOLOTYPE_BLOBS: ${complaint(error, place)} Check the bucket, HOLOTYPE_S3_ENDPOINT, AWS_REGION and the credentials.`,
      );
    }
  }

  await tryAll();
  return {
    put,
    stat,
    list,
    read,
    async local(digest, use) {
      const lent = await mkdtemp(join(incoming, 'lent-'));
      try {
        const path = join(lent, digest.slice(2));
        await pipeline(read(digest), createWriteStream(path, { mode: 0o600 }));
        return await use(path);
      } finally {
        await rm(lent, { recursive: true, force: true });
      }
    },
    async signedAddress(digest, mediaType) {
      if (!place.redirect) return null;
      const asked = {
        ResponseContentType: mediaType,
        ResponseCacheControl: 'private, max-age=31536000, immutable',
      };
      const command = new GetObjectCommand({ ...nameOf(digest), ...asked });
      return getSignedUrl(client, command, { expiresIn: ADDRESS_SECONDS });
    },
    async destroy(digest) {
      await client.send(new DeleteObjectCommand(nameOf(digest))).catch((error: unknown) => {
        if (statusOf(error) !== 404) throw unavailable(error, place);
      });
    },
    async clearLeftBehind() {
      await clearIncoming(incoming);
      await abortLeftBehind().catch((error: unknown) => {
        throw unavailable(error, place);
      });
    },
    close: async () => client.destroy(),
  };
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** No answer, 429 and 5xx may pass; anything else is a defect or a setting that was changed. */
function unavailable(error: unknown, place: ObjectStorePlace): unknown {
  const status = statusOf(error);
  if (isDomainError(error) || (status !== undefined && status < 500 && status !== 429)) return error;
  return new DomainError('UNAVAILABLE', complaint(error, place));
}

function complaint(error: unknown, place: ObjectStorePlace): string {
  if (isDomainError(error)) return error.message;
  const { name, code, message } = error as { name: string; code?: string; message: string };
  const reasons = [code ?? name, statusOf(error), message].filter(Boolean).join(', ');
  return `${whereIs(place)} did not answer as it should (${reasons}).`;
}

function whereIs({ bucket, prefix, endpoint }: ObjectStorePlace): string {
  const name = prefix === '' ? `s3://${bucket}` : `s3://${bucket}/${prefix}`;
  return endpoint === null ? name : `${name} at ${endpoint}`;
}
