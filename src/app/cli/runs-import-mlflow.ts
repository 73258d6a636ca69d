import { importMlflow } from '../client/import-mlflow.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';
import { printRefused } from './print-refused.ts';
import { terminalProgress } from './terminal-progress.ts';

interface ImportMlflowOptions extends AccessOptions {
  readonly snapshot?: string;
  readonly map?: ReadonlyMap<string, string>;
  readonly part?: string;
  readonly firstFold: '0' | '1';
  readonly strict?: boolean;
}

/** What is refused by a strict import is exit status 1. */
export async function importMlflowRuns(path: string, options: ImportMlflowOptions): Promise<void> {
  const { snapshot = null, map: mapping = new Map(), part = null, firstFold, strict = false } = options;
  const report = await importMlflow(await accessOf(options), {
    path,
    snapshot,
    mapping,
    part,
    firstFold: firstFold === '0' ? 0 : 1,
    strict,
    progress: terminalProgress(),
  });
  if (options.json) printJson(report);
  else {
    print(`${report.found} runs in MLflow’s ${report.format}`);
    print(`${report.taken} taken, ${report.alreadyThere} already there`);
    for (const digest of report.snapshots) print(`snapshot ${digest}`);
    for (const { metric, part: on, name } of report.metrics) print(`metric   ${metric} is ${name} on ${on}`);
    for (const note of report.notes) print(`note     ${note}`);
    printRefused(report.refused);
  }
  if (!strict || report.refused.length === 0) return;
  process.stderr.write(`holotype: ${report.refused.length} things are refused and the import is strict.\n`);
  process.exitCode = 1;
}
