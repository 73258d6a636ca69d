import { mkdir, mkdtemp, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { drawDemoDataset } from '../../seeds/demo/draw-demo-dataset.ts';
import { seedDemo } from '../../seeds/demo/seed-demo.ts';
import { SILENT } from '../../src/app/client/import-report.ts';
import { readConfiguration } from '../../src/app/configuration.ts';
import { startServer } from '../../src/app/server.ts';
import { type House, openHouse, serveFolder } from './house.ts';
import { copyFolder, copyTemplate } from './template.ts';

/**
 * A house with the demo dataset in it, published as v1. Where the database lies in the data folder, the demo is seeded
 * by the first test file of the run that wants it, and copied by the others.
 */
export async function openDemoHouse(environment: Record<string, string> = {}): Promise<House> {
  if ('server' in inject('template')) {
    const house = await openHouse(environment);
    await seedDemo({ server: house.url, token: house.token }, SILENT);
    return house;
  }
  const seeded = join(inject('madeOnce'), 'demo');
  await madeOnce(seeded, seedIn);
  const folder = await mkdtemp(join(tmpdir(), 'holotype-test-'));
  await copyFolder(seeded, folder);
  return serveFolder(folder, { databaseUrl: null, drop: async () => {} }, environment);
}

/** A folder with the demo dataset drawn in it, to read: drawn by the first of the run who wants it. */
export async function drawnDemo(biases: boolean): Promise<string> {
  const drawn = join(inject('madeOnce'), biases ? 'drawn' : 'drawn-without-biases');
  await madeOnce(drawn, async (folder) => void (await drawDemoDataset(folder, { biases })));
  return drawn;
}

async function seedIn(folder: string): Promise<void> {
  await copyTemplate(folder);
  const server = await startServer(
    readConfiguration({ port: '0', dataDir: folder }, { HOLOTYPE_LOG_LEVEL: 'fatal' }),
  );
  const token = (await readFile(server.tokenFile, 'utf8')).trim();
  await seedDemo({ server: server.url, token }, SILENT);
  await server.stop();
}

/** Workers are processes, so the first is told by a folder that only one can make. */
async function madeOnce(place: string, make: (folder: string) => Promise<void>): Promise<void> {
  const isFirst = await mkdir(`${place}.begun`).then(
    () => true,
    () => false,
  );
  if (!isFirst) {
    while (!(await isThere(place))) {
      if (await isThere(`${place}.failed`))
        throw new Error(`${place} could not be made; another test says why.`);
      await sleep(100);
    }
    return;
  }
  try {
    await mkdir(`${place}.making`);
    await make(`${place}.making`);
    await rename(`${place}.making`, place);
  } catch (error) {
    await writeFile(`${place}.failed`, '');
    throw error;
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
