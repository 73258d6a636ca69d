import { listRuns as everyRun, type ListedRun } from '../client/list-runs.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson, printTable } from './print.ts';

/** Prints the runs on a dataset or on one of its snapshots, oldest first. */
export async function listRuns(reference: string, options: AccessOptions): Promise<void> {
  const runs: ListedRun[] = [];
  for await (const run of everyRun(await accessOf(options), reference)) runs.push(run);
  if (options.json) return printJson(runs);
  if (runs.length === 0) return print(`No run is reported on ${reference}.`);
  printTable(['run', 'snapshot', 'model', 'split', 'fold', 'repeat', 'seed', 'metrics'], runs.map(cells));
}

function cells(run: ListedRun): string[] {
  const measured = run.metrics.map(({ part, name, value }) => `${part} ${name} ${value}`).join(', ');
  const withdrawn = run.withdrawnReason === null ? [] : [`withdrawn: ${run.withdrawnReason}`];
  return [
    run.key ?? run.id,
    run.snapshot.slice(0, 'sha256:'.length + 12),
    run.model,
    ...[run.split, run.fold, run.repeat, run.seed].map((said) => (said === null ? '' : String(said))),
    [...withdrawn, measured].join('; '),
  ];
}
