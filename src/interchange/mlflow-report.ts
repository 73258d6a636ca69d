import { DomainError } from '../kernel/errors.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import {
  LONGEST_NAME,
  type NamedText,
  type TrainingRunMetric,
  type TrainingRunReport,
} from '../runs/training-run.ts';
import type { MlflowRefusal, MlflowRun } from './mlflow-run.ts';

const MAPPED = [
  ...['model', 'split', 'part', 'fold', 'repeat', 'seed'],
  ...['codeVersion', 'trainImages', 'testImages'],
] as const;
type MappedField = (typeof MAPPED)[number];
const WHOLE_NUMBERS: readonly MappedField[] = ['fold', 'repeat', 'trainImages', 'testImages'];

export interface MlflowOptions {
  /** Where a field of ours stands: `params.NAME` or `tags.NAME`. */
  readonly mapping: ReadonlyMap<string, string>;
  /** What metrics were measured on whose names do not say; null: those are refused. */
  readonly part: string | null;
  /** The number of the first fold there; ours is 1. */
  readonly firstFold: 0 | 1;
}

export interface MlflowReport {
  /** All 64 hexadecimal characters of the digest, or the first 12 and more; null where no input of the run is a snapshot. */
  readonly snapshot: string | null;
  readonly report: TrainingRunReport;
  /** What each metric became. */
  readonly metrics: readonly { readonly name: string; readonly part: string; readonly metric: string }[];
  /** No parameter says the model, and the run's name stands for it. */
  readonly isModelOfName: boolean;
  /** System metrics, which measure the machine. */
  readonly leftOut: number;
}

export interface MlflowPlan {
  readonly reports: readonly MlflowReport[];
  readonly refused: readonly MlflowRefusal[];
}

/** Throws BAD_INPUT for a mapping of fields that are not there, or to what is neither parameter nor tag. */
export function checkMlflowMapping(mapping: ReadonlyMap<string, string>): void {
  for (const [field, source] of mapping) {
    if (!(MAPPED as readonly string[]).includes(field))
      throw new DomainError('BAD_INPUT', `--map: "${field}" is no field; known are ${MAPPED.join(', ')}.`);
    if (!/^(?:params|tags)\../.test(source))
      throw new DomainError('BAD_INPUT', `--map: "${source}" is no place; write params.NAME or tags.NAME.`);
  }
}

/**
 * What each run of MLflow says, as a report. Of a run that does not say by itself which it is (snapshot, model, fold, repeat, seed), that failed, was deleted or only
 * holds others, all is refused; of any other the metric or parameter alone.
 * @throws DomainError BAD_INPUT where a fold 0 is met and folds are said to begin at 1: the others would be taken for the folds beside them
 */
export function planMlflowRuns(runs: readonly MlflowRun[], options: MlflowOptions): MlflowPlan {
  checkMlflowMapping(options.mapping);
  const refused: MlflowRefusal[] = [];
  const children = new Map<string, number>();
  for (const { tags } of runs) {
    const parent = tags.get('mlflow.parentRunId');
    if (parent !== undefined) children.set(parent, (children.get(parent) ?? 0) + 1);
  }
  const reports = runs.flatMap((run) => {
    const faults: MlflowRefusal[] = [];
    const report = planRun(run, children.get(run.id) ?? 0, options, faults);
    refused.push(...faults);
    return report === null ? [] : [report];
  });
  return { reports, refused };
}

type Refuse = (field: string, message: string, code?: MlflowRefusal['code']) => null;

function planRun(
  run: MlflowRun,
  children: number,
  options: MlflowOptions,
  refused: MlflowRefusal[],
): MlflowReport | null {
  const refuse: Refuse = (field, message, code = 'INVALID_VALUE') => {
    refused.push({ run: run.id, field, code, message });
    return null;
  };
  if (run.isDeleted) return refuse('lifecycle_stage', 'the run is deleted in MLflow.');
  if (run.status !== 'FINISHED')
    return refuse('status', `the run is ${run.status}; only what is FINISHED is taken.`);
  if (children > 0)
    return refuse(
      'mlflow.parentRunId',
      `the run holds ${children} others, and counted beside them it would be counted twice; they are taken.`,
    );
  const read = (field: MappedField) => fieldOf(run, field, options);
  const before = refused.length;
  const snapshot = snapshotOf(run, refuse);
  const named = read('model').value;
  const model = named ?? run.name ?? run.tags.get('mlflow.runName') ?? null;
  if (model === null || model.trim() === '')
    refuse('model', 'no parameter "model" and no name says what was trained; say --map model=params.NAME.');
  const [split, part] = [
    read('split').value ?? inputTag(run, 'snapshot.split'),
    read('part').value ?? trainedOn(run),
  ];
  const numbers = wholeNumbers(run, options, refuse);
  const seed = read('seed');
  for (const field of options.mapping.keys())
    if (read(field as MappedField).value === null)
      refuse(field, `the run has no ${options.mapping.get(field)}.`, 'NOT_FOUND');
  if (refused.length > before) return null;
  const metrics = readMetrics(run, options.part, refuse);
  const taken = new Set(MAPPED.map(read).flatMap(({ place, value }) => (value === null ? [] : [place])));
  return {
    snapshot,
    report: {
      model: model!,
      split,
      part,
      ...numbers,
      seed: seed.value,
      codeVersion: read('codeVersion').value,
      key: `mlflow:${run.id}`,
      startedAt: run.startedAt === null ? null : new Date(run.startedAt),
      durationSeconds: secondsOf(run, refuse),
      energyKilowattHours: null,
      energyMethod: null,
      libraries: [],
      hyperparameters: hyperparametersOf(run, taken, refuse),
      hardware: [],
      metrics: metrics.taken.map(({ name, part: on, value }) => ({ name, part: on, value, images: null })),
    },
    metrics: metrics.taken.map(({ name, part: on, metric }) => ({ name, part: on, metric })),
    isModelOfName: named === null,
    leftOut: metrics.leftOut,
  };
}

/** Where a field of ours stands in the run, and what stands there; by its own name among the parameters unless it is mapped. */
function fieldOf(
  run: MlflowRun,
  field: MappedField,
  { mapping }: MlflowOptions,
): { place: string; value: string | null } {
  const place =
    mapping.get(field) ?? (field === 'codeVersion' ? 'tags.mlflow.source.git.commit' : `params.${field}`);
  const isOfTags = place.startsWith('tags.');
  const name = place.slice(place.indexOf('.') + 1);
  const value = (isOfTags ? run.tags : run.params).get(name) ?? null;
  // Of what nobody mapped, only a parameter that can be nothing else is meant: a network may have parts, too.
  const isMeant = mapping.has(field) || !['split', 'part'].includes(field);
  return { place, value: !isMeant || value === '' || value === 'None' ? null : value };
}

function wholeNumbers(
  run: MlflowRun,
  options: MlflowOptions,
  refuse: Refuse,
): Pick<TrainingRunReport, 'fold' | 'repeat' | 'trainImages' | 'testImages'> {
  const read = (field: MappedField): number | null => {
    const { value } = fieldOf(run, field, options);
    if (value === null) return null;
    if (/^[0-9]{1,9}$/.test(value.trim())) return Number(value);
    return refuse(field, `"${value.slice(0, 80)}" is no whole number.`);
  };
  const [fold, repeat, trainImages, testImages] = WHOLE_NUMBERS.map(read) as (number | null)[];
  if (fold === 0 && options.firstFold === 1)
    throw new DomainError(
      'BAD_INPUT',
      `Run ${run.id} is of fold 0, and the folds of a snapshot are numbered from 1: say --first-fold 0.`,
    );
  return {
    fold: fold == null ? null : fold + 1 - options.firstFold,
    repeat: repeat ?? null,
    trainImages: trainImages ?? null,
    testImages: testImages ?? null,
  };
}

/** The one snapshot among the datasets that the run logged: by the tag, else by 12 and more characters of its digest. */
function snapshotOf(run: MlflowRun, refuse: Refuse): string | null {
  const digests = run.inputs.flatMap(({ digest, tags }) => {
    const whole = tags.get('snapshot.digest');
    const text = (whole ?? digest ?? '').replace(/^sha256:/, '');
    if (/^[0-9a-f]{64}$/.test(text) || (whole === undefined && /^[0-9a-f]{12,64}$/.test(text))) return [text];
    if (whole !== undefined) refuse('inputs', `snapshot.digest: "${whole.slice(0, 80)}" is no digest.`);
    return [];
  });
  const longest = [...new Set(digests)].sort((a, b) => b.length - a.length);
  const different = longest.filter((digest) => !longest[0]!.startsWith(digest));
  if (different.length > 0)
    return refuse(
      'inputs',
      `the run logged several snapshots: ${longest.map((one) => one.slice(0, 12)).join(', ')}.`,
    );
  return longest[0] ?? null;
}

/** What all inputs that say it agree on. */
function inputTag(run: MlflowRun, name: string): string | null {
  const said = new Set(run.inputs.flatMap(({ tags }) => tags.get(name) ?? []));
  return said.size === 1 ? [...said][0]! : null;
}

/** The part that was logged for training. */
function trainedOn(run: MlflowRun): string | null {
  const inputs = run.inputs.filter(({ tags }) =>
    ['training', 'train'].includes(tags.get('mlflow.data.context') ?? ''),
  );
  return inputTag(run, 'snapshot.split') === null ? null : inputTag({ ...run, inputs }, 'snapshot.part');
}

const PARTS: readonly [RegExp, string][] = [
  [/^test[_/.-](.+)$/, 'test'],
  [/^(?:validation|val)[_/.-](.+)$/, 'validation'],
  [/^train(?:ing)?[_/.-](.+)$/, 'train'],
];

function readMetrics(run: MlflowRun, otherPart: string | null, refuse: Refuse) {
  const taken: (Omit<TrainingRunMetric, 'images'> & { readonly metric: string })[] = [];
  let leftOut = 0;
  for (const [metric, value] of run.metrics) {
    if (metric.startsWith('system/')) {
      leftOut++;
      continue;
    }
    const field = `metrics/${metric}`;
    const [pattern, prefix] = PARTS.find(([one]) => one.test(metric)) ?? [null, otherPart];
    const name = pattern?.exec(metric)?.[1] ?? metric;
    if (prefix === null)
      refuse(field, 'the name says no part (test_, val_, train_); say --part test, if it was.');
    else if (!Number.isFinite(value)) refuse(field, `its last value is ${value}, which is no number.`);
    else if (!isName(name)) refuse(field, NO_NAME);
    else if (taken.some((one) => one.part === prefix && one.name === name))
      refuse(field, `${name} on ${prefix} is there already, by another metric.`, 'DUPLICATE_ROW');
    else taken.push({ name, part: prefix, value, metric });
  }
  return { taken, leftOut };
}

function hyperparametersOf(run: MlflowRun, taken: ReadonlySet<string>, refuse: Refuse): NamedText[] {
  const params = [...run.params].filter(([name]) => !taken.has(`params.${name}`));
  // An address of the file system leads nowhere from elsewhere, and tells who worked there.
  const isElsewhere = run.artifactUri !== null && /^[a-z][a-z0-9+.-]+:/i.test(run.artifactUri);
  if (isElsewhere && !run.artifactUri.startsWith('file:'))
    params.push(['mlflow.artifactUri', run.artifactUri]);
  return params.flatMap(([name, value]) => {
    if (isName(name) && isStorableText(value)) return [{ name, value }];
    refuse(`params/${name.slice(0, 80)}`, NO_NAME);
    return [];
  });
}

const NO_NAME = `it must be text that can be stored, under a name of 1–${LONGEST_NAME} characters.`;
const isName = (name: string) => name.trim() !== '' && name.length <= LONGEST_NAME && isStorableText(name);

function secondsOf({ startedAt, endedAt }: MlflowRun, refuse: Refuse): number | null {
  if (startedAt === null || endedAt === null) return null;
  return endedAt >= startedAt
    ? (endedAt - startedAt) / 1000
    : refuse('end_time', 'the run ends before it starts.');
}
