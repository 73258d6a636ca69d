import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { startThread } from '../src/platform/thread.ts';
import { type BenchServer, createDataset, THREADS, withServer } from './bench-server.ts';
import { type Benchmark, median, type Result, timed } from './result.ts';
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

/** Each with images of its own; server and bare loop take turns, and the middle ratio counts. */
const ROUNDS = 3;

/** Upload and registration through a whole running server, against a bare loop that does the same with the pixels. */
export const ingest: Benchmark = async (scale, databases) => {
  const folder = await mkdtemp(join(tmpdir(), 'holotype-bench-'));
  const bare = await bareLoop();
  try {
    const jpegs = Math.max(8, Math.round(JPEGS * scale));
    const tiffs = Math.max(2, Math.round(TIFFS * scale));
    const made = await makeSpecimens(folder, WARM_UP + ROUNDS * jpegs, ROUNDS * tiffs);
    const warmUp = made.slice(0, WARM_UP);
    const large = made.slice(WARM_UP + ROUNDS * jpegs);
    const rounds = Array.from({ length: ROUNDS }, (_, round) =>
      spread(
        made.slice(WARM_UP + round * jpegs, WARM_UP + (round + 1) * jpegs),
        large.slice(round * tiffs, (round + 1) * tiffs),
      ),
    );
    await bare.run(warmUp);
    const results: Result[] = [];
    for (const kind of databases) {
      const subject = `ingest of ${jpegs} JPEGs and ${tiffs} TIFFs, ${kind}`;
      const times = await withServer(kind, (server) => takeTurns(server, bare, warmUp, rounds));
      results.push(
        'unavailable' in times
          ? { subject, skipped: times.unavailable }
          : compared(subject, jpegs + tiffs, times),
      );
    }
    return results;
  } finally {
    await bare.close();
    await rm(folder, { recursive: true });
  }
};

interface Times {
  readonly served: number;
  readonly bare: number;
}

async function takeTurns(
  server: BenchServer,
  bare: BareLoop,
  warmUp: Specimen[],
  rounds: Specimen[][],
): Promise<Times[]> {
  await createDataset(server, 'bench');
  await send(server, warmUp);
  const times: Times[] = [];
  for (const round of rounds) {
    const { time: served } = await timed(() => send(server, round));
    times.push({ served, bare: (await timed(() => bare.run(round))).time });
  }
  return times;
}

function compared(subject: string, images: number, times: readonly Times[]): Result {
  const middle = median(times.map(({ served, bare }) => bare / served));
  const { served, bare } = times.find((round) => round.bare / round.served === middle)!;
  const rate = (time: number) => `${(images / time).toFixed(1)} images/s`;
  return { subject, measured: rate(served), baseline: `${rate(bare)} bare`, ratio: middle, budget: BUDGET };
}

/** The large ones evenly among the small ones. */
function spread(small: readonly Specimen[], large: readonly Specimen[]): Specimen[] {
  const every = Math.ceil(small.length / large.length);
  return large.flatMap((one, index) => [...small.slice(index * every, (index + 1) * every), one]);
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

interface BareLoop {
  run(images: readonly Specimen[]): Promise<void>;
  close(): Promise<void>;
}

async function bareLoop(): Promise<BareLoop> {
  const workers = Array.from({ length: THREADS }, () =>
    startThread(new URL('./bare-loop.worker.ts', import.meta.url), null),
  );
  const answers = () => Promise.all(workers.map((worker) => once(worker, 'message')));
  await answers();
  return {
    async run(images) {
      const job = { paths: images.map(({ path }) => path), next: new SharedArrayBuffer(4) };
      const done = answers();
      for (const worker of workers) worker.postMessage(job);
      await done;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
