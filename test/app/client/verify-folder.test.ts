import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyFolder } from '../../../src/app/client/verify-folder.ts';
import { leafHash } from '../../../src/kernel/merkle.ts';
import { tombstoneLine } from '../../../src/snapshots/manifest-line.ts';
import { type BuiltSnapshot, buildSnapshot, someImages } from '../../snapshots/snapshot-fixture.ts';

const IMAGES = 7;

/** Exit code and output of the verifier for strangers. */
function python(directory: string, digest: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile('python3', ['docs/verify_snapshot.py', directory, digest], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

describe('the two verifiers', () => {
  let built: BuiltSnapshot;
  let directory: string;

  beforeEach(async () => {
    built = buildSnapshot(someImages(IMAGES));
    directory = await mkdtemp(join(tmpdir(), 'holotype-verify-'));
    await write(built);
  });

  afterEach(async () => rm(directory, { recursive: true }));

  async function write(snapshot: BuiltSnapshot): Promise<void> {
    await mkdir(join(directory, 'images'), { recursive: true });
    for (const [name, bytes] of snapshot.files) await writeFile(join(directory, name), bytes);
    for (const { id, sha256 } of snapshot.entries) {
      await writeFile(join(directory, `images/${id}.png`), snapshot.blobs.get(sha256!)!);
    }
  }

  async function change(file: string, how: (bytes: Buffer) => Buffer | string): Promise<void> {
    await writeFile(join(directory, file), how(await readFile(join(directory, file))));
  }

  const image = (index = 0) => `images/${built.entries[index]!.id}.png`;
  const flip = (bytes: Buffer) => {
    const flipped = Buffer.from(bytes);
    flipped[Math.floor(bytes.length / 2)]! ^= 1;
    return flipped;
  };

  it('accept a whole folder, and count what is in it', async () => {
    expect(await verifyFolder(directory, built.digest)).toMatchObject({
      ...{ digest: built.digest, against: 'given', problems: [], images: IMAGES, held: IMAGES },
    });
    expect(await python(directory, built.digest)).toMatchObject({ code: 0 });
  });

  it('accept a salted folder', async () => {
    built = buildSnapshot(someImages(3), 'PERSONAL');
    await rm(directory, { recursive: true });
    await write(built);
    expect((await verifyFolder(directory, built.digest)).problems).toEqual([]);
    expect(await python(directory, built.digest)).toMatchObject({ code: 0 });
  });

  it('refuse a folder that is whole and another than asked for', async () => {
    const other = `sha256:${'0'.repeat(64)}`;
    expect((await verifyFolder(directory, other)).problems).toMatchObject([
      { file: 'snapshot.json', kind: 'altered' },
    ]);
    expect(await python(directory, other)).toMatchObject({
      code: 1,
      output: expect.stringContaining('NOT VERIFIED'),
    });
  });

  it.each([
    ['the header', () => 'snapshot.json', 'snapshot.json'],
    ['the manifest', () => 'manifest-00000.jsonl', 'manifest'],
    ['the annotations', () => 'annotations-00000.jsonl', 'annotations-00000.jsonl'],
    ['the metadata', () => 'metadata-00000.jsonl', 'metadata-00000.jsonl'],
    ['an image', () => image(), null],
  ])('refuse one flipped bit in %s and name the file', async (_, file, named) => {
    await change(file(), flip);
    const { problems } = await verifyFolder(directory, built.digest);
    expect(problems).toContainEqual(expect.objectContaining({ file: named ?? file(), kind: 'altered' }));
    expect(await python(directory, built.digest)).toMatchObject({
      code: 1,
      output: expect.stringContaining('NOT VERIFIED'),
    });
  });

  it.each([
    ['the header', () => 'snapshot.json'],
    ['the manifest', () => 'manifest-00000.jsonl'],
    ['the annotations', () => 'annotations-00000.jsonl'],
    ['the metadata', () => 'metadata-00000.jsonl'],
    ['an image', () => image(2)],
  ])('refuse a folder without %s', async (_, file) => {
    await rm(join(directory, file()));
    expect((await verifyFolder(directory, built.digest)).problems).toContainEqual(
      expect.objectContaining({ file: file(), kind: 'missing' }),
    );
    expect(await python(directory, built.digest)).toMatchObject({ code: 1 });
  });

  it.each([
    ['a line too few', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['a line too many', (text: string) => text + text.slice(text.lastIndexOf('{'))],
    ['an empty line at the end', (text: string) => `${text}\n`],
    ['no LF at the end', (text: string) => text.slice(0, -1)],
    ['two lines changed about', (text: string) => text.trimEnd().split('\n').reverse().join('\n') + '\n'],
    ['CRLF line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['blanks', (text: string) => text.replaceAll('":', '": ')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
  ])('refuse shards with %s', async (_, how) => {
    for (const kind of ['manifest', 'annotations', 'metadata']) {
      await write(built);
      await change(`${kind}-00000.jsonl`, (bytes) => how(bytes.toString()));
      expect((await verifyFolder(directory, built.digest)).problems, kind).not.toEqual([]);
      expect((await python(directory, built.digest)).code, kind).toBe(1);
    }
  });

  it('accept tombstones of withdrawn images under the same digest, and count them', async () => {
    const lines = (await readFile(join(directory, 'manifest-00000.jsonl'), 'utf8')).split('\n');
    const tombstone = tombstoneLine({ leaf: leafHash(lines[1]!).toString('hex'), withdrawn: '2026-03-02' });
    for (const kind of ['manifest', 'annotations', 'metadata']) {
      await change(`${kind}-00000.jsonl`, (bytes) =>
        bytes.toString().split('\n').with(1, tombstone).join('\n'),
      );
    }
    await rm(join(directory, image(1)));
    expect(await verifyFolder(directory, built.digest)).toMatchObject({
      problems: [],
      held: IMAGES - 1,
      withdrawn: 1,
    });
    expect(await python(directory, built.digest)).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 withdrawn'),
    });
  });

  it('refuse a tombstone of another leaf', async () => {
    const tombstone = tombstoneLine({ leaf: '0'.repeat(64), withdrawn: '2026-03-02' });
    for (const kind of ['manifest', 'annotations', 'metadata']) {
      await change(`${kind}-00000.jsonl`, (bytes) =>
        bytes.toString().split('\n').with(1, tombstone).join('\n'),
      );
    }
    expect((await verifyFolder(directory, built.digest)).problems).toContainEqual(
      expect.objectContaining({ file: 'manifest', kind: 'altered' }),
    );
    expect(await python(directory, built.digest)).toMatchObject({ code: 1 });
  });

  it('take a pull of a part for whole, and miss its images alone', async () => {
    const pull = { digest: built.digest, server: 'http://127.0.0.1', parts: ['holdout:test'] };
    await writeFile(join(directory, 'pull.json'), JSON.stringify(pull));
    const [test, train] = ['test', 'train'].map((part) =>
      built.entries.filter(({ parts }) => parts.holdout === part),
    );
    for (const { id } of train!) await rm(join(directory, `images/${id}.png`));
    expect(await verifyFolder(directory)).toMatchObject({
      problems: [],
      against: 'pull.json',
      held: test!.length,
    });
    expect(await python(directory, built.digest)).toMatchObject({ code: 0 });
    await rm(join(directory, `images/${test![0]!.id}.png`));
    expect((await verifyFolder(directory)).problems).toMatchObject([{ kind: 'missing' }]);
    expect(await python(directory, built.digest)).toMatchObject({ code: 1 });
  });
});

describe('verifyFolder', () => {
  let built: BuiltSnapshot;
  let directory: string;

  beforeEach(async () => {
    built = buildSnapshot(someImages(4));
    directory = await mkdtemp(join(tmpdir(), 'holotype-verify-'));
    await mkdir(join(directory, 'images'));
    for (const [name, bytes] of built.files) await writeFile(join(directory, name), bytes);
  });

  afterEach(async () => rm(directory, { recursive: true }));

  it('reports every problem, not the first alone', async () => {
    await writeFile(join(directory, 'notes.txt'), 'x');
    await writeFile(join(directory, 'images/left.png.part'), 'x');
    await rm(join(directory, 'metadata-00000.jsonl'));
    const kinds = (await verifyFolder(directory, built.digest)).problems.map(
      ({ kind, file }) => `${kind} ${file}`,
    );
    expect(kinds.sort()).toEqual([
      'extra images/left.png.part',
      'extra notes.txt',
      ...built.entries.map(({ id }) => `missing images/${id}.png`),
      'missing metadata-00000.jsonl',
    ]);
  });

  it('says that there is no snapshot in a folder without a header', async () => {
    await rm(join(directory, 'snapshot.json'));
    expect(await verifyFolder(directory)).toMatchObject({
      digest: null,
      against: null,
      problems: [{ kind: 'missing' }],
    });
  });

  it('refuses a pull record that cannot be read', async () => {
    await writeFile(join(directory, 'pull.json'), '{"parts":"all"}');
    await expect(verifyFolder(directory)).rejects.toThrow(
      expect.objectContaining({ code: 'MALFORMED_FILE' }),
    );
  });
});
