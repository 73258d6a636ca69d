import { parse, YAMLParseError } from 'yaml';
import { DomainError, isDomainError } from '../kernel/errors.ts';
import { idText, isJsonObject, type JsonObject } from './json-members.ts';
import {
  type MlflowExport,
  type MlflowInput,
  type MlflowRefusal,
  type MlflowRun,
  metricValue,
  millisecondsOf,
} from './mlflow-run.ts';

/** RunStatus of MLflow's service.proto. */
const STATUS: Readonly<Record<string, string>> = {
  1: 'RUNNING',
  2: 'SCHEDULED',
  3: 'FINISHED',
  4: 'FAILED',
  5: 'KILLED',
};
const META = /(?:^|\/)meta\.yaml$/;

/** Whether a file of the store says anything of a run; artifacts and models may be of any size and are not read. */
export function isOfMlflowStore(path: string): boolean {
  if (/(?:^|\/)artifacts\//.test(path)) return false;
  return META.test(path) || /^(?:[^/]+\/){0,2}(?:params|metrics|tags)\/./.test(path);
}

/**
 * Reads MLflow's file store (`mlruns`), one experiment of it, or one run: EXPERIMENT/RUN with `meta.yaml`, `params/`, `metrics/` (a line a step: milliseconds,
 * value, step), `tags/` and `inputs/`, and EXPERIMENT/datasets. `files`: text by path below the folder. A run that cannot be read is refused.
 * @throws DomainError MALFORMED_FILE where there is no run
 */
export function readMlflowStore(files: ReadonlyMap<string, string>): MlflowExport {
  const refused: MlflowRefusal[] = [];
  const metas = new Map<string, JsonObject>();
  for (const [path, text] of files)
    if (META.test(path)) {
      const meta = readMeta(path, text, refused);
      if (meta !== null) metas.set(path.replace(META, ''), meta);
    }
  const runs = [...metas].flatMap(([folder, meta]) => {
    const id = idText(meta.run_id) ?? idText(meta.run_uuid);
    return id === null ? [] : [readRun(id, folder, meta, { files, metas, refused })];
  });
  if (runs.length === 0 && refused.length === 0)
    throw new DomainError(
      'MALFORMED_FILE',
      'The folder holds no run of MLflow: a run is a folder whose meta.yaml has a run_id.',
    );
  return { runs, refused, isCut: false };
}

interface Store {
  readonly files: ReadonlyMap<string, string>;
  readonly metas: ReadonlyMap<string, JsonObject>;
  readonly refused: MlflowRefusal[];
}

function readRun(id: string, folder: string, meta: JsonObject, store: Store): MlflowRun {
  const tags = filesBelow(store.files, folder, 'tags');
  return {
    id,
    name: idText(meta.run_name) ?? tags.get('mlflow.runName') ?? null,
    status: STATUS[String(meta.status)] ?? String(meta.status ?? 'UNKNOWN'),
    isDeleted: meta.lifecycle_stage === 'deleted',
    startedAt: millisecondsOf(meta.start_time),
    endedAt: millisecondsOf(meta.end_time),
    artifactUri: idText(meta.artifact_uri),
    params: filesBelow(store.files, folder, 'params'),
    tags,
    metrics: readMetrics(id, filesBelow(store.files, folder, 'metrics'), store.refused),
    inputs: readInputs(folder, store.metas),
  };
}

/** The text of each file of a kind, by its path below: names of MLflow may hold a slash. */
function filesBelow(files: ReadonlyMap<string, string>, folder: string, kind: string): Map<string, string> {
  const start = `${folder === '' ? '' : `${folder}/`}${kind}/`;
  return new Map(
    [...files].flatMap(([path, text]) =>
      path.startsWith(start) ? [[path.slice(start.length), text] as const] : [],
    ),
  );
}

/** The last by step, then by time, then the largest: MLflow's own order. */
function readMetrics(
  run: string,
  files: ReadonlyMap<string, string>,
  refused: MlflowRefusal[],
): Map<string, number> {
  const metrics = new Map<string, number>();
  for (const [name, text] of files) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const points = lines.map((line) => {
      const [time, value, step = '0'] = line.trim().split(/\s+/);
      return { time: Number(time), value: metricValue(value), step: Number(step) };
    });
    const fault = points.findIndex(
      ({ time, value, step }) => value === null || !Number.isFinite(time) || !Number.isFinite(step),
    );
    if (points.length === 0 || fault >= 0)
      refused.push({
        run,
        field: `metrics/${name}`,
        code: 'MALFORMED_FILE',
        message:
          points.length === 0
            ? 'the file is empty.'
            : `line ${fault + 1} is not "milliseconds value step": ${lines[fault]!.slice(0, 80)}`,
      });
    else {
      points.sort((a, b) => a.step - b.step || a.time - b.time || a.value! - b.value!);
      metrics.set(name, points.at(-1)!.value!);
    }
  }
  return metrics;
}

function readInputs(folder: string, metas: ReadonlyMap<string, JsonObject>): MlflowInput[] {
  const experiment = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/') + 1) : '';
  const start = `${folder === '' ? '' : `${folder}/`}inputs/`;
  return [...metas].flatMap(([path, input]) => {
    if (!path.startsWith(start) || input.source_type !== 'DATASET') return [];
    const dataset = metas.get(`${experiment}datasets/${idText(input.source_id)}`);
    const tags = isJsonObject(input.tags) ? Object.entries(input.tags) : [];
    return [
      {
        digest: idText(dataset?.digest),
        tags: new Map(tags.map(([name, value]) => [name, String(value)])),
      },
    ];
  });
}

/**
 * Every scalar is text: another YAML than the one that wrote takes a digest such as 12e3 for a number. What is null has no member.
 * Null, and refused, for what is no YAML of names and values. */
function readMeta(path: string, text: string, refused: MlflowRefusal[]): JsonObject | null {
  try {
    const meta: unknown = parse(text, { schema: 'failsafe' });
    if (isJsonObject(meta))
      return Object.fromEntries(Object.entries(meta).filter(([, held]) => held !== 'null' && held !== ''));
    throw new DomainError('MALFORMED_FILE', 'holds no names and values.');
  } catch (error) {
    if (!(error instanceof YAMLParseError) && !(error instanceof ReferenceError) && !isDomainError(error))
      throw error;
    const message = error.message.split('\n')[0]!;
    refused.push({ run: path, field: null, code: 'MALFORMED_FILE', message });
    return null;
  }
}
