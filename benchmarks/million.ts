import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { requestOfDataset } from '../src/bias/ask-report.usecase.ts';
import type { ReportKind } from '../src/bias/bias-counts.ts';
import { makeReports } from '../src/bias/make-reports.usecase.ts';
import { visibleDataset } from '../src/catalogue/dataset.store.ts';
import type { Context } from '../src/platform/context.ts';
import { type BenchServer, DATABASES, type DatabaseKind, withServer } from './bench-server.ts';
import { fillDataset } from './fill-dataset.ts';
import { GROUPED_SCANS, SNAPSHOT_ROWS } from './grouped-scans.ts';
import { type Benchmark, median, type Result, seconds, timed } from './result.ts';

const IMAGES = 200_000;
const UNITS = 40_000;
const ANNOTATIONS_AN_IMAGE = 5;
const RUNS = 3;
const REPORT_BUDGET = { rule: 'AT_MOST', limit: 1.5 } as const;
const COPY_BUDGET = { rule: 'AT_LEAST', limit: 0.5 } as const;
const MEMORY_BUDGET = { rule: 'AT_MOST', limit: 1 } as const;
const MEMORY_LIMIT = 300 * 2 ** 20;

/** A million annotations on both databases: reports, a split, a snapshot, and a nested page. */
export const million: Benchmark = async (scale) => {
  const results: Result[] = [];
  for (const kind of DATABASES) {
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
  const split = await splitting(server, kind);
  return [
    ...(await reports(server, kind, id)),
    ...(await publishing(server, kind, id, images)),
    split,
    await nestedPage(server, kind),
  ];
}

async function reports(server: BenchServer, kind: DatabaseKind, id: string): Promise<Result[]> {
  const context = await administrator(server, id);
  const dataset = await visibleDataset(context, 'bench');
  const results: Result[] = [];
  for (const [name, scan] of Object.entries(GROUPED_SCANS)) {
    const asked = name === 'SPLIT' ? { split: 'main' } : {};
    const request = await requestOfDataset(context, dataset, name as ReportKind, asked);
    const times = { report: [] as number[], scan: [] as number[] };
    const waits: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const other = askMeanwhile(server);
      // A name of its own makes it a report of its own: it is computed anew.
      const anew = { ...request, targetNames: [`run ${run}`] };
      times.report.push((await timed(() => makeReports(context, [anew]))).time);
      waits.push(...(await other.stop()));
      times.scan.push((await timed(() => server.services.db.query(scan, [id, 2]))).time);
    }
    const [report, plain] = [median(times.report), median(times.scan)];
    results.push({
      subject: `${name.toLowerCase()} report, ${kind}`,
      measured: `${seconds(report)}, others wait ${seconds(median(waits))}, at most ${seconds(Math.max(...waits))}`,
      baseline: `${seconds(plain)} grouped scan`,
      ratio: report / plain,
      budget: REPORT_BUDGET,
    });
  }
  return results;
}

/** Asks a small question over and over, as a dashboard would, and tells how long each answer took. */
function askMeanwhile(server: BenchServer): { stop(): Promise<number[]> } {
  const waits: number[] = [];
  let asking = true;
  const done = (async () => {
    while (asking) {
      const question = () =>
        server.ask('{ dataset(slug: "bench") { slug images(first: 1) { nodes { name } } } }');
      waits.push((await timed(question)).time);
      await sleep(50);
    }
  })();
  return {
    async stop() {
      asking = false;
      await done;
      return waits;
    },
  };
}

/** As a request of one who may do everything would run. */
async function administrator({ services }: BenchServer, datasetId: string): Promise<Context> {
  const [{ id, name }] = await services.db.query('SELECT id, name FROM principal LIMIT 1');
  const grants = ['instance', `dataset:${datasetId}`].map((scope) => ({
    scope,
    role: 'ADMINISTRATOR' as const,
  }));
  const actor = { principalId: id, name, grants, tokenScopes: ['READ', 'WRITE', 'ADMINISTER'] as const };
  return { ...services, actor, requestId: randomUUID(), decisions: new Set() };
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
function watchMemory(): { stop(): number } {
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

async function splitting(server: BenchServer, kind: DatabaseKind): Promise<Result> {
  const { time } = await timed(() =>
    server.ask(
      `mutation { createSplit(input: { dataset: "bench", name: "main", strategy: GROUPED_STRATIFIED, groupBy: "subject", stratifyBy: "label",
         parts: [{ name: "train", share: "0.7" }, { name: "validation", share: "0.15" }, { name: "test", share: "0.15" }] }) {
         __typename ... on Problem { message } } }`,
    ),
  );
  return {
    subject: `split, grouped and stratified, ${kind}`,
    measured: seconds(time),
    baseline: '',
    ratio: null,
    budget: null,
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
