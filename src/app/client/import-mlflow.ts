import { stat } from 'node:fs/promises';
import { type MlflowOptions, type MlflowReport, planMlflowRuns } from '../../interchange/mlflow-report.ts';
import type { MlflowExport } from '../../interchange/mlflow-run.ts';
import { readMlflowSearch } from '../../interchange/mlflow-search.ts';
import { isOfMlflowStore, readMlflowStore } from '../../interchange/mlflow-store.codec.ts';
import { DomainError, type ErrorCode, isDomainError, type Reason } from '../../kernel/errors.ts';
import { checkTrainingRun, type NamedText, type TrainingRunReport } from '../../runs/training-run.ts';
import { parseSnapshotHeader, type SnapshotHeader, snapshotDigest } from '../../snapshots/snapshot-header.ts';
import { exists } from './exists.ts';
import { persistently, send } from './graphql.ts';
import { bodyOf, get, type ServerAccess } from './http.ts';
import type { Progress, RefusedItem } from './import-report.ts';
import { readText } from './read-text.ts';
import { resolveReference } from './resolve-reference.ts';
import { walkFolder } from './walk-folder.ts';

export interface MlflowImport extends MlflowOptions {
  /** A folder `mlruns`, or the JSON of `runs/search`. */
  readonly path: string;
  /** Reference of the snapshot of runs that logged none; null: such runs are refused. */
  readonly snapshot: string | null;
  /** Whether nothing is sent where anything is refused. */
  readonly strict: boolean;
  readonly progress: Progress;
}

/** What `holotype runs import-mlflow --json` prints. */
export interface MlflowImportReport {
  readonly format: 'file store' | 'runs/search';
  /** Runs in the export that could be read. */
  readonly found: number;
  taken: number;
  /** Sent before under the same key, `mlflow:RUN_ID`, with the same words. */
  alreadyThere: number;
  /** Digests of the snapshots that the runs taken are on. */
  snapshots: string[];
  /** What each metric of MLflow became. */
  readonly metrics: readonly { readonly metric: string; readonly part: string; readonly name: string }[];
  readonly notes: readonly string[];
  /** `file`: id of the run. */
  readonly refused: RefusedItem[];
}

/** Reports the runs of an MLflow export on the snapshots that they were trained on. */
export async function importMlflow(access: ServerAccess, wish: MlflowImport): Promise<MlflowImportReport> {
  const { format, ...held } = await readExport(wish.path);
  const { reports, refused } = planMlflowRuns(held.runs, wish);
  const report: MlflowImportReport = {
    format,
    found: held.runs.length,
    taken: 0,
    alreadyThere: 0,
    snapshots: [],
    metrics: namesOf(reports),
    notes: notesOf(held, reports),
    refused: [...held.refused, ...refused].map(({ run, field, code, message }) => ({
      file: run,
      ...(field === null ? {} : { field }),
      code,
      message,
    })),
  };
  const ready = await checked(access, reports, wish.snapshot, report);
  if (wish.strict && report.refused.length > 0) return report;
  wish.progress.start('runs', ready.length);
  try {
    for (const { snapshot, told } of ready) {
      const isTaken = await refusing(report, told.key!, () => post(access, snapshot, told, report));
      if (isTaken && !report.snapshots.includes(snapshot)) report.snapshots.push(snapshot);
      if (!isTaken && wish.strict) break;
      wish.progress.advance(1);
    }
  } finally {
    wish.progress.stop();
  }
  return report;
}

async function readExport(path: string): Promise<MlflowExport & Pick<MlflowImportReport, 'format'>> {
  if (!(await exists(path))) throw new DomainError('BAD_INPUT', `${path} is not there.`);
  if (!(await stat(path)).isDirectory())
    return { format: 'runs/search', ...readMlflowSearch(await readText(path)) };
  const files = new Map<string, string>();
  for (const file of await walkFolder(path))
    if (isOfMlflowStore(file.name)) files.set(file.name, await readText(file.path));
  return { format: 'file store', ...readMlflowStore(files) };
}

interface Ready {
  /** `sha256:HEX`. */
  readonly snapshot: string;
  readonly told: TrainingRunReport;
}

/** The reports that their snapshot can carry; what is wrong with others is refused, before anything is sent. */
async function checked(
  access: ServerAccess,
  reports: readonly MlflowReport[],
  otherwise: string | null,
  to: MlflowImportReport,
): Promise<Ready[]> {
  const snapshots = new Map<string, Promise<{ digest: string; header: SnapshotHeader }>>();
  const snapshotOf = (name: string) => {
    const known = snapshots.get(name) ?? findSnapshot(access, name);
    snapshots.set(name, known);
    return known;
  };
  const fallback = otherwise === null ? null : await resolveReference(access, otherwise);
  const ready: Ready[] = [];
  for (const { snapshot, report: told } of reports)
    await refusing(to, told.key!, async () => {
      const name = snapshot ?? fallback;
      if (name === null)
        throw fault('inputs', 'NOT_FOUND', 'the run logged no snapshot; say --snapshot, of which it was.');
      const { digest, header } = await snapshotOf(name);
      checkTrainingRun(told, header.splits);
      ready.push({ snapshot: digest, told });
    });
  return ready;
}

/** By its digest or the beginning of it, which the server sends on to the one that it can be. A server that does not answer stays UNAVAILABLE. */
async function findSnapshot(access: ServerAccess, name: string) {
  const bytes = await persistently(access, async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bodyOf(await get(access, `/snapshots/${name}`))) chunks.push(chunk);
    return Buffer.concat(chunks);
  }).catch((error: unknown) => {
    if (!isDomainError(error) || error.code !== 'PIN_UNREACHABLE') throw error;
    throw fault('inputs', 'NOT_FOUND', `no snapshot known to this token begins with ${name}, or several do.`);
  });
  const digest = snapshotDigest(bytes);
  if (!digest.startsWith(`sha256:${name.replace(/^sha256:/, '')}`))
    throw new DomainError('PIN_MISMATCH', `${access.server} answered for ${name} with ${digest}.`);
  return { digest, header: parseSnapshotHeader(bytes) };
}

/** Refuses the run, and says at which fields, where the work does; tells whether it did not. */
async function refusing(
  report: MlflowImportReport,
  key: string,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!isDomainError(error) || ['UNAVAILABLE', 'UNAUTHENTICATED', 'FORBIDDEN'].includes(error.code))
      throw error;
    const file = key.slice('mlflow:'.length);
    const reasons =
      error.reasons.length > 0 ? error.reasons : [{ ...error, message: error.message, path: [] }];
    for (const { path, code, message } of reasons)
      report.refused.push({ file, ...(path.length > 0 ? { field: path.join('/') } : {}), code, message });
    return false;
  }
}

const fault = (field: string, code: ErrorCode, message: string) =>
  new DomainError(code, message, [{ path: [field], code, message }]);

/** Sent twice it is one run; 409 where another report stands under the key. */
async function post(
  access: ServerAccess,
  snapshot: string,
  told: TrainingRunReport,
  report: MlflowImportReport,
): Promise<void> {
  const members = (texts: readonly NamedText[]) =>
    Object.fromEntries(texts.map(({ name, value }) => [name, value]));
  const body = JSON.stringify({
    snapshot,
    ...told,
    libraries: members(told.libraries),
    hyperparameters: members(told.hyperparameters),
    hardware: members(told.hardware),
  });
  const response = await persistently(access, () =>
    send(access, '/runs', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
  );
  if (response.ok) {
    await response.body?.cancel();
    if (response.status === 201) report.taken++;
    else report.alreadyThere++;
    return;
  }
  const problem = (await response.json().catch(() => ({}))) as {
    code?: ErrorCode;
    detail?: string;
    reasons?: Reason[];
  };
  throw new DomainError(
    problem.code ?? 'BAD_INPUT',
    problem.detail ?? `${access.server} answered ${response.status}.`,
    problem.reasons,
  );
}

function namesOf(reports: readonly MlflowReport[]): MlflowImportReport['metrics'] {
  const all = reports.flatMap(({ metrics }) => metrics);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function notesOf({ isCut }: MlflowExport, reports: readonly MlflowReport[]): string[] {
  const unnamed = reports.filter(({ isModelOfName }) => isModelOfName).length;
  const leftOut = reports.reduce((sum, report) => sum + report.leftOut, 0);
  return [
    ...(isCut
      ? ['The answer has a next_page_token: the server holds further runs, which are not in the file.']
      : []),
    ...(unnamed > 0
      ? [
          `${unnamed} runs have no parameter "model"; their names stand for it. Where these differ from run to run, say --map model=params.NAME.`,
        ]
      : []),
    ...(leftOut > 0 ? [`${leftOut} system metrics measure the machine, and are left out.`] : []),
  ];
}
