import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { addImages, digestOf, newDataset, noiseImage } from '../support/specimens.ts';

const MOST = 50_000;

describe('bytes under their digest', () => {
  let house: House;
  const put = async (digest: string, bytes: Uint8Array) => {
    const response = await house.fetch(`/blobs/sha256/${digest}`, {
      method: 'PUT',
      body: new Uint8Array(bytes),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  /** Every file of the blob store, those on their way in too. */
  const files = async () =>
    (await readdir(join(house.folder, 'blobs'), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => join(parentPath, name));

  beforeAll(async () => {
    house = await openHouse({ HOLOTYPE_MAX_BLOB_BYTES: String(MOST) });
  });
  afterAll(() => house?.stop());

  it('are taken once, and taken again without a change', async () => {
    const bytes = Buffer.from('some bytes');
    const digest = digestOf(bytes);
    expect(await put(digest, bytes)).toEqual({
      status: 201,
      body: { digest, size: bytes.length, created: true },
    });
    expect(await put(digest, bytes)).toEqual({
      status: 200,
      body: { digest, size: bytes.length, created: false },
    });
    expect((await files()).filter((path) => path.endsWith(digest.slice(2)))).toHaveLength(1);
  });

  it('may be none: the empty file has a digest as well', async () => {
    // The server keeps it itself, to see whether its store answers.
    const { status, body } = await put(digestOf(Buffer.of()), Buffer.of());
    expect([status, body.size]).toEqual([200, 0]);
  });

  it('are refused under another digest, and leave nothing', async () => {
    const before = await files();
    const { status, body } = await put('0'.repeat(64), Buffer.from('other bytes'));
    expect([status, body.code]).toEqual([422, 'DIGEST_MISMATCH']);
    expect(body.detail).toContain(digestOf(Buffer.from('other bytes')));
    expect(await files()).toEqual(before);
  });

  it('are refused where there are too many of them, and leave nothing', async () => {
    const before = await files();
    const bytes = Buffer.alloc(MOST + 1, 7);
    const { status, body } = await put(digestOf(bytes), bytes);
    expect([status, body.code]).toEqual([413, 'BLOB_TOO_LARGE']);
    expect(await files()).toEqual(before);
    const most = Buffer.alloc(MOST, 7);
    expect((await put(digestOf(most), most)).status).toBe(201);
  });

  it('are refused under what is no digest', async () => {
    for (const name of ['abc', 'A'.repeat(64), `${'0'.repeat(63)}g`]) {
      const { status, body } = await put(name, Buffer.of(1));
      expect([name, status, body.code]).toEqual([name, 400, 'BAD_INPUT']);
    }
  });

  it('arrive whole when several send the same at once', async () => {
    const bytes = await noiseImage(5, { width: 90, height: 90 });
    const sent = await Promise.all(Array.from({ length: 8 }, () => put(digestOf(bytes), bytes)));
    for (const { status } of sent) expect([200, 201]).toContain(status);
    await newDataset(house, 'plants');
    await addImages(house, 'plants', { 'a.png': bytes });
    const back = await house.fetch(`/blobs/sha256/${digestOf(bytes)}`);
    expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('come back byte for byte, under their media type, which no browser may guess anew', async () => {
    const bytes = await noiseImage(6);
    await addImages(house, 'plants', { 'b.png': bytes });
    const response = await house.fetch(`/blobs/sha256/${digestOf(bytes)}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('that no image names are not given to anybody', async () => {
    const bytes = Buffer.from('an orphan');
    await put(digestOf(bytes), bytes);
    expect((await house.fetch(`/blobs/sha256/${digestOf(bytes)}`)).status).toBe(404);
  });
});
