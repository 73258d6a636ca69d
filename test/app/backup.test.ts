import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BackupMade, makeBackup } from '../../src/app/backup/make-backup.ts';
import { restoreBackup } from '../../src/app/backup/restore-backup.ts';
import { SILENT } from '../../src/app/client/import-report.ts';
import { type Configuration, readConfiguration } from '../../src/app/configuration.ts';
import { type RunningServer, startServer } from '../../src/app/server.ts';
import { callsTo, type House, openHouse } from '../support/house.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';
import { holotype, killLeftovers } from './cli/command.ts';

const template = inject('template');
const DAY = 86_400_000;
const PLACES = ['embedded', ...('server' in template ? ['postgresql'] : [])];

describe('a backup', () => {
  let root: string;
  let folder: string;
  let house: House;
  let digest: string;
  let reader: string;
  let made: BackupMade;
  const stops: (() => Promise<unknown>)[] = [];

  const backUp = (retainMilliseconds = 30 * DAY, now = () => new Date()) =>
    makeBackup(
      { server: house.url, token: house.token },
      { folder, retainMilliseconds, now, progress: SILENT },
    );

  /** Where nothing is yet: a data folder, and a database of this kind. */
  async function emptyPlace(kind: string): Promise<Configuration> {
    const dataDir = await mkdtemp(join(root, 'data-'));
    const settings: Record<string, string> = { HOLOTYPE_LOG_LEVEL: 'fatal', HOLOTYPE_PROBE_THREADS: '1' };
    if (kind === 'postgresql' && 'server' in template) {
      const name = `holotype_test_${randomUUID().replaceAll('-', '')}`;
      await runSql(template.server, `CREATE DATABASE "${name}"`);
      stops.push(() => runSql(template.server, `DROP DATABASE "${name}" WITH (FORCE)`));
      const url = new URL(template.server);
      url.pathname = `/${name}`;
      settings.DATABASE_URL = url.href;
    }
    return readConfiguration({ port: '0', dataDir }, settings);
  }

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'holotype-backup-'));
    folder = join(root, 'backups');
    house = await openHouse();
    await newDataset(house, 'plots');
    const images = Object.fromEntries(
      await Promise.all([1, 2, 3, 4].map(async (seed) => [`${seed}.png`, await noiseImage(seed)] as const)),
    );
    await addImages(house, 'plots', images);
    const table =
      'image,annotator,label,seconds,subject\n1.png,ann,leaf,2.5,A\n2.png,bo,"stem, ü",0.1,B\n3.png,ann,leaf,3,C\n4.png,bo,stem,4,D\n';
    await writeFile(join(root, 'labels.csv'), table);
    const environment = { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token };
    const run = async (...args: string[]) => {
      const { status, stderr } = await holotype(args, { environment });
      expect([args[0], status, stderr]).toEqual([args[0], 0, '']);
    };
    await run('import', 'table', join(root, 'labels.csv'), '--dataset', 'plots');
    await run(
      ...['split', '--dataset', 'plots', '--name', 'halves', '--strategy', 'random'],
      ...['--parts', 'train=0.5,test=0.5', '--freeze'],
    );
    digest = await publish(house, 'plots', { splits: ['halves'], tag: 'v1' });
    await run('render', digest, '--format', 'parquet,csv');
    await run('report', `plots@${digest}`, '--json');
    await house.fetch(`/snapshots/${digest}/attestations`);
    reader = await house.tokenOf('READER', 'plots');
    made = await backUp();
  });
  afterAll(async () => {
    killLeftovers();
    for (const stop of stops.reverse()) await stop();
    await house?.stop();
    await rm(root, { recursive: true, force: true });
  });

  it('holds every table of the database', async () => {
    const rows: { name: string }[] = await house.services.db.query(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'migrations'",
    );
    const named = house.services.db.dataSource.entityMetadatas.map(({ tableName }) => tableName);
    expect(rows.map(({ name }) => name).sort()).toEqual(named.sort());
  });

  it.each(PLACES)(
    'is served again by a server on another database (%s): every id, every byte, every token',
    async (kind) => {
      const restored = await serveRestored(await emptyPlace(kind), folder, made.name);
      await expectTheSame(restored);
      // It goes on from where it was: what is new gets a number of its own, and what is frozen is frozen.
      await addImages(callsTo(restored, house.token), 'plots', { 'new.png': await noiseImage(9) });
      await expect(restored.services.db.query('UPDATE snapshot SET image_count = 0')).rejects.toThrow();
    },
  );

  it.skipIf(!('server' in template))(
    'goes from an embedded database to one whose owner is no superuser',
    async () => {
      const embedded = await serveRestored(await emptyPlace('embedded'), folder, made.name);
      const crossing = join(root, 'crossing');
      const access = { server: embedded.url, token: house.token };
      const { name } = await makeBackup(access, {
        folder: crossing,
        retainMilliseconds: DAY,
        progress: SILENT,
      });
      const place = await emptyPlace('postgresql');
      const url = new URL(place.databaseUrl!);
      const role = url.pathname.slice(1);
      const owned = `CREATE ROLE "${role}" LOGIN; ALTER DATABASE "${role}" OWNER TO "${role}"`;
      stops.splice(-1, 0, () => runSql(inServer(), `DROP ROLE "${role}"`));
      await runSql(inServer(), owned);
      url.username = role;
      const restored = await serveRestored({ ...place, databaseUrl: url.href }, crossing, name);
      await expectTheSame(restored);
    },
  );

  it('copies no blob again that an earlier one has', async () => {
    await addImages(house, 'plots', { '5.png': await noiseImage(5) });
    const again = await backUp();
    expect(again.blobs.count).toBeGreaterThan(made.blobs.count);
    expect(again.copied).toBe(again.blobs.count - made.blobs.count);
  });

  it('of which a byte was flipped is refused by the name of its file', async () => {
    const [blob] = await blobFiles(folder);
    for (const file of ['backup.json', 'database.jsonl.gz', 'blobs.jsonl', 'SHA256SUMS', blob!]) {
      const altered = await mkdtemp(join(root, 'altered-'));
      await cp(folder, altered, { recursive: true });
      const name = (await readdir(altered))
        .filter((held) => held !== 'blobs')
        .sort()
        .at(-1)!;
      const path = file === blob ? join(altered, file) : join(altered, name, file);
      const bytes = await readFile(path);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(path, bytes);
      const restoring = restoreBackup(await emptyPlace('embedded'), { folder: altered, progress: SILENT });
      const named = file === 'SHA256SUMS' ? join(altered, name) : path;
      await expect(restoring).rejects.toMatchObject({
        code: 'DIGEST_MISMATCH',
        message: expect.stringContaining(named),
      });
    }
  });

  it('is refused where somebody works already', async () => {
    const place = await emptyPlace('embedded');
    await (await startServer(place)).stop();
    await expect(restoreBackup(place, { folder, progress: SILENT })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('that has expired is refused, and removed with the bytes that no other one holds', async () => {
    folder = join(root, 'expiring');
    const first = await backUp(DAY);
    const later = () => new Date(Date.parse(first.createdAt) + 2 * DAY);
    await expect(
      restoreBackup(await emptyPlace('embedded'), { folder, now: later, progress: SILENT }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(first.expiresAt) });
    const stray = join(folder, 'blobs', 'sha256', '00');
    await mkdir(stray, { recursive: true });
    await writeFile(join(stray, '1'.repeat(62)), 'of an expired backup alone');
    const second = await backUp(30 * DAY, later);
    expect(second.removed).toEqual([first.name]);
    expect(await readdir(stray)).not.toContain('1'.repeat(62));
    expect((await blobFiles(folder)).length).toBe(second.blobs.count);
  });

  it('is made and restored by two commands, for administrators alone', async () => {
    const target = join(root, 'by-command');
    const environment = { HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token };
    const backup = await holotype(['backup', target, '--retain', '8w', '--json'], { environment });
    expect([backup.status, backup.stderr]).toEqual([0, '']);
    const { createdAt, expiresAt, blobs } = JSON.parse(backup.stdout);
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(56 * DAY);
    const dataDir = await mkdtemp(join(root, 'data-'));
    const restored = await holotype(['restore', target, '--data-dir', dataDir, '--json']);
    expect([restored.status, restored.stderr]).toEqual([0, '']);
    expect(JSON.parse(restored.stdout).blobs).toEqual(blobs);
    const refused = await holotype(['backup', join(root, 'refused')], {
      environment: { ...environment, HOLOTYPE_TOKEN: reader },
    });
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('FORBIDDEN')]);
    for (const path of ['/backup/database', '/backup/blobs', `/backup/blobs/${'0'.repeat(64)}`])
      expect((await house.fetch(path, { token: reader })).status).toBe(403);
  });

  it('older than a withdrawal is restored without what was withdrawn since, in the database and in bytes', async () => {
    const place = join(root, 'before-withdrawal');
    const before = await makeBackup(
      { server: house.url, token: house.token },
      { folder: place, retainMilliseconds: DAY, progress: SILENT },
    );
    const { dataset } = await house.ask(
      '{ dataset(slug: "plots") { images { nodes { imageId name digest } } } }',
    );
    const [gone, stays] = dataset.images.nodes;
    const feed = join(root, 'feed.jsonl');
    await writeFile(
      feed,
      `${JSON.stringify({ at: '2099-01-01', id: gone.imageId, reason: 'CONSENT_WITHDRAWN' })}\n`,
    );
    const dataDir = await mkdtemp(join(root, 'data-'));
    const { status, stdout, stderr } = await holotype(
      ['restore', place, '--data-dir', dataDir, '--withdrawals', `plots=${feed}`, '--json'],
      { environment: { HOLOTYPE_TOKEN: house.token } },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ name: before.name, withdrawn: 1 });
    const server = await startServer(
      readConfiguration({ port: '0', dataDir }, { HOLOTYPE_LOG_LEVEL: 'fatal' }),
    );
    stops.push(() => server.stop());
    const calls = callsTo(server, house.token);
    expect((await calls.fetch(`/blobs/sha256/${gone.digest}`)).status).not.toBe(200);
    expect((await calls.fetch(`/blobs/sha256/${stays.digest}`)).status).toBe(200);
    expect(await server.services.blobs.stat(gone.digest)).toBeNull();
    const after = await calls.ask('{ dataset(slug: "plots") { images { nodes { imageId } } } }');
    expect(after.dataset.images.nodes).not.toContainEqual({ imageId: gone.imageId });
  });

  const inServer = () => ('server' in template ? template.server : '');

  async function serveRestored(place: Configuration, from: string, name: string): Promise<RunningServer> {
    await restoreBackup(place, { folder: from, name, progress: SILENT });
    await cp(join(house.folder, 'signing-key.pem'), join(place.dataFolder, 'signing-key.pem'));
    const server = await startServer(place);
    stops.push(() => server.stop());
    return server;
  }

  async function expectTheSame(restored: RunningServer): Promise<void> {
    const calls = callsTo(restored, house.token);
    for (const path of await addresses()) {
      const [before, after] = [await house.fetch(path), await calls.fetch(path)];
      expect([path, before.status]).toEqual([path, 200]);
      expect([path, after.status]).toEqual([path, 200]);
      const [was, is] = [await before.arrayBuffer(), await after.arrayBuffer()];
      expect([path, Buffer.from(is).equals(Buffer.from(was))]).toEqual([path, true]);
      expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    }
    const document = `{ datasets { nodes { id slug revision snapshots { nodes { id digest tags } }
      splits { nodes { id name digest } }
      images { nodes { id imageId name since digest annotations { id annotator label seconds } acquisition { subject } } } } } }`;
    expect(await calls.ask(document)).toEqual(await house.ask(document));
    const who = '{ viewer { name } }';
    expect(await calls.ask(who, {}, reader)).toEqual(await house.ask(who, {}, reader));
    const { verifyAuditChain: chain } = await calls.ask('{ verifyAuditChain { intact eventCount } }');
    expect(chain).toMatchObject({ intact: true });
  }

  /** Every address under which a byte of the snapshot can be had. */
  async function addresses(): Promise<string[]> {
    const { db } = house.services;
    const named: { name: string }[] = await db.query('SELECT name FROM snapshot_file WHERE snapshot = $1', [
      digest,
    ]);
    const stored: { digest: string }[] = await db.query('SELECT digest FROM image');
    const { snapshot } = await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { renderings { files { address } } } }',
      { digest },
    );
    const rendered = snapshot.renderings.flatMap(({ files }: { files: { address: string }[] }) =>
      files.map(({ address }) => new URL(address, house.url).pathname),
    );
    const manifest = await house.fetch(`/snapshots/${digest}/manifest-00000.jsonl`);
    const [first] = (await manifest.text()).split('\n');
    expect(named.length).toBeGreaterThan(0);
    expect(rendered.length).toBeGreaterThan(1);
    return [
      ...['', '/attestations', ...named.map(({ name }) => `/${name}`)].map(
        (path) => `/snapshots/${digest}${path}`,
      ),
      ...stored.flatMap(({ digest: held }) => `/blobs/sha256/${held}`),
      `/snapshots/${digest}/proofs/${JSON.parse(first!).id}`,
      '/datasets/plots/splits/halves',
      '/datasets/plots/tags/v1',
      '/keys',
      ...rendered,
    ];
  }
});

async function blobFiles(folder: string): Promise<string[]> {
  const held = await readdir(join(folder, 'blobs'), { recursive: true });
  return held.filter((name) => /[0-9a-f]{62}$/.test(name)).map((name) => join('blobs', name));
}

async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
