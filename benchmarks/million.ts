import { type BenchServer, type DatabaseKind, withServer } from './bench-server.ts';
import { fillDataset } from './fill-dataset.ts';
import { SNAPSHOT_ROWS } from './grouped-scans.ts';
import { type Benchmark, median, type Result, seconds, timed } from './result.ts';

const IMAGES = 200_000;
const UNITS = 40_000;
const ANNOTATIONS_AN_IMAGE = 5;
const RUNS = 3;
export const COPY_BUDGET = { rule: 'AT_LEAST', limit: 0.5 } as const;
export const MEMORY_BUDGET = { rule: 'AT_MOST', limit: 1 } as const;
export const MEMORY_LIMIT = 300 * 2 ** 20;

/** A million annotations on both databases: a snapshot and a nested page. */
export const million: Benchmark = async (scale, databases) => {
  const results: Result[] = [];
  for (const kind of databases) {
    const made = await withServer(kind, (server) => measure(server, kind, scale));
    if ('unavailable' in made) results.push({ subject: `million, ${kind}`, skipped: made.unavailable });
    else results.push(...made);
  }
  return results;
};

async function measure(server: BenchServer, kind: DatabaseKind, scale: number): Promise<Result[]> {
  const images = Math.round(IMAGES * scale);
  const id = await fillDataset(server, {
    slug: 'bench',
    images,
    units: Math.max(1, Math.round(UNITS * scale)),
  });
  return [...(await publishing(server, kind, id, images)), await nestedPage(server, kind)];
}

async function publishing(
  server: BenchServer,
  kind: DatabaseKind,
  id: string,
  images: number,
): Promise<Result[]> {
  const memory = watchMemory();
  const { time } = await timed(() =>
    server.ask(
      `mutation { publishSnapshot(input: { dataset: "bench" }) { __typename ... on Snapshot { digest } ... on Problem { message } } }`,
    ),
  );
  const growth = memory.stop();
  const copies: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const copied = await timed(async () => {
      for (const sql of SNAPSHOT_ROWS(id)) await server.services.db.query(sql);
    });
    copies.push(copied.time);
  }
  const copy = median(copies);
  return [
    {
      subject: `publish ${images} images, ${images * ANNOTATIONS_AN_IMAGE} annotations, ${kind}`,
      measured: seconds(time),
      baseline: `${seconds(copy)} COPY`,
      ratio: copy / time,
      budget: COPY_BUDGET,
    },
    {
      subject: `memory while publishing, ${kind}`,
      measured: `+ ${(growth / 2 ** 20).toFixed(0)} MiB RSS`,
      baseline: `${MEMORY_LIMIT / 2 ** 20} MiB allowed`,
      ratio: growth / MEMORY_LIMIT,
      budget: MEMORY_BUDGET,
    },
  ];
}

/** Largest growth of the resident set of this process, which runs the server (and the embedded database). */
export function watchMemory(): { stop(): number } {
  const start = process.memoryUsage.rss();
  let peak = start;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 20);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak - start;
    },
  };
}

async function nestedPage(server: BenchServer, kind: DatabaseKind): Promise<Result> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const page = () =>
      server.ask(
        `{ dataset(slug: "bench") { images(first: 100) { nodes { name acquisition { unit values { name value } } facts { mediaType }
           annotations { id annotator label } } pageInfo { hasNextPage } } } }`,
      );
    times.push((await timed(page)).time);
  }
  return {
    subject: `page of 100 images with annotations, ${kind}`,
    measured: seconds(median(times)),
    baseline: '',
    ratio: null,
    budget: null,
  };
}
