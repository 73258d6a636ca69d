import { execFile } from 'node:child_process';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PullOptions, pullSnapshot } from '../../../src/app/client/pull-snapshot.ts';
import { verifyFolder } from '../../../src/app/client/verify-folder.ts';
import { leafHash } from '../../../src/kernel/merkle.ts';
import { tombstoneLine } from '../../../src/snapshots/manifest-line.ts';
import { type BuiltSnapshot, buildSnapshot, someImages } from '../../snapshots/snapshot-fixture.ts';
import { type SnapshotServer, serveSnapshot } from '../../snapshots/snapshot-server.ts';

const run = promisify(execFile);
const NO_WAIT = { times: 3, firstDelayMs: 1 };
const refusal = (code: string) => expect.objectContaining({ code });

describe('pullSnapshot', () => {
  let built: BuiltSnapshot;
  let server: SnapshotServer;
  let directory: string;

  beforeEach(async () => {
    built = buildSnapshot([...someImages(9), { ...someImages(1)[0]!, name: 'elsewhere.tif', bytes: null }]);
    server = await serveSnapshot(built);
    directory = join(await mkdtemp(join(tmpdir(), 'holotype-pull-')), 'folder');
  });

  afterEach(async () => {
    await server.close();
    await rm(join(directory, '..'), { recursive: true });
  });

  const pull = (options: Partial<PullOptions> = {}) =>
    pullSnapshot({
      server: server.url,
      token: null,
      retry: NO_WAIT,
      reference: built.digest,
      directory,
      ...options,
    });
  const held = async () => (await readdir(join(directory, 'images'))).length;
  const imageOf = (index: number) => built.entries.filter(({ pixels }) => pixels === 'bytes')[index]!;
  const pathOf = (index: number) => join(directory, `images/${imageOf(index).id}.png`);
  const blobRequests = () => server.requests.filter(({ path }) => path.startsWith('/blobs/'));

  it('brings the whole snapshot, byte for byte, and counts what lies elsewhere', async () => {
    const result = await pull();
    expect(result).toMatchObject({
      digest: built.digest,
      fetched: 9,
      present: 0,
      references: 1,
      withdrawn: 0,
      parts: null,
    });
    for (const [name, bytes] of built.files) expect(await readFile(join(directory, name))).toEqual(bytes);
    for (const entry of built.entries.filter(({ sha256 }) => sha256)) {
      expect(await readFile(join(directory, `images/${entry.id}.png`))).toEqual(
        built.blobs.get(entry.sha256!),
      );
    }
    expect(await readdir(directory)).toEqual([
      'annotations-00000.jsonl',
      'images',
      'manifest-00000.jsonl',
      'metadata-00000.jsonl',
      'pull.json',
      'snapshot.json',
    ]);
  });

  it('leaves a folder that the verifier for strangers accepts', async () => {
    await pull();
    const { stdout } = await run('python3', ['docs/verify_snapshot.py', directory, built.digest]);
    expect(stdout).toBe(`VERIFIED ${built.digest}: 9 right, 1 by reference, 0 withdrawn, 0 not pulled\n`);
  });

  it('resolves a tag and says which digest it stood for', async () => {
    server.tags.v1 = built.digest;
    expect((await pull({ reference: 'leaves@v1' })).digest).toBe(built.digest);
    expect(JSON.parse(await readFile(join(directory, 'pull.json'), 'utf8')).digest).toBe(built.digest);
  });

  it('asks for no tag where a digest is pinned', async () => {
    await pull({ reference: `leaves@${built.digest}` });
    expect(server.requests.some(({ path }) => path.includes('/tags/'))).toBe(false);
  });

  it('sends the token with every request', async () => {
    await pull({ token: 'secret' });
    expect(new Set(server.requests.map(({ token }) => token))).toEqual(new Set(['secret']));
  });

  it('reports its progress up to the last image', async () => {
    const seen: string[] = [];
    await pull({ onProgress: ({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`) });
    expect(seen).toContain('shards 3/3');
    expect(seen.at(-1)).toBe('images 9/9');
  });

  describe('of a snapshot from which an image was withdrawn', () => {
    const withTombstone = (snapshot: BuiltSnapshot, kinds: readonly string[]): BuiltSnapshot => {
      const lines = snapshot.files.get('manifest-00000.jsonl')!.toString().split('\n');
      const tombstone = tombstoneLine({ leaf: leafHash(lines[0]!).toString('hex'), withdrawn: '2026-03-02' });
      const files = new Map(snapshot.files);
      for (const kind of kinds) {
        const name = `${kind}-00000.jsonl`;
        files.set(name, Buffer.from(files.get(name)!.toString().split('\n').with(0, tombstone).join('\n')));
      }
      return { ...snapshot, files };
    };

    it('brings what is left under the same digest', async () => {
      server.snapshot = withTombstone(built, ['manifest', 'annotations', 'metadata']);
      expect(await pull()).toMatchObject({ digest: built.digest, withdrawn: 1 });
      expect((await verifyFolder(directory, built.digest)).problems).toEqual([]);
    });

    it('during the pull asks to pull again, and then brings what is left', async () => {
      server.snapshot = withTombstone(built, ['annotations', 'metadata']);
      await expect(pull()).rejects.toThrow(refusal('CONFLICT'));
      server.snapshot = withTombstone(built, ['manifest', 'annotations', 'metadata']);
      expect(await pull()).toMatchObject({ withdrawn: 1 });
      expect((await verifyFolder(directory, built.digest)).problems).toEqual([]);
    });
  });

  describe('of a part', () => {
    it('brings the images of that part and all the labels', async () => {
      expect(await pull({ part: 'test' })).toMatchObject({ fetched: 3, parts: ['holdout:test'] });
      expect(await held()).toBe(3);
      const report = await verifyFolder(directory, built.digest);
      expect(report).toMatchObject({ problems: [], held: 3, notPulled: 7 });
      await run('python3', ['docs/verify_snapshot.py', directory, built.digest]);
    });

    it('adds to the parts that lie there', async () => {
      await pull({ part: 'test' });
      expect(await pull({ part: 'holdout:train' })).toMatchObject({
        fetched: 6,
        parts: ['holdout:test', 'holdout:train'],
      });
      expect((await verifyFolder(directory)).problems).toEqual([]);
    });

    it('is refused where the snapshot has no such part, before any image is fetched', async () => {
      await expect(pull({ part: 'validation' })).rejects.toThrow(/holdout:test, holdout:train/);
      expect(blobRequests()).toEqual([]);
    });
  });

  describe('goes on', () => {
    it('where the connection is cut, with the rest of the file alone', async () => {
      built = buildSnapshot(
        someImages(5).map((image, index) => ({ ...image, bytes: Buffer.alloc(1 << 20, `${index}`) })),
      );
      server.snapshot = built;
      server.cutAfter = 400_000;
      await pull();
      expect((await verifyFolder(directory, built.digest)).problems).toEqual([]);
      expect(server.requests.some(({ range }) => /^bytes=[1-9]/.test(range ?? ''))).toBe(true);
    });

    it('where the server is busy for a while', async () => {
      server.failures = 3;
      expect(await pull()).toMatchObject({ fetched: 9 });
    });

    it('after a stopped run, fetching nothing that lies there already', async () => {
      await pull();
      await rm(pathOf(3));
      await rm(join(directory, 'metadata-00000.jsonl'));
      server.requests.length = 0;
      expect(await pull()).toMatchObject({ fetched: 1, present: 8 });
      expect(server.requests.map(({ path }) => path).sort()).toEqual([
        `/blobs/sha256/${imageOf(3).sha256}`,
        `/snapshots/${built.digest}/metadata-00000.jsonl`,
      ]);
    });

    it('after a stopped run in the middle of a long file', async () => {
      const long = { ...someImages(1)[0]!, bytes: Buffer.alloc(3 << 20, 'long ') };
      built = buildSnapshot([long]);
      server.snapshot = built;
      server.cutAfter = 2 << 20;
      await expect(pull({ retry: { times: 0, firstDelayMs: 1 } })).rejects.toThrow(
        refusal('PIN_UNREACHABLE'),
      );
      server.cutAfter = null;
      server.requests.length = 0;
      await pull();
      expect(blobRequests().map(({ range }) => range)).toEqual([expect.stringMatching(/^bytes=[1-9]\d+-$/)]);
      expect((await verifyFolder(directory, built.digest)).problems).toEqual([]);
    });

    it('from the start where what was left off is not what the server has', async () => {
      const long = { ...someImages(1)[0]!, bytes: Buffer.alloc(3 << 20, 'long ') };
      built = buildSnapshot([long]);
      server.snapshot = built;
      server.cutAfter = 2 << 20;
      await expect(pull({ retry: { times: 0, firstDelayMs: 1 } })).rejects.toThrow();
      await writeFile(`${pathOf(0)}.part`, Buffer.alloc(1 << 20, 'wrong '));
      server.cutAfter = null;
      await pull();
      expect((await verifyFolder(directory, built.digest)).problems).toEqual([]);
    });

    it('by mending files that were altered since', async () => {
      await pull();
      await writeFile(pathOf(0), 'altered');
      await writeFile(join(directory, 'annotations-00000.jsonl'), '{}\n');
      await writeFile(join(directory, 'manifest-00000.jsonl'), 'x\n');
      await writeFile(join(directory, 'snapshot.json'), '{}');
      expect(await pull()).toMatchObject({ fetched: 1, present: 8 });
      expect((await verifyFolder(directory, built.digest)).problems).toEqual([]);
    });
  });

  describe('fails closed', () => {
    it.each([
      ['the header', () => built.digest],
      ['the manifest', () => 'manifest-00000.jsonl'],
      ['the annotations', () => 'annotations-00000.jsonl'],
      ['the metadata', () => 'metadata-00000.jsonl'],
      ['an image', () => imageOf(4).sha256!],
    ])('where one byte of %s is another, and removes the file', async (_, path) => {
      server.flip = path();
      await expect(pull()).rejects.toThrow(refusal('PIN_MISMATCH'));
      const name = path().endsWith('jsonl')
        ? path()
        : path() === built.digest
          ? 'snapshot.json'
          : `images/${imageOf(4).id}.png`;
      const left = await readdir(directory, { recursive: true });
      expect(left.filter((file) => file.startsWith(name))).toEqual([]);
      server.flip = null;
      await pull();
      expect((await verifyFolder(directory, built.digest)).problems).toEqual([]);
    });

    it('where another snapshot is served, of which nothing is kept', async () => {
      server.snapshot = buildSnapshot(someImages(4));
      await expect(pull()).rejects.toThrow(refusal('PIN_MISMATCH'));
      expect(await readdir(directory)).toEqual(['images']);
    });

    it('where the shards are those of another snapshot', async () => {
      const other = buildSnapshot(someImages(10));
      server.snapshot = {
        ...other,
        files: new Map([...other.files, ['snapshot.json', built.files.get('snapshot.json')!]]),
      };
      await expect(pull()).rejects.toThrow(refusal('PIN_MISMATCH'));
      expect(await held()).toBe(0);
    });

    it('where the snapshot is not there', async () => {
      server.refuse = { path: built.digest, status: 404 };
      await expect(pull()).rejects.toThrow(refusal('PIN_UNREACHABLE'));
    });

    it('where a tag is not there', async () => {
      await expect(pull({ reference: 'leaves@v9' })).rejects.toThrow(refusal('PIN_UNREACHABLE'));
    });

    it('where an image is not there, and fetches fresh shards the next time', async () => {
      server.refuse = { path: imageOf(2).sha256!, status: 410 };
      await expect(pull()).rejects.toThrow(refusal('PIN_UNREACHABLE'));
      await expect(access(join(directory, 'manifest-00000.jsonl'))).rejects.toThrow();
    });

    it('where no server answers', async () => {
      await server.close();
      await expect(pull()).rejects.toThrow(refusal('PIN_UNREACHABLE'));
    });

    it('where the connection is cut each time and nothing can be gone on with', async () => {
      server.cutAfter = 50;
      server.withoutEtag = true;
      await expect(pull()).rejects.toThrow(refusal('PIN_UNREACHABLE'));
    });

    it.each([
      [401, 'UNAUTHENTICATED'],
      [403, 'FORBIDDEN'],
    ])('where the server answers %i', async (status, code) => {
      server.refuse = { path: built.digest, status };
      await expect(pull()).rejects.toThrow(refusal(code));
    });

    it('where the folder holds another snapshot', async () => {
      await pull();
      const other = buildSnapshot(someImages(3));
      server.snapshot = other;
      await expect(pull({ reference: other.digest })).rejects.toThrow(refusal('CONFLICT'));
    });

    it.each([
      'latest',
      'sha256:abc',
      '@v1',
      'leaves@',
      `leaves@sha256:${'A'.repeat(64)}`,
      `@sha256:${'0'.repeat(64)}`,
    ])('where the reference is %s', async (reference) => {
      await expect(pull({ reference })).rejects.toThrow(refusal('BAD_INPUT'));
      expect(server.requests).toEqual([]);
    });
  });
});
