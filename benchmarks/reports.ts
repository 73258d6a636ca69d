import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { requestOfDataset } from '../src/bias/ask-report.usecase.ts';
import type { ReportKind } from '../src/bias/bias-counts.ts';
import { makeReports } from '../src/bias/make-reports.usecase.ts';
import { visibleDataset } from '../src/catalogue/dataset.store.ts';
import type { Context } from '../src/platform/context.ts';
import { type BenchServer, type DatabaseKind, withServer } from './bench-server.ts';
import { fillDataset } from './fill-dataset.ts';
import { GROUPED_SCANS } from './grouped-scans.ts';
import { type Benchmark, median, type Result, seconds, timed } from './result.ts';

const IMAGES = 1_000_000;
const UNITS = 200_000;
const RUNS = 3;
const REPORT_BUDGET = { rule: 'AT_MOST', limit: 1.5 } as const;

/** Each report of a million images, five annotations each, against its grouped scan; others ask meanwhile. */
export const reports: Benchmark = async (scale, databases) => {
  const results: Result[] = [];
  for (const kind of databases) {
    const made = await withServer(kind, (server) => measure(server, kind, scale));
    if ('unavailable' in made) results.push({ subject: `reports, ${kind}`, skipped: made.unavailable });
    else results.push(...made);
  }
  return results;
};

async function measure(server: BenchServer, kind: DatabaseKind, scale: number): Promise<Result[]> {
  const id = await fillDataset(server, {
    slug: 'bench',
    images: Math.round(IMAGES * scale),
    units: Math.max(1, Math.round(UNITS * scale)),
  });
  return [await splitting(server, kind), ...(await againstScans(server, kind, id))];
}

async function againstScans(server: BenchServer, kind: DatabaseKind, id: string): Promise<Result[]> {
  const context = await administrator(server, id);
  const dataset = await visibleDataset(context, 'bench');
  const results: Result[] = [];
  for (const [name, scans] of Object.entries(GROUPED_SCANS)) {
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
      const grouped = async () => {
        for (const scan of scans) await server.services.db.query(scan, [id, 2]);
      };
      times.scan.push((await timed(grouped)).time);
    }
    const [report, plain] = [median(times.report), median(times.scan)];
    results.push({
      subject: `${name.toLowerCase()} report, ${kind}`,
      measured: `${seconds(report)}, others wait ${seconds(median(waits))}, at most ${seconds(Math.max(...waits))}`,
      baseline: `${seconds(plain)} grouped scan`,
      ratio: report / plain,
      budget: REPORT_BUDGET,
    });
    // The whole takes twenty minutes: what is known is told.
    console.error(`${name}: ${seconds(report)} against ${seconds(plain)}, ${(report / plain).toFixed(2)}`);
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
  const tokenScopes = ['READ', 'WRITE', 'ADMINISTER'] as const;
  const actor = { principalId: id, name, grants, tokenScopes, datasets: null, tokenId: null };
  return { ...services, actor, origin: 'http://localhost', requestId: randomUUID(), decisions: new Set() };
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
