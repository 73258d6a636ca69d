import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask } from '../../../src/app/client/graphql.ts';
import type { ServerAccess } from '../../../src/app/client/http.ts';
import { noiseImage } from '../../support/specimens.ts';
import { holotype, killLeftovers, type Served, serveProcess } from './command.ts';

const IMAGES = 96;
const LABELS = ['leaf', 'stem'];

describe('holotype serve', () => {
  let folder: string;
  let dataDir: string;
  let source: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-crash-'));
    [dataDir, source] = [join(folder, 'data'), join(folder, 'images')];
    await cp(await imagesDrawn(folder), source, { recursive: true });
    await freshFolder(dataDir);
  });
  afterAll(async () => {
    killLeftovers();
    await rm(folder, { recursive: true, force: true });
  });

  const serve = () => serveProcess(['--data-dir', dataDir]);
  const run = (dir: string, ...args: string[]) => holotype([...args, '--data-dir', dir]);
  const importImages = (dir: string) =>
    run(dir, 'import', 'images', source, '--dataset', 'plots', '--create', '--json');
  const importLabels = (dir: string) =>
    run(dir, 'import', 'table', join(folder, 'labels.csv'), '--dataset', 'plots', '--json');
  const publish = (dir: string) => run(dir, 'publish', '--dataset', 'plots', '--tag', 'v1');

  it('killed with kill -9 loses nothing, doubles nothing, shows nothing half done; the same commands go on', async () => {
    for (const blobs of [8, 70]) {
      const server = await serve();
      const cut = holotype(
        ['import', 'images', source, '--dataset', 'plots', '--create', '--data-dir', dataDir],
        {
          started: (child) => void whenBlobs(dataDir, blobs).then(() => killBoth(server, child)),
        },
      );
      expect((await cut).status).not.toBe(0);
    }

    let server = await serve();
    await expectWholeImages(await accessOf(server, dataDir));
    const completed = JSON.parse((await importImages(dataDir)).stdout);
    expect(completed.images + completed.alreadyThere.images).toBe(IMAGES);
    expect(completed.refused).toEqual([]);
    expect(JSON.parse((await importLabels(dataDir)).stdout)).toMatchObject({
      annotations: IMAGES,
      refused: [],
    });

    await holotype(['publish', '--dataset', 'plots', '--tag', 'v1', '--data-dir', dataDir], {
      started: (child) => void whenWriting(dataDir, child).then(() => killBoth(server, child)),
    });
    server = await serve();
    await expectWholeSnapshots(await accessOf(server, dataDir));
    const published = await publish(dataDir);
    expect(published.status).toBe(0);
    expect((await run(dataDir, 'audit', 'verify')).status).toBe(0);
    expect(await server.end('SIGTERM')).toBe(0);

    expect(published.stdout).toBe(await publishedUndisturbed());
  });

  it('is refused with one sentence on a folder that another server uses', async () => {
    const server = await serve();
    const { status, stderr } = await holotype(['serve', '--port', '0', '--data-dir', dataDir]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^holotype: The data folder .* is in use by process \d+ .*\(DATA_FOLDER_IN_USE\)\n$/,
    );
    expect(await server.end('SIGINT')).toBe(0);
  });

  it('is refused with one sentence on a port that is taken', async () => {
    const server = await serve();
    const { port } = new URL(server.url);
    const other = join(folder, 'busy');
    await freshFolder(other);
    const { status, stderr } = await holotype(['serve', '--port', port, '--data-dir', other]);
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^holotype: PORT: port ${port} of 127.0.0.1 is taken; .*\\n$`));
    await server.end('SIGTERM');
  });

  it('with --demo goes on seeding where it was killed, and prints a pull that works as it stands', async () => {
    const demo = join(folder, 'demo');
    await freshFolder(demo);
    const killed = await serveProcess(['--demo', '--data-dir', demo]);
    await whenBlobs(demo, 300);
    await killed.end('SIGKILL');
    const server = await serveProcess(['--demo', '--data-dir', demo]);
    const pull = await lineWith(server, 'npx holotype pull');
    const [, ...args] = pull.trim().split(' ').slice(1);
    const pulled = await holotype(args, { cwd: folder });
    expect(pulled).toMatchObject({ status: 0, stderr: '' });
    const [digest] = /sha256:[0-9a-f]{64}/.exec(pull)!;
    expect((await holotype(['verify', 'greenhouse-demo', digest], { cwd: folder })).status).toBe(0);
    const report = await holotype(['report', `greenhouse-demo@${digest}`, '--data-dir', demo, '--json']);
    const reports: { kind: string; split: string | null; report: object }[] = JSON.parse(report.stdout);
    expect(reports.map(({ kind, split }) => [kind, split])).toEqual([
      ['selection', null],
      ['measurement', null],
      ['association', null],
      ['attrition', null],
      ['split', 'by-plant'],
      ['agreement', null],
      ['shapes', null],
      ['raters', null],
    ]);
    expect(reports[0]!.report).toMatchObject({
      target: { name: 'even' },
      imageCount: 442,
      request: { snapshot: digest },
    });
    const secret = /\$\(cat (.*)\)/.exec(await lineWith(server, 'curl'))![1]!;
    expect((await stat(secret)).mode & 0o777).toBe(0o600);
    expect(await server.end('SIGTERM')).toBe(0);
  }, 300_000);

  async function publishedUndisturbed(): Promise<string> {
    const quiet = join(folder, 'quiet');
    await freshFolder(quiet);
    const server = await serveProcess(['--data-dir', quiet]);
    await importImages(quiet);
    await importLabels(quiet);
    const { stdout } = await publish(quiet);
    await server.end('SIGTERM');
    return stdout;
  }
});

async function imagesDrawn(folder: string): Promise<string> {
  const drawn = await mkdtemp(join(folder, 'drawn-'));
  const rows = ['image,annotator,label'];
  for (let index = 0; index < IMAGES; index++) {
    const name = `plot-${String(index).padStart(3, '0')}.png`;
    await writeFile(join(drawn, name), await noiseImage(index + 1, { width: 480, height: 360 }));
    rows.push(`${name},rater-${index % 3},${LABELS[index % 2]}`);
  }
  await writeFile(join(folder, 'labels.csv'), rows.join('\n'));
  return drawn;
}

/** Where the run has an embedded database to copy, initialising another is saved. */
async function freshFolder(dataDir: string): Promise<void> {
  const template = inject('template');
  if ('folder' in template) await cp(template.folder, join(dataDir, 'database'), { recursive: true });
}

async function whenBlobs(dataDir: string, count: number): Promise<void> {
  const blobs = join(dataDir, 'blobs', 'sha256');
  for (;;) {
    const held = await readdir(blobs, { recursive: true }).catch(() => []);
    if (held.filter((name) => /^..\/[0-9a-f]{62}$/.test(name)).length >= count) return;
    await sleep(10);
  }
}

/** The shards of a snapshot are on their way into the blob store, and nothing is committed. */
async function whenWriting(dataDir: string, client: { exitCode: number | null }): Promise<void> {
  const incoming = join(dataDir, 'blobs', 'incoming');
  while (client.exitCode === null && (await readdir(incoming)).length === 0) await sleep(1);
}

async function lineWith({ lines, child }: Served, text: string): Promise<string> {
  for (;;) {
    const found = lines.find((line) => line.includes(text));
    if (found) return found;
    if (child.exitCode !== null) throw new Error(`The server ended: ${lines.join('\n')}`);
    await sleep(50);
  }
}

async function killBoth(server: Served, client: { kill(signal: NodeJS.Signals): boolean }): Promise<void> {
  await server.end('SIGKILL');
  client.kill('SIGKILL');
}

async function accessOf(server: Served, dataDir: string): Promise<ServerAccess> {
  return { server: server.url, token: (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim() };
}

/** Every image that is there has its bytes, its facts and one acquisition record. */
async function expectWholeImages(access: ServerAccess): Promise<void> {
  type Node = { name: string; digest: string; facts: object | null; acquisition: object | null };
  const { dataset } = await ask<{ dataset: { imageCounts: { kept: number }; images: { nodes: Node[] } } }>(
    access,
    '{ dataset(slug: "plots") { imageCounts { kept } images(first: 500) { nodes { name digest facts { width } acquisition { unit } } } } }',
  );
  const { nodes } = dataset.images;
  expect(nodes).toHaveLength(dataset.imageCounts.kept);
  expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
  for (const { digest, facts, acquisition } of nodes) {
    expect({ facts, acquisition }).toEqual({
      facts: { width: 480 },
      acquisition: { unit: expect.any(String) },
    });
    const headers = { authorization: `Bearer ${access.token}` };
    const response = await fetch(`${access.server}/blobs/sha256/${digest}`, { method: 'HEAD', headers });
    expect(response.status).toBe(200);
  }
}

/** There is no snapshot, or one with all its shards. */
async function expectWholeSnapshots(access: ServerAccess): Promise<void> {
  type Node = { digest: string; tags: string[]; imageCount: number; files: { name: string }[] };
  const { dataset } = await ask<{ dataset: { snapshots: { nodes: Node[] } } }>(
    access,
    '{ dataset(slug: "plots") { snapshots { nodes { digest tags imageCount files { name } } } } }',
  );
  expect(dataset.snapshots.nodes.length).toBeLessThanOrEqual(1);
  for (const { tags, imageCount, files } of dataset.snapshots.nodes)
    expect({ tags, imageCount, files: files.length }).toEqual({ tags: ['v1'], imageCount: IMAGES, files: 3 });
}
