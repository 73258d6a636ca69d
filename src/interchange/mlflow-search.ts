import { DomainError } from '../kernel/errors.ts';
import { idText, isJsonObject, type JsonObject } from './json-members.ts';
import {
  type MlflowExport,
  type MlflowInput,
  type MlflowRefusal,
  type MlflowRun,
  metricValue,
  millisecondsOf,
} from './mlflow-run.ts';
import { parseJson } from './parse-json.ts';

/**
 * Reads the answer of MLflow's REST `runs/search`, or a list of such answers, one for each page. A run that cannot be read is refused.
 * @throws DomainError MALFORMED_FILE for what is no such answer
 */
export function readMlflowSearch(text: string): MlflowExport {
  const value = parseJson(text);
  const pages = Array.isArray(value) ? value : [value];
  const runs: MlflowRun[] = [];
  const refused: MlflowRefusal[] = [];
  for (const page of pages) {
    if (!isJsonObject(page) || !Array.isArray(page.runs ?? []))
      throw new DomainError(
        'MALFORMED_FILE',
        'The file is no answer of runs/search; its member "runs" must be a list.',
      );
    for (const held of (page.runs ?? []) as unknown[]) {
      const info = isJsonObject(held) && isJsonObject(held.info) ? held.info : {};
      const id = idText(info.run_id) ?? idText(info.run_uuid);
      if (id === null)
        refused.push({
          run: `runs[${runs.length + refused.length}]`,
          field: 'info/run_id',
          code: 'MALFORMED_FILE',
          message: 'has no run_id.',
        });
      else runs.push(readRun(id, info, held as JsonObject, refused));
    }
  }
  const last = pages.at(-1);
  return { runs, refused, isCut: isJsonObject(last) && Boolean(last.next_page_token) };
}

function readRun(id: string, info: JsonObject, held: JsonObject, refused: MlflowRefusal[]): MlflowRun {
  const data = isJsonObject(held.data) ? held.data : {};
  const metrics = new Map<string, number>();
  for (const metric of rowsOf(data.metrics)) {
    const value = metricValue(metric.value);
    if (typeof metric.key !== 'string') continue;
    if (value !== null) metrics.set(metric.key, value);
    else
      refused.push({
        run: id,
        field: `metrics/${metric.key}`,
        code: 'INVALID_VALUE',
        message: `${JSON.stringify(metric.value)} is no number.`,
      });
  }
  return {
    id,
    name: idText(info.run_name),
    status: idText(info.status) ?? 'UNKNOWN',
    isDeleted: info.lifecycle_stage === 'deleted',
    startedAt: millisecondsOf(info.start_time),
    endedAt: millisecondsOf(info.end_time),
    artifactUri: idText(info.artifact_uri),
    params: texts(data.params),
    tags: texts(data.tags),
    metrics,
    inputs: rowsOf(isJsonObject(held.inputs) ? held.inputs.dataset_inputs : []).map(readInput),
  };
}

function readInput(input: JsonObject): MlflowInput {
  const dataset = isJsonObject(input.dataset) ? input.dataset : {};
  return { digest: idText(dataset.digest), tags: texts(input.tags) };
}

function texts(value: unknown): Map<string, string> {
  return new Map(
    rowsOf(value).flatMap(({ key, value: held }) =>
      typeof key === 'string' ? [[key, typeof held === 'string' ? held : String(held ?? '')] as const] : [],
    ),
  );
}

function rowsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
