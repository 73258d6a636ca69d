import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Piscina } from 'piscina';
import { reportOf } from './tables.ts';
import { FULL, QUICK, type Results, type Task, tasksOf, together } from './tasks.ts';

const DOCUMENT = new URL('../docs/simulation.md', import.meta.url);
const [START, END] = ['<!-- written by npm run simulate -->', '<!-- end -->'];

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const threads = availableParallelism();
const pool = new Piscina<Task, Partial<Results>>({
  filename: new URL('./task.worker.ts', import.meta.url).href,
  minThreads: threads,
  maxThreads: threads,
  execArgv: ['--import', loader],
});
const parts = await Promise.all(tasksOf(values.quick ? QUICK : FULL).map((task) => pool.run(task)));
await pool.destroy();
const report = reportOf(together(parts));
console.log(report);

if (values.write) {
  const document = await readFile(DOCUMENT, 'utf8');
  const [from, to] = [document.indexOf(START), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/simulation.md lacks "${START}" and "${END}".`);
  await writeFile(
    DOCUMENT,
    `${document.slice(0, from + START.length)}\n\n${report}\n\n${document.slice(to)}`,
  );
}
