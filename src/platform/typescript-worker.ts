import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const tsx = new URL('dist/esm/api/index.mjs', pathToFileURL(require.resolve('tsx/package.json')));

/**
 * A worker thread whose entry is TypeScript. On Node 20 `--import tsx` in a worker's `execArgv` comes too late for
 * its entry, so the thread starts from one line of JavaScript that registers tsx and then imports the entry.
 */
export function typescriptWorker(
  entry: URL,
  workerData: unknown,
  resourceLimits: ResourceLimits = {},
): Worker {
  const start = `import(${JSON.stringify(tsx.href)}).then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}); })`;
  return new Worker(start, { eval: true, workerData, execArgv: [], resourceLimits });
}
