import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BlobStore } from '../../src/platform/blob-store.ts';
import { folderBlobStore } from '../../src/platform/folder-blob-store.ts';
import { s3BlobStore } from '../../src/platform/s3-blob-store.ts';
import {
  describeOnObjectStore,
  newBucket,
  type StoreProxy,
  storeProxy,
  type TestBucket,
} from '../support/object-store.ts';
import { digestOf } from '../support/specimens.ts';

/** An odd size that needs several parts of an upload. */
const LARGE = 20 * 2 ** 20 + 7;

interface OpenStore {
  readonly store: BlobStore;
  /** Whatever there is of blobs, under a digest or on its way. */
  all(): Promise<string[]>;
  close(): Promise<void>;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name, parentPath }) => join(parentPath, name));
}

async function inFolder(): Promise<OpenStore> {
  const folder = await mkdtemp(join(tmpdir(), 'holotype-blobs-'));
  const close = () => rm(folder, { recursive: true, force: true });
  return { store: await folderBlobStore(folder), all: () => filesOf(folder), close };
}

async function inObjectStore(): Promise<OpenStore> {
  const bucket = await newBucket();
  const folder = await mkdtemp(join(tmpdir(), 'holotype-incoming-'));
  const store = await s3BlobStore(bucket.place, folder);
  return {
    store,
    all: async () => [...(await filesOf(folder)), ...(await bucket.keys()), ...(await bucket.uploads())],
    async close() {
      await store.close();
      await bucket.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** In pieces, as a connection delivers them; `cutAfter` bytes the connection breaks. */
async function* inPieces(bytes: Uint8Array, cutAfter = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  const piece = 300_001;
  for (let start = 0; start < bytes.length; start += piece) {
    if (start >= cutAfter) throw new Error('the connection was cut');
    yield bytes.subarray(start, start + piece);
  }
}

function keepsItsLaw(open: () => Promise<OpenStore>): void {
  let opened: OpenStore;
  let store: BlobStore;
  let before: string[];
  const large = randomBytes(LARGE);
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(async () => {
    before = await opened.all();
  });
  afterAll(() => opened?.close());
  const put = (bytes: Uint8Array, options: Parameters<BlobStore['put']>[1] = {}) =>
    store.put(inPieces(bytes), options);
  const get = (digest: string, range?: { start: number; end: number }) => buffer(store.read(digest, range));
  const byDigest = (one: { digest: string }, other: { digest: string }) =>
    one.digest < other.digest ? -1 : 1;
  const listed = async () => {
    const found = [];
    for await (const blob of store.list()) found.push(blob);
    return found.sort(byDigest);
  };
  const expectNothingNew = async () => expect(await opened.all()).toEqual(before);

  it('gives back byte for byte what it took, whole and by any range', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 2_000 }),
        fc.boolean(),
        fc.nat(),
        fc.nat(),
        async (bytes, isKnown, first, last) => {
          const digest = digestOf(bytes);
          const stored = await put(bytes, isKnown ? { expected: digest } : {});
          expect(stored).toMatchObject({ digest, size: bytes.length });
          expect(await store.stat(digest)).toEqual({ size: bytes.length });
          expect((await get(digest)).equals(bytes)).toBe(true);
          const [start, end] = [first % bytes.length, last % bytes.length].sort((a, b) => a - b) as [
            number,
            number,
          ];
          expect((await get(digest, { start, end })).equals(bytes.subarray(start, end + 1))).toBe(true);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('takes bytes once, and says of the second time that they were there', async () => {
    const bytes = randomBytes(99);
    const taken = { digest: digestOf(bytes), size: 99 };
    expect(await put(bytes, { expected: taken.digest })).toEqual({ ...taken, created: true });
    const once = await opened.all();
    expect(await put(bytes, { expected: taken.digest })).toEqual({ ...taken, created: false });
    expect(await put(bytes)).toEqual({ ...taken, created: false });
    expect(await opened.all()).toEqual(once);
  });

  it('takes the empty blob', async () => {
    const digest = digestOf(Buffer.of());
    expect(await put(Buffer.of(), { expected: digest })).toMatchObject({ digest, size: 0 });
    expect(await store.stat(digest)).toEqual({ size: 0 });
    expect(await get(digest)).toHaveLength(0);
  });

  it.each([
    ['known', true],
    ['unknown', false],
  ])('takes a blob of many parts, its digest %s before', async (_, isKnown) => {
    const bytes = isKnown ? large : randomBytes(LARGE);
    const digest = digestOf(bytes);
    expect(await put(bytes, isKnown ? { expected: digest } : {})).toEqual({
      digest,
      size: LARGE,
      created: true,
    });
    expect((await get(digest)).equals(bytes)).toBe(true);
    const seam = 8 * 2 ** 20;
    expect(
      (await get(digest, { start: seam - 5, end: seam + 5 })).equals(bytes.subarray(seam - 5, seam + 6)),
    ).toBe(true);
    expect(await opened.all()).toHaveLength(before.length + 1);
  });

  it.each([
    ['small', 1_000],
    ['of many parts', LARGE],
  ])('refuses a blob %s that is not what it is called, and keeps nothing', async (_, size) => {
    const bytes = randomBytes(size);
    await expect(put(bytes, { expected: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
      message: expect.stringContaining(digestOf(bytes)),
    });
    await expectNothingNew();
  });

  it.each([
    ['small', 1_000],
    ['of many parts', LARGE],
  ])('refuses a blob %s that is too large, and keeps nothing', async (_, size) => {
    const bytes = randomBytes(size);
    for (const options of [{}, { expected: digestOf(bytes) }])
      await expect(put(bytes, { ...options, maxBytes: size - 1 })).rejects.toMatchObject({
        code: 'BLOB_TOO_LARGE',
      });
    await expectNothingNew();
    expect(await put(bytes, { maxBytes: size })).toMatchObject({ created: true });
  });

  it.each([
    ['early', 1_000],
    ['late', LARGE - 400_000],
  ])('keeps nothing of a blob whose sender breaks off %s', async (_, cutAfter) => {
    const bytes = randomBytes(LARGE);
    for (const options of [{}, { expected: digestOf(bytes) }])
      await expect(store.put(inPieces(bytes, cutAfter), options)).rejects.toThrow('the connection was cut');
    await expectNothingNew();
  });

  it('refuses other bytes under a digest that it holds, and still holds the right ones', async () => {
    const bytes = randomBytes(500);
    const { digest } = await put(bytes);
    await expect(put(randomBytes(500), { expected: digest })).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
    });
    expect((await get(digest)).equals(bytes)).toBe(true);
  });

  it('holds one whole blob when several bring it at once', async () => {
    const bytes = randomBytes(LARGE);
    const digest = digestOf(bytes);
    await Promise.all(
      [{}, { expected: digest }, {}, { expected: digest }].map((options) => put(bytes, options)),
    );
    expect((await get(digest)).equals(bytes)).toBe(true);
    expect(await opened.all()).toHaveLength(before.length + 1);
  });

  it('lists every blob that it holds, once, and nothing that is on its way', async () => {
    const held = await listed();
    const bytes = [1, 2, 3].map((length) => randomBytes(length * 1_000));
    for (const each of bytes) await put(each);
    await expect(put(randomBytes(500), { expected: digestOf(randomBytes(8)) })).rejects.toThrow();
    const added = bytes.map((each) => ({ digest: digestOf(each), size: each.length }));
    expect(await listed()).toEqual([...held, ...added].sort(byDigest));
  });

  it('destroys a blob and no other, and one that is not there as well', async () => {
    const [gone, kept] = [randomBytes(2_000), randomBytes(3_000)];
    for (const each of [gone, kept]) await put(each);
    await store.destroy(digestOf(gone));
    await store.destroy(digestOf(gone));
    expect(await store.stat(digestOf(gone))).toBeNull();
    await expect(get(digestOf(gone))).rejects.toThrow();
    expect(await get(digestOf(kept))).toEqual(kept);
    await put(gone);
    expect(await get(digestOf(gone))).toEqual(gone);
  });

  it('knows what it does not hold', async () => {
    expect(await store.stat('1'.repeat(64))).toBeNull();
    await expect(get('1'.repeat(64))).rejects.toThrow();
  });

  it('lends a local path that ends as the digest does, and takes it back whatever becomes of it', async () => {
    const { digest } = await put(large);
    const standing = await opened.all();
    const lent = await store.local(digest, async (path) => ({
      name: basename(path),
      bytes: await readFile(path),
    }));
    expect(lent.name).toBe(digest.slice(2));
    expect(lent.bytes.equals(large)).toBe(true);
    await expect(store.local(digest, () => Promise.reject(new Error('undecodable')))).rejects.toThrow(
      'undecodable',
    );
    expect(await opened.all()).toEqual(standing);
  });

  it('goes on when a reader leaves early', async () => {
    const { digest } = await put(large);
    for (let count = 0; count < 5; count++) {
      const stream = store.read(digest);
      for await (const _ of stream) break;
      expect(stream.destroyed).toBe(true);
    }
    expect((await get(digest)).equals(large)).toBe(true);
  });
}

describe('blobs in a folder', () => {
  keepsItsLaw(inFolder);

  it('of which a crash left some on their way are swept a day later, and not while another server writes them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holotype-blobs-'));
    await folderBlobStore(folder);
    const [old, young] = [join(folder, 'incoming', 'old'), join(folder, 'incoming', 'young')];
    for (const path of [old, young]) await writeFile(path, 'half');
    const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(old, longAgo, longAgo);
    await folderBlobStore(folder);
    expect(await filesOf(folder)).toEqual([young]);
    await rm(folder, { recursive: true });
  });
});

describeOnObjectStore('blobs in an object store', () => {
  keepsItsLaw(inObjectStore);
});

describeOnObjectStore('an object store', () => {
  let folder: string;
  let proxy: StoreProxy;
  let bucket: TestBucket;
  let store: BlobStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-incoming-'));
    proxy = await storeProxy();
    bucket = await newBucket(proxy.url);
    store = await s3BlobStore(bucket.place, folder);
  });
  afterAll(async () => {
    await store?.close();
    await bucket?.remove();
    await proxy?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const bytes = randomBytes(5_000);
  const digest = digestOf(bytes);

  it('holds blobs under its prefix, where people find them', async () => {
    await store.put(Readable.from([bytes]), {});
    expect(await bucket.keys()).toContain(`some/prefix/sha256/${digest.slice(0, 2)}/${digest.slice(2)}`);
  });

  it('gives bytes to whoever has their signed address, under their media type, for five minutes', async () => {
    await store.put(Readable.from([bytes]), {});
    const address = await store.signedAddress(digest, 'image/png');
    const response = await fetch(address!, { headers: { range: 'bytes=10-19' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([206, 'image/png']);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    expect(new URL(address!).searchParams.get('X-Amz-Expires')).toBe('300');
    const longer = address!.replace('X-Amz-Expires=300', 'X-Amz-Expires=3000');
    expect((await fetch(longer)).status).toBe(403);
    expect((await fetch(address!.replace(/\?.*/, ''))).ok).toBe(false);
  });

  it('signs no address where clients are not to be sent to it', async () => {
    const still = await s3BlobStore({ ...bucket.place, redirect: false }, folder);
    expect(await still.signedAddress(digest, 'image/png')).toBeNull();
    await still.close();
  });

  it('that fails for a moment is asked again', async () => {
    const more = randomBytes(LARGE);
    proxy.failures = 2;
    expect(await store.put(inPieces(more), { expected: digestOf(more) })).toMatchObject({ created: true });
    proxy.failures = 2;
    expect((await buffer(store.read(digestOf(more)))).equals(more)).toBe(true);
  });

  it('refuses bytes that were damaged on their way to it, and shows nothing of them', async () => {
    const before = await bucket.keys();
    proxy.flips = true;
    for (const size of [1_000, LARGE]) {
      const sent = randomBytes(size);
      await expect(store.put(inPieces(sent), { expected: digestOf(sent) })).rejects.toThrow();
    }
    proxy.flips = false;
    expect(await bucket.keys()).toEqual(before);
    expect(await bucket.uploads()).toEqual([]);
  });

  it('that cannot be reached is said to be unavailable', async () => {
    const gone = await storeProxy();
    const other = await s3BlobStore({ ...bucket.place, endpoint: gone.url }, folder);
    await gone.close();
    for (const attempt of [
      () => other.stat(digest),
      () => other.put(inPieces(randomBytes(10)), {}),
      () => buffer(other.read(digest)),
    ])
      await expect(attempt()).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringContaining(gone.url),
      });
    await other.close();
  });

  it('is rid at the start of uploads that a stopped server left behind, and not of those on their way', async () => {
    const Key = `some/prefix/sha256/aa/${'a'.repeat(62)}`;
    await bucket.client.send(new CreateMultipartUploadCommand({ Bucket: bucket.place.bucket, Key }));
    await (await s3BlobStore(bucket.place, folder)).close();
    expect(await bucket.uploads()).toEqual([Key]);
    await (await s3BlobStore(bucket.place, folder, () => Date.now() + 25 * 60 * 60 * 1000)).close();
    expect(await bucket.uploads()).toEqual([]);
  });

  it.each([
    ['bucket', { bucket: 'holotype-no-such-bucket' }],
    ['address', { endpoint: 'http://127.0.0.1:9' }],
  ])('of which the %s is wrong stops the start with a sentence that names the setting', async (_, wrong) => {
    await expect(s3BlobStore({ ...bucket.place, ...wrong }, folder)).rejects.toMatchObject({
      code: 'BAD_CONFIGURATION',
      message: expect.stringMatching(
        /^HOLOTYPE_BLOBS: s3:\/\/.* did not answer as it should \(.+\)\. Check /,
      ),
    });
  });
});
