import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type BenchServer, withServer } from './bench-server.ts';
import { fillDataset } from './fill-dataset.ts';
import { type Benchmark, median, megabytesASecond, type Result } from './result.ts';

const BUDGET = { rule: 'AT_LEAST', limit: 0.7 } as const;
const BLOB_BYTES = 256 * 2 ** 20;
const SHARD_IMAGES = 65_536;
const RUNS = 9;
const run = promisify(execFile);

interface Served {
  readonly subject: string;
  readonly path: string;
  readonly file: string;
}

/** A blob and a shard by GET, against nginx on the same file; curl reads both and throws the bytes away. */
export const streaming: Benchmark = async (scale) => {
  for (const program of ['nginx', 'curl']) {
    const there = await run(program, [program === 'nginx' ? '-v' : '--version']).then(
      () => true,
      () => false,
    );
    if (!there)
      return [{ subject: 'streaming', skipped: `${program} is not installed (apt-get install ${program}).` }];
  }
  const folder = await mkdtemp(join(tmpdir(), 'holotype-nginx-'));
  try {
    const done = await withServer('embedded', (server) => compare(server, folder, scale));
    return 'unavailable' in done ? [{ subject: 'streaming', skipped: done.unavailable }] : done;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function compare(server: BenchServer, folder: string, scale: number): Promise<Result[]> {
  const served = [await storeBlob(server, scale), await publishShard(server, scale)];
  // nginx gives up its rights, so it reads copies that anyone may read.
  await mkdir(join(folder, 'files'));
  await chmod(folder, 0o755);
  for (const [index, { file }] of served.entries()) {
    await copyFile(file, join(folder, 'files', String(index)));
    await chmod(join(folder, 'files', String(index)), 0o644);
  }
  const nginx = await startNginx(folder);
  try {
    const results: Result[] = [];
    for (const [index, { subject, path, file }] of served.entries()) {
      const { size } = await stat(file);
      const ours = () => fetchWithCurl(`${server.url}${path}`, size, server.token);
      const theirs = () => fetchWithCurl(`${nginx.url}/${index}`, size);
      await ours();
      await theirs();
      const times = { ours: [] as number[], theirs: [] as number[] };
      for (let round = 0; round < RUNS; round++) {
        times.ours.push(await ours());
        times.theirs.push(await theirs());
      }
      const [measured, baseline] = [median(times.ours), median(times.theirs)];
      results.push({
        subject: `${subject}, ${(size / 2 ** 20).toFixed(0)} MiB`,
        measured: megabytesASecond(size, measured),
        baseline: megabytesASecond(size, baseline),
        ratio: baseline / measured,
        budget: BUDGET,
      });
    }
    return results;
  } finally {
    await nginx.stop();
  }
}

/** Seconds from the start of the exchange to its last byte. */
async function fetchWithCurl(url: string, size: number, token?: string): Promise<number> {
  const header = token ? ['-H', `authorization: Bearer ${token}`] : [];
  const { stdout } = await run('curl', [
    '-sf',
    '-o',
    '/dev/null',
    '-w',
    '%{size_download} %{time_total}',
    ...header,
    url,
  ]);
  const [bytes, time] = stdout.split(' ').map(Number);
  if (bytes !== size) throw new Error(`${url} gave ${bytes} bytes of ${size}.`);
  return time!;
}

/** Random bytes put under their digest; the image that holds them is written by SQL, for they are no image. */
async function storeBlob(server: BenchServer, scale: number): Promise<Served> {
  const source = join(server.folder, 'random');
  const file = await open(source, 'w');
  for (let left = Math.round(BLOB_BYTES * scale); left > 0; left -= 2 ** 20)
    await file.write(randomBytes(Math.min(left, 2 ** 20)));
  await file.close();
  const { digest } = await server.services.blobs.put(createReadStream(source), {});
  await server.services.db.query(
    `INSERT INTO image (dataset_id, since, image_id, name, digest, pixels)
     VALUES (gen_random_uuid(), 1, gen_random_uuid(), 'blob', $1, 'BYTES')`,
    [digest],
  );
  return { subject: 'blob', path: `/blobs/sha256/${digest}`, file: await pathOf(server, digest) };
}

/** A folder's blob lies where it is lent from. */
const pathOf = (server: BenchServer, digest: string) =>
  server.services.blobs.local(digest, async (path) => path);

async function publishShard(server: BenchServer, scale: number): Promise<Served> {
  const images = Math.max(100, Math.round(SHARD_IMAGES * scale));
  await fillDataset(server, { slug: 'bench', images, units: Math.ceil(images / 5) });
  const { publishSnapshot } = await server.ask(
    `mutation { publishSnapshot(input: { dataset: "bench" }) { __typename ... on Snapshot { digest } ... on Problem { message } } }`,
  );
  const name = 'annotations-00000.jsonl';
  const [{ digest }] = await server.services.db.query(
    'SELECT digest FROM snapshot_file WHERE snapshot = $1 AND name = $2',
    [publishSnapshot.digest, name],
  );
  return {
    subject: 'shard',
    path: `/snapshots/${publishSnapshot.digest}/${name}`,
    file: await pathOf(server, digest),
  };
}

/** nginx with a configuration of its own in a folder of its own, on a free loopback port. */
async function startNginx(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const temporary = places.map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ');
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')}; worker_processes 1;
     events { worker_connections 64; }
     http { access_log off; sendfile on; tcp_nopush on; ${temporary}
       server { listen 127.0.0.1:${port}; root ${join(folder, 'files')}; } }`,
  );
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) break;
    if (tries === 50) throw new Error('nginx did not start.');
    await pause(100);
  }
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
