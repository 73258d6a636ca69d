import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { compiled, packageFolder } from './compiled.js';

const require = createRequire(import.meta.url);

/** What a thread runs: `src/NAME.ts`, compiled where `npm run build` did it. */
export function threadEntry(name: string): URL {
  return compiled(name) ?? pathToFileURL(join(packageFolder, 'src', `${name}.ts`));
}

/**
 * A worker thread whose entry may be TypeScript. On Node 20 `--import tsx` in a worker's `execArgv` comes too late for
 * its entry, so the thread starts from one line of JavaScript that registers tsx and then imports the entry.
 */
export function startThread(entry: URL, workerData: unknown, resourceLimits: ResourceLimits = {}): Worker {
  if (!isTypescript(entry)) return new Worker(entry, { workerData, execArgv: [], resourceLimits });
  const tsx = new URL('dist/esm/api/index.mjs', pathToFileURL(require.resolve('tsx/package.json')));
  const start = `import(${JSON.stringify(tsx.href)}).then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}); })`;
  return new Worker(start, { eval: true, workerData, execArgv: [], resourceLimits });
}

/** What Node needs besides to run this entry in a thread that a library starts. */
export function loaderOf(entry: URL): string[] {
  return isTypescript(entry) ? ['--import', pathToFileURL(require.resolve('tsx')).href] : [];
}

function isTypescript(entry: URL): boolean {
  return entry.pathname.endsWith('.ts');
}
