import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const COPIED = ['bin', 'src', 'seeds', 'migrations', 'ormconfig.ts', 'package.json', 'tsconfig.json'];

describe('the command', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-package-'));
    for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const said = async () => {
    const command = [join(folder, 'bin/holotype.js'), '--version'];
    return (await promisify(execFile)(process.execPath, command, { cwd: tmpdir() })).stdout.trim();
  };
  const compile = async () => {
    await mkdir(join(folder, 'dist/server/app/cli'), { recursive: true });
    const main = "export const main = () => console.log('compiled');";
    await writeFile(join(folder, 'dist/server/app/cli/main.js'), main);
  };

  it('runs as it is written where nothing was compiled', async () => {
    expect(await said()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('runs what was compiled of its sources', async () => {
    await compile();
    expect(await said()).toBe('compiled');
  });

  it.each(['src/statistics', 'src/app/cli/main.ts', 'seeds/demo/canvas.ts', 'ormconfig.ts', 'package.json'])(
    'runs as it is written where %s has changed since',
    async (source) => {
      await compile();
      const later = new Date(Date.now() + 60_000);
      await utimes(join(folder, source), later, later);
      expect(await said()).toMatch(/^\d+\.\d+\.\d+$/);
      await utimes(join(folder, source), new Date(0), new Date(0));
    },
  );

  it('runs what was compiled where only the page has changed since', async () => {
    await compile();
    const later = new Date(Date.now() + 60_000);
    await utimes(join(folder, 'src/page/main.tsx'), later, later);
    expect(await said()).toBe('compiled');
  });
});
