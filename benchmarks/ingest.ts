import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { typescriptWorker } from '../src/platform/typescript-worker.ts';
import { type BenchServer, createDataset, DATABASES, THREADS, withServer } from './bench-server.ts';
import { type Benchmark, type Result, seconds, timed } from './result.ts';
import { makeSpecimens, type Specimen } from './specimens.ts';

const BUDGET = { rule: 'AT_LEAST', limit: 0.8 } as const;
const JPEGS = 150;
const TIFFS = 20;
/** Images decoded before the clock starts, so that neither side pays for compilation. */
const WARM_UP = 16;
/** As the import client sends them. */
const IMAGES_A_BATCH = 32;
const BATCHES_IN_FLIGHT = 4;
const UPLOADS_IN_FLIGHT = 8;

/** Upload and registration through a whole running server, against a bare loop that does the same with the pixels. */
export const ingest: Benchmark = async (scale) => {
  const folder = await mkdtemp(join(tmpdir(), 'holotype-bench-'));
  try {
    const jpegs = Math.max(8, Math.round(JPEGS * scale));
    const tiffs = Math.max(2, Math.round(TIFFS * scale));
    const made = await makeSpecimens(folder, jpegs + WARM_UP, tiffs);
    const warmUp = made.slice(0, WARM_UP);
    const specimens = spread(made.slice(WARM_UP), tiffs);
    const results: Result[] = [];
    for (const kind of DATABASES) {
      const subject = `ingest of ${specimens.length} images, ${kind}`;
      const served = await withServer(kind, (server) => serve(server, warmUp, specimens));
      if (typeof served === 'object') {
        results.push({ subject, skipped: served.unavailable });
        continue;
      }
      const bare = await bareLoop(warmUp, specimens);
      const rate = (time: number) => `${seconds(time)} (${(specimens.length / time).toFixed(1)} images/s)`;
      results.push({
        subject,
        measured: rate(served),
        baseline: rate(bare),
        ratio: bare / served,
        budget: BUDGET,
      });
    }
    return results;
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** The large ones evenly among the small ones. */
function spread(specimens: readonly Specimen[], last: number): Specimen[] {
  const small = specimens.slice(0, -last);
  const every = Math.ceil(small.length / last);
  return specimens
    .slice(-last)
    .flatMap((large, index) => [...small.slice(index * every, (index + 1) * every), large]);
}

async function serve(server: BenchServer, warmUp: Specimen[], specimens: Specimen[]): Promise<number> {
  await createDataset(server, 'bench');
  await send(server, warmUp);
  return (await timed(() => send(server, specimens))).time;
}

async function send(server: BenchServer, specimens: readonly Specimen[]): Promise<void> {
  const upload = pLimit(UPLOADS_IN_FLIGHT);
  const batch = pLimit(BATCHES_IN_FLIGHT);
  const starts = Array.from(
    { length: Math.ceil(specimens.length / IMAGES_A_BATCH) },
    (_, index) => index * IMAGES_A_BATCH,
  );
  await Promise.all(
    starts.map((start) =>
      batch(async () => {
        const images = specimens.slice(start, start + IMAGES_A_BATCH);
        await Promise.all(images.map(({ digest, bytes }) => upload(() => server.put(digest, bytes))));
        const { registerImages } = await server.ask(
          `mutation ($input: RegisterImagesInput!) { registerImages(input: $input) {
             __typename ... on BulkReport { taken refused { message } } ... on Problem { message } } }`,
          { input: { dataset: 'bench', images: images.map(({ name, digest }) => ({ name, digest })) } },
        );
        if (registerImages.taken !== images.length) throw new Error(JSON.stringify(registerImages));
      }),
    ),
  );
}

async function bareLoop(warmUp: Specimen[], specimens: Specimen[]): Promise<number> {
  const workers = Array.from({ length: THREADS }, () =>
    typescriptWorker(new URL('./bare-loop.worker.ts', import.meta.url), null),
  );
  const answers = () => Promise.all(workers.map((worker) => once(worker, 'message')));
  await answers();
  const run = async (images: Specimen[]) => {
    const job = { paths: images.map(({ path }) => path), next: new SharedArrayBuffer(4) };
    const done = answers();
    for (const worker of workers) worker.postMessage(job);
    await done;
  };
  await run(warmUp);
  const { time } = await timed(() => run(specimens));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return time;
}
