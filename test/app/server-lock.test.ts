import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { readConfiguration } from '../../src/app/configuration.ts';
import { startServer } from '../../src/app/server.ts';
import { lockDataFolder } from '../../src/platform/data-folder-lock.ts';
import { openHouse } from '../support/house.ts';

const embedded = 'folder' in inject('template');

describe('the lock of a data folder', () => {
  let folder: string;
  const holderPath = () => join(folder, 'server.json');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.skipIf(!embedded)('refuses a second server with a sentence that names the first', async () => {
    const house = await openHouse();
    try {
      const second = startServer(
        readConfiguration({ port: '0', dataDir: house.folder }, { HOLOTYPE_LOG_LEVEL: 'silent' }),
      );
      await expect(second).rejects.toMatchObject({
        code: 'DATA_FOLDER_IN_USE',
        message: `The data folder ${house.folder} is in use by process ${process.pid} at ${house.url}; stop it, or give this server another --data-dir.`,
      });
      expect(await house.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'administrator' } });
    } finally {
      await house.stop();
    }
  });

  it('is given back when the server stops', async () => {
    const lock = await lockDataFolder(folder);
    await lock.release();
    await (await lockDataFolder(folder)).release();
  });

  it('is taken over from a process that is gone', async () => {
    const gone = { pid: 2 ** 22 + 1, startTime: null, token: 'x', url: null };
    await writeFile(holderPath(), JSON.stringify(gone));
    const lock = await lockDataFolder(folder);
    expect(JSON.parse(await readFile(holderPath(), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it('is taken over from an earlier process whose number another process bears now', async () => {
    const reused = { pid: process.pid, startTime: '1', token: 'x', url: null };
    await writeFile(holderPath(), JSON.stringify(reused));
    await (await lockDataFolder(folder)).release();
  });

  it('is taken over from a file that was cut while it was written', async () => {
    await writeFile(holderPath(), '{"pid":');
    await (await lockDataFolder(folder)).release();
  });

  it('is given to one alone of several that find a dead holder at once', async () => {
    await writeFile(
      holderPath(),
      JSON.stringify({ pid: 2 ** 22 + 1, startTime: null, token: 'x', url: null }),
    );
    const tried = await Promise.allSettled(Array.from({ length: 5 }, () => lockDataFolder(folder)));
    const won = tried.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const result of tried)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    for (const { value } of won) await value.release();
  });
});
