import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type BenchServer, createDataset, withServer } from './bench-server.ts';
import { type Benchmark, type Result, seconds } from './result.ts';
import { runCommand } from './run-command.ts';

const FILES = 100_000;
const FILE_BYTES = 2_000;
const HOLOTYPE = resolve(import.meta.dirname, '../bin/holotype.js');
/** HOLOTYPE_BENCH_DVC: the command `dvc` (`pip install dvc`), to be measured beside. */
const DVC = process.env.HOLOTYPE_BENCH_DVC;

/** Many small images pulled from a server and proved, beside `dvc add` and `dvc push` of the same files to a folder on the same disk. */
export const smallFiles: Benchmark = async (scale) => {
  const files = Math.round(FILES * scale);
  const made = await withServer('PostgreSQL', (server) => measure(server, files));
  return 'unavailable' in made ? [{ subject: 'small files', skipped: made.unavailable }] : made;
};

async function measure(server: BenchServer, files: number): Promise<Result[]> {
  const place = await mkdtemp(join(tmpdir(), 'holotype-bench-files-'));
  try {
    const digest = await publishFiles(server, join(place, 'data'), files);
    const environment = { HOLOTYPE_SERVER: server.url, HOLOTYPE_TOKEN: server.token };
    const pulled = join(place, 'pulled');
    const pull = await runCommand('node', [HOLOTYPE, 'pull', digest, pulled], { environment });
    const verify = await runCommand('node', [HOLOTYPE, 'verify', pulled, digest]);
    const beside = await dvc(place);
    return [
      result(`pull of ${files} files of ${FILE_BYTES} bytes`, pull.seconds, beside),
      result(`verify of ${files} files`, verify.seconds, null),
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function result(subject: string, time: number, beside: number | null): Result {
  return {
    subject,
    measured: seconds(time),
    baseline: beside === null ? '' : `${seconds(beside)} dvc add + push`,
    ratio: beside === null ? null : time / beside,
    budget: beside === null ? null : { rule: 'AT_MOST', limit: 1 },
  };
}

/** Files with bytes of their own, at hand for dvc, in the server's store and in its tables. */
async function publishFiles(server: BenchServer, folder: string, files: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const id = await createDataset(server, 'files');
  const digests: string[] = [];
  for (let index = 0; index < files; index++) {
    const bytes = Buffer.alloc(FILE_BYTES, createHash('sha512').update(String(index)).digest());
    const digest = createHash('sha256').update(bytes).digest('hex');
    digests.push(digest);
    await writeFile(join(folder, `${index}.png`), bytes);
    const blob = join(server.folder, 'blobs', 'sha256', digest.slice(0, 2), digest.slice(2));
    await mkdir(dirname(blob), { recursive: true });
    await writeFile(blob, bytes);
  }
  const { db } = server.services;
  await db.query(
    `INSERT INTO image (dataset_id, since, image_id, name, digest, pixels, media_type, size)
     SELECT $1::uuid, 2, md5('file ' || n)::uuid, 'file-' || n || '.png', digest, 'BYTES', 'image/png', ${FILE_BYTES}
     FROM unnest($2::text[]) WITH ORDINALITY AS given (digest, n)`,
    [id, digests],
  );
  await db.query(
    `INSERT INTO acquisition (dataset_id, since, image_id, unit, unit_known, bucket, declared, restricted, sources)
     SELECT dataset_id, 2, image_id, replace(image_id::text, '-', ''), false, 0, '{}', '{}', '{}' FROM image WHERE dataset_id = $1`,
    [id],
  );
  await db.query(`INSERT INTO revision (dataset_id, number, at, summary) VALUES ($1, 2, now(), 'filled')`, [
    id,
  ]);
  await db.query('UPDATE dataset SET revision = 2 WHERE id = $1', [id]);
  const { publishSnapshot } = await server.ask(
    `mutation { publishSnapshot(input: { dataset: "files" }) { __typename ... on Snapshot { digest } ... on Problem { message } } }`,
  );
  return publishSnapshot.digest;
}

/** Seconds of `dvc add` and `dvc push` to a local remote; null where there is no dvc. */
async function dvc(place: string): Promise<number | null> {
  if (DVC === undefined) return null;
  const steps = [
    ['init', '--no-scm'],
    ['config', 'core.analytics', 'false'],
    ['remote', 'add', '-d', 'local', join(place, 'remote')],
  ];
  for (const step of steps) await runCommand(DVC, step, { cwd: place });
  const add = await runCommand(DVC, ['add', '-q', 'data'], { cwd: place });
  const push = await runCommand(DVC, ['push', '-q'], { cwd: place });
  return add.seconds + push.seconds;
}
