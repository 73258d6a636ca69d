import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchServer, type DatabaseKind, withServer } from './bench-server.ts';
import { fillDataset } from './fill-dataset.ts';
import { SNAPSHOT_ROWS } from './grouped-scans.ts';
import { COPY_BUDGET, MEMORY_BUDGET, MEMORY_LIMIT, watchMemory } from './million.ts';
import { type Benchmark, type Result, seconds, timed } from './result.ts';
import { runCommand } from './run-command.ts';

const IMAGES = 200_000;
const FORMS = ['facts', 'csv', 'parquet', 'coco'] as const;
const HOLOTYPE = resolve(import.meta.dirname, '../bin/holotype.js');

/** A snapshot of images by reference with five annotations each: published, in every tabular form, and pulled. */
export const handingOut: Benchmark = async (scale, databases) => {
  const results: Result[] = [];
  for (const kind of databases) {
    const made = await withServer(kind, (server) => measure(server, kind, Math.round(IMAGES * scale)));
    if ('unavailable' in made) results.push({ subject: `handing out, ${kind}`, skipped: made.unavailable });
    else results.push(...made);
  }
  return results;
};

async function measure(server: BenchServer, kind: DatabaseKind, images: number): Promise<Result[]> {
  const units = Math.max(1, Math.round(images / 5));
  const id = await fillDataset(server, { slug: 'bench', images, units, byReference: true });
  const copy = await timed(async () => {
    for (const sql of SNAPSHOT_ROWS(id)) await server.services.db.query(sql);
  });
  const results: Result[] = [];
  const record = async (what: string, work: () => Promise<unknown>) => {
    const memory = watchMemory();
    const { time } = await timed(work);
    const growth = memory.stop();
    results.push(
      {
        subject: `${what} of ${images} images, ${kind}`,
        measured: seconds(time),
        baseline: `${seconds(copy.time)} COPY`,
        ratio: copy.time / time,
        budget: what === 'publish' ? COPY_BUDGET : null,
      },
      memoryOf(`${what}, ${kind}`, growth),
    );
  };
  let digest = '';
  await record('publish', async () => {
    const { publishSnapshot } = await server.ask(
      `mutation { publishSnapshot(input: { dataset: "bench" }) { __typename ... on Snapshot { digest } ... on Problem { message } } }`,
    );
    digest = publishSnapshot.digest;
  });
  for (const form of FORMS) await record(form, () => render(server, digest, form));
  results.push(...(await pulling(server, kind, digest, images)));
  return results;
}

async function render(server: BenchServer, snapshot: string, format: string): Promise<void> {
  const { orderRendering } = await server.ask(
    `mutation ($input: OrderRenderingInput!) { orderRendering(input: $input) { __typename ... on Rendering { id } ... on Problem { message } } }`,
    { input: { snapshot, format } },
  );
  for (;;) {
    const { rendering } = await server.ask(
      'query ($id: ID!) { rendering(id: $id) { state fault } }',
      orderRendering,
    );
    if (rendering.state === 'DONE') return;
    if (rendering.state === 'FAILED') throw new Error(rendering.fault);
    await sleep(100);
  }
}

async function pulling(
  server: BenchServer,
  kind: DatabaseKind,
  digest: string,
  images: number,
): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'holotype-bench-pull-'));
  const environment = { HOLOTYPE_SERVER: server.url, HOLOTYPE_TOKEN: server.token };
  try {
    const idle = await runCommand('node', [HOLOTYPE, '--help']);
    const { seconds: time, peak } = await runCommand(
      'node',
      [HOLOTYPE, 'pull', digest, join(folder, 'pulled')],
      {
        environment,
      },
    );
    return [
      {
        subject: `pull of ${images} images by reference, ${kind}`,
        measured: seconds(time),
        baseline: '',
        ratio: null,
        budget: null,
      },
      memoryOf(`pull, ${kind}`, peak - idle.peak),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function memoryOf(what: string, growth: number): Result {
  return {
    subject: `memory of ${what}`,
    measured: `+ ${(growth / 2 ** 20).toFixed(0)} MiB RSS`,
    baseline: `${MEMORY_LIMIT / 2 ** 20} MiB allowed`,
    ratio: growth / MEMORY_LIMIT,
    budget: MEMORY_BUDGET,
  };
}
