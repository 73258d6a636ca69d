import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage } from '../support/specimens.ts';

describe('immutable content over HTTP', () => {
  let house: House;
  let hex: string;
  let image: Buffer;
  /** A header, a shard and an image: each address with its bytes. */
  const contents = new Map<string, Buffer>();
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    house.fetch(path, { headers, method });
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    image = await noiseImage(1);
    await addImages(house, 'plants', { 'a.png': image });
    const { digest } = await succeed(
      house,
      'publishSnapshot',
      { dataset: 'plants', tag: 'v1' },
      '... on Snapshot { digest }',
    );
    hex = digest.slice('sha256:'.length);
    for (const path of [
      `/snapshots/${digest}`,
      `/snapshots/${digest}/manifest-00000.jsonl`,
      `/blobs/sha256/${digestOf(image)}`,
    ])
      contents.set(path, await bytesOf(await get(path)));
  });
  afterAll(() => house?.stop());

  it('says what it is: a strong tag, a digest of the whole, whether it may change, and whose it is', async () => {
    for (const [path, bytes] of contents) {
      const { headers } = await get(path);
      const digest = digestOf(bytes);
      expect(headers.get('etag')).toBe(`"sha256-${digest}"`);
      expect(headers.get('repr-digest')).toBe(`sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`);
      // Of a shard a line may give way to a tombstone, so that whoever keeps it asks again.
      const isShard = path.endsWith('.jsonl');
      expect(headers.get('cache-control')).toMatch(isShard ? /^private, no-cache$/ : /private.*immutable/);
      expect(headers.get('accept-ranges')).toBe('bytes');
      expect(headers.get('vary')).toContain('Authorization');
      expect(headers.get('content-length')).toBe(String(bytes.length));
    }
  });

  it('is named by its digest in three forms, and by no other', async () => {
    const [header] = contents.values();
    for (const name of [`sha256:${hex}`, hex, `sha256-${hex}`, `sha256%3A${hex}`])
      expect((await bytesOf(await get(`/snapshots/${name}`))).equals(header!)).toBe(true);
    for (const name of ['v1', hex.toUpperCase(), `md5:${hex}`]) {
      const response = await get(`/snapshots/${name}`);
      expect([name, response.status]).toEqual([name, 400]);
    }
    expect((await get(`/snapshots/${hex.slice(1)}`)).status).toBe(404); // the beginning of no digest
  });

  it('is not sent again to who has it', async () => {
    for (const [path, bytes] of contents) {
      const tag = `"sha256-${digestOf(bytes)}"`;
      for (const have of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const response = await get(path, { 'if-none-match': have });
        expect([path, have, response.status]).toEqual([path, have, 304]);
        expect(response.headers.get('etag')).toBe(tag);
        expect((await bytesOf(response)).length).toBe(0);
      }
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it('is sent in part where one range is asked for', async () => {
    for (const [path, bytes] of contents) {
      const size = bytes.length;
      for (const [range, start, end] of [
        ['bytes=0-0', 0, 0],
        ['bytes=5-', 5, size - 1],
        ['bytes=-7', size - 7, size - 1],
        [`bytes=3-${size * 2}`, 3, size - 1],
        [`bytes=-${size * 2}`, 0, size - 1],
      ] as const) {
        const response = await get(path, { range });
        expect([path, range, response.status]).toEqual([path, range, 206]);
        expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${size}`);
        expect(response.headers.get('content-length')).toBe(String(end - start + 1));
        expect((await bytesOf(response)).equals(bytes.subarray(start, end + 1))).toBe(true);
      }
    }
  });

  it('says that a range lies outside it', async () => {
    for (const [path, { length }] of contents) {
      for (const range of [`bytes=${length}-`, `bytes=${length + 5}-${length + 9}`, 'bytes=-0']) {
        const response = await get(path, { range });
        expect([range, response.status]).toEqual([range, 416]);
        expect(response.headers.get('content-range')).toBe(`bytes */${length}`);
      }
    }
  });

  it('is sent whole where the range is malformed, is several, or is of something else', async () => {
    for (const [path, bytes] of contents) {
      const tag = `"sha256-${digestOf(bytes)}"`;
      for (const headers of [
        { range: 'bytes=a-b' },
        { range: 'bytes=9-3' },
        { range: 'bytes=0-1,3-4' },
        { range: 'lines=0-1' },
        { range: 'bytes=0-1', 'if-range': '"other"' },
        { range: 'bytes=0-1', 'if-range': `W/${tag}` },
        { range: 'bytes=0-1', 'if-range': 'Wed, 21 Oct 2015 07:28:00 GMT' },
      ]) {
        const response = await get(path, headers as Record<string, string>);
        expect([headers, response.status]).toEqual([headers, 200]);
        expect((await bytesOf(response)).equals(bytes)).toBe(true);
      }
      expect((await get(path, { range: 'bytes=0-1', 'if-range': tag })).status).toBe(206);
    }
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    for (const [path, bytes] of contents) {
      const response = await get(path, {}, 'HEAD');
      expect(response.status).toBe(200);
      expect(response.headers.get('content-length')).toBe(String(bytes.length));
      expect(response.headers.get('etag')).toBe(`"sha256-${digestOf(bytes)}"`);
      expect((await bytesOf(response)).length).toBe(0);
    }
    expect((await get(`/snapshots/${'0'.repeat(64)}`, {}, 'HEAD')).status).toBe(404);
  });

  it('takes the token as Bearer, and as the password of Basic under any name', async () => {
    const [path] = contents.keys();
    const basic = (user: string, password: string) =>
      `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const status = async (authorization: string) =>
      (await fetch(`${house.url}${path}`, { headers: { authorization } })).status;
    expect(await status(`Bearer ${house.token}`)).toBe(200);
    expect(await status(`bearer ${house.token}`)).toBe(200);
    expect(await status(basic('anyone', house.token))).toBe(200);
    expect(await status(basic('', house.token))).toBe(200);
    for (const wrong of [
      'Bearer',
      'Bearer x',
      basic('anyone', 'x'),
      basic('anyone', ''),
      `Digest ${house.token}`,
      house.token,
    ])
      expect([wrong, await status(wrong)]).toEqual([wrong, 401]);
  });

  it('challenges who brings no token, and stores no refusal', async () => {
    for (const path of contents.keys()) {
      const response = await fetch(`${house.url}${path}`);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm="holotype"/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('etag')).toBeNull();
    }
  });

  it('is not there for a stranger, just as what does not exist', async () => {
    await newDataset(house, 'other');
    const token = await house.tokenOf('READER', 'other');
    for (const path of contents.keys()) {
      const hidden = await house.fetch(path, { token });
      const nothing = await house.fetch(path.replace(/[0-9a-f]{64}/, '0'.repeat(64)), { token });
      expect([path, hidden.status, nothing.status]).toEqual([path, 404, 404]);
      expect((await hidden.text()).replace(/[0-9a-f]{64}/g, 'X')).toBe(
        (await nothing.text()).replace(/[0-9a-f]{64}/g, 'X'),
      );
    }
  });

  it('has no file but those of the snapshot', async () => {
    for (const name of ['manifest-00001.jsonl', '..%2f..%2fadmin-token', 'manifest-00000.jsonl%00'])
      expect([name, (await get(`/snapshots/${hex}/${name}`)).status]).toEqual([name, 404]);
  });

  it('goes on serving after a reader left in the middle', async () => {
    const [, path] = contents.keys();
    const leaving = new AbortController();
    await house.fetch(path!, { signal: leaving.signal });
    leaving.abort();
    expect((await get(path!)).status).toBe(200);
  });
});
