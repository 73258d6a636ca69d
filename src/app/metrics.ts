import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EntityManager } from 'typeorm';
import { ERROR_CODES } from '../kernel/errors.ts';
import type { Services } from '../platform/context.ts';
import { onPoolWait, poolCounts } from '../platform/database-pool.ts';
import { jobCounts } from '../platform/job-counts.ts';
import type { JobQueue } from '../platform/job-queue.ts';
import type { ObservedRequest } from './observe-requests.ts';

export interface ServerMetrics {
  observeRequest(request: ObservedRequest): void;
  observeOperation(operation: { type: string; seconds: number; codes: readonly string[] }): void;
  /** All of it as Prometheus reads it. */
  scrape(): Promise<{ contentType: string; text: string }>;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const POOL_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
/** Codes of GraphQL's and Apollo's own; any other that is not ours either is counted as OTHER. */
const OTHER_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
]);

/** What a running server tells of itself. Every label is of a closed set: a template, a code, a queue's name. */
export function serverMetrics(services: Services, openRequests: () => number): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Histogram({
    ...{ name: 'holotype_http_request_duration_seconds', help: 'From the request to the end of its answer.' },
    ...{ labelNames, buckets: SECONDS, registers },
  });
  const bytes = new Counter({
    ...{ name: 'holotype_http_bytes_total', help: 'What passed over connections, head and body.' },
    ...{ labelNames: ['route', 'direction'] as const, registers },
  });
  const operations = new Histogram({
    ...{ name: 'holotype_graphql_operation_duration_seconds', help: 'Of a GraphQL document as a whole.' },
    ...{ labelNames: ['type', 'outcome'] as const, buckets: SECONDS, registers },
  });
  const errors = new Counter({
    ...{ name: 'holotype_graphql_errors_total', help: 'Errors of GraphQL answers by code (docs/errors.md).' },
    ...{ labelNames: ['code'] as const, registers },
  });
  const poolWait = new Histogram({
    ...{ name: 'holotype_database_pool_wait_seconds', help: 'How long a statement waited for a connection.' },
    ...{ buckets: POOL_SECONDS, registers },
  });
  onPoolWait(services.db.dataSource, (seconds) => poolWait.observe(seconds));
  gauges(services, openRequests, registers);
  return {
    observeRequest({ method, route, status, seconds, bytesIn, bytesOut }) {
      requests.observe({ method, route, status }, seconds);
      bytes.inc({ route, direction: 'in' }, bytesIn);
      bytes.inc({ route, direction: 'out' }, bytesOut);
    },
    observeOperation({ type, seconds, codes }) {
      operations.observe({ type, outcome: codes.length > 0 ? 'error' : 'ok' }, seconds);
      for (const code of codes) errors.inc({ code: isKnown(code) ? code : 'OTHER' });
    },
    scrape: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

function isKnown(code: string): boolean {
  return code in ERROR_CODES || OTHER_CODES.has(code);
}

/** What is looked up when it is asked for. */
function gauges({ db, jobs, software }: Services, openRequests: () => number, registers: Registry[]): void {
  const { holotype: version = 'unknown', node = 'unknown' } = software;
  new Gauge({
    ...{ name: 'holotype_build_info', help: 'Which software runs; always 1.' },
    ...{ labelNames: ['version', 'node'] as const, registers },
  }).set({ version, node }, 1);
  new Gauge({
    ...{ name: 'holotype_http_open_requests', help: 'Requests whose answer has not ended.', registers },
    collect() {
      this.set(openRequests());
    },
  });
  new Gauge({
    ...{ name: 'holotype_database_pool_connections', help: 'Connections to the database, and who waits.' },
    ...{ labelNames: ['state'] as const, registers },
    collect() {
      const { total, idle, waiting } = poolCounts(db.dataSource);
      this.set({ state: 'used' }, total - idle);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  jobGauges(db, jobs, registers);
}

function jobGauges(db: EntityManager, jobs: JobQueue, registers: Registry[]): void {
  const seen = new Map<string, { readonly oldest: string; readonly at: number }>();
  const queues = { labelNames: ['queue'] as const, registers };
  const age = new Gauge({
    ...{ name: 'holotype_job_oldest_seconds', ...queues },
    help: 'For how long this server has seen the oldest job of the queue there; its age is no less.',
  });
  new Gauge({
    ...{ name: 'holotype_jobs', help: 'Jobs in the database: waiting, running, or to be tried again.' },
    ...{ labelNames: ['queue', 'state'] as const, registers },
    async collect() {
      this.reset();
      age.reset();
      const found = await jobCounts(db);
      for (const queue of seen.keys())
        if (!found.some((counts) => counts.queue === queue)) seen.delete(queue);
      for (const { queue, oldest, ...counts } of found) {
        for (const [state, count] of Object.entries(counts)) this.set({ queue, state }, count);
        const since = seen.get(queue);
        const at = since?.oldest === oldest ? since.at : performance.now();
        seen.set(queue, { oldest, at });
        age.set({ queue }, (performance.now() - at) / 1e3);
      }
    },
  });
  new Counter({
    ...{
      name: 'holotype_job_failures_total',
      help: 'Attempts at jobs that failed on this server.',
      ...queues,
    },
    collect() {
      this.reset();
      for (const [queue, count] of jobs.failures) this.inc({ queue }, count);
    },
  });
}
