import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { TreeMember } from '../../src/renderings/rendering.ts';
import { tar } from '../../src/renderings/tar.ts';
import { textMember } from '../../src/renderings/tree-members.ts';
import { bytesOf } from './memory-source.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What GNU tar writes of the same files, as the docstring of `tar` says. */
function gnuTar(files: ReadonlyMap<string, Buffer>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'holotype-tar-'));
  folders.push(folder);
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const list = join(folder, '..', `${folder.split('/').at(-1)}.list`);
  folders.push(list);
  writeFileSync(list, [...files.keys()].map((path) => `${path}\n`).join(''));
  const settings =
    '--format=ustar -b1 --mtime=@0 --owner=:0 --group=:0 --numeric-owner --mode=0644 --no-recursion --verbatim-files-from';
  return execFileSync('tar', ['-c', '-C', folder, ...settings.split(' '), '-T', list], {
    maxBuffer: 1 << 28,
  });
}

function member(path: string, bytes: Buffer): TreeMember {
  return { path, size: bytes.length, chunks: [bytes.subarray(0, 7), bytes.subarray(7)] };
}

const inByteOrder = (paths: readonly string[]) =>
  [...paths].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
const ours = (files: ReadonlyMap<string, Buffer>) =>
  bytesOf(tar([...files].map(([path, bytes]) => member(path, bytes))));

describe('a tar', () => {
  it('is what GNU tar writes of the same files in the same order, whatever they are called and hold', async () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_~-]{1,40}$/);
    const path = fc.tuple(segment, segment, segment).map(([a, b, c]) => `${a}/${b}/${c}.png`);
    const file = fc.tuple(path, fc.uint8Array({ maxLength: 1500 }));
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 6 }), async (drawn) => {
        const bytes = new Map(drawn.map(([name, content]) => [name, Buffer.from(content)]));
        const files = new Map(inByteOrder([...bytes.keys()]).map((name) => [name, bytes.get(name)!]));
        expect((await ours(files)).equals(gnuTar(files))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['100 bytes, in one piece', `${'a'.repeat(50)}/${'b'.repeat(49)}`],
    ['more than 100, parted at a slash', `${'a'.repeat(60)}/${'b'.repeat(60)}/${'c'.repeat(40)}.png`],
    ['255 before and after it', `${'a'.repeat(155)}/${'b'.repeat(100)}`],
    ['letters of two bytes', `${'é'.repeat(40)}/${'ü'.repeat(40)}.png`],
  ])('holds a path of %s as GNU tar does', async (_what, path) => {
    const files = new Map([[path, Buffer.from('content')]]);
    expect((await ours(files)).equals(gnuTar(files))).toBe(true);
  });

  it('refuses a path that the form cannot hold, and names it', async () => {
    const path = `part/${'c'.repeat(101)}`;
    await expect(bytesOf(tar([textMember(path, 'x')]))).rejects.toThrow(`${path} is too long a path`);
  });

  it('refuses members out of the order of their bytes, and the same path twice', async () => {
    const members = (...paths: string[]) => bytesOf(tar(paths.map((path) => textMember(path, path))));
    await expect(members('b', 'a')).rejects.toThrow('a does not follow b.');
    await expect(members('a', 'a')).rejects.toThrow('a does not follow a.');
    await expect(members('\u{1f600}', '\uff5e')).rejects.toThrow('does not follow');
  });

  it('refuses a member that has other bytes than it said', async () => {
    const short = { path: 'a', size: 5, chunks: ['four'] };
    await expect(bytesOf(tar([short]))).rejects.toThrow('a has 4 bytes, not 5.');
  });

  it('refuses a member above 8 GiB before it reads it', async () => {
    const huge: TreeMember = {
      path: 'huge',
      size: 8 * 2 ** 30,
      // biome-ignore lint/correctness/useYield: nothing of it may be read
      chunks: (async function* () {
        throw new Error('read');
      })(),
    };
    await expect(bytesOf(tar([huge]))).rejects.toThrow(/8 GiB/);
  });

  it('ends in two empty blocks also when it holds nothing', async () => {
    expect((await bytesOf(tar([]))).equals(Buffer.alloc(1024))).toBe(true);
  });

  it('gives back what went in, by GNU tar', async () => {
    const content = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 31) % 251));
    const folder = mkdtempSync(join(tmpdir(), 'holotype-tar-'));
    folders.push(folder);
    writeFileSync(join(folder, 'x.tar'), await ours(new Map([['train/0.png', content]])));
    execFileSync('tar', ['-x', '-f', 'x.tar'], { cwd: folder });
    expect(readFileSync(join(folder, 'train/0.png')).equals(content)).toBe(true);
  });
});
