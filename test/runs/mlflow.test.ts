import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walkFolder } from '../../src/app/client/walk-folder.ts';
import {
  checkMlflowMapping,
  type MlflowOptions,
  planMlflowRuns,
} from '../../src/interchange/mlflow-report.ts';
import { type MlflowRun, metricValue } from '../../src/interchange/mlflow-run.ts';
import { readMlflowSearch } from '../../src/interchange/mlflow-search.ts';
import { isOfMlflowStore, readMlflowStore } from '../../src/interchange/mlflow-store.codec.ts';

/** Three runs that mlflow 3.17.2 logged by test/python/log_mlflow_runs.py: one that is whole, one with faults, one that failed. */
const FIXTURE = resolve(import.meta.dirname, 'mlflow');
const [WHOLE, ODD, BROKEN] = ['1', '2', '3'].map((digit) => digit.repeat(32)) as [string, string, string];
const DIGEST = '5ed0a10b951bfe152c4facd9448d686a1d4a7dc79efded33a31329eb98b85c85';
const OPTIONS: MlflowOptions = {
  mapping: new Map([['fold', 'params.k']]),
  part: null,
  firstFold: 0,
};

async function storedRuns(below = 'mlruns') {
  const files = new Map<string, string>();
  for (const { name, path } of await walkFolder(join(FIXTURE, below)))
    if (isOfMlflowStore(name)) files.set(name, await readFile(path, 'utf8'));
  return readMlflowStore(files);
}
const searchedRuns = async () => readMlflowSearch(await readFile(join(FIXTURE, 'search.json'), 'utf8'));

/** A finished run of one metric, and what differs. */
const run = (more: Partial<MlflowRun> = {}): MlflowRun => ({
  id: 'r',
  name: 'net',
  status: 'FINISHED',
  isDeleted: false,
  startedAt: 1000,
  endedAt: 3500,
  artifactUri: null,
  params: new Map([['model', 'net']]),
  tags: new Map(),
  metrics: new Map([['test_accuracy', 0.5]]),
  inputs: [],
  ...more,
});
const plan = (more: Partial<MlflowRun>, options: Partial<MlflowOptions> = {}) =>
  planMlflowRuns([run(more)], { mapping: new Map(), part: null, firstFold: 1, ...options });
const faults = ({ refused }: ReturnType<typeof plan>) => refused.map(({ field, code }) => [field, code]);

describe('runs that MLflow holds', () => {
  it('are the same from its file store and from runs/search', async () => {
    const byId = (runs: readonly MlflowRun[]) => [...runs].sort((a, b) => a.id.localeCompare(b.id));
    const [stored, searched] = [await storedRuns(), await searchedRuns()];
    expect(byId(stored.runs)).toEqual(byId(searched.runs));
    expect([stored.refused, searched.refused, searched.isCut]).toEqual([[], [], false]);
  });

  it('are found in one experiment and in the folder of one run as well', async () => {
    const experiment = await storedRuns('mlruns/101');
    expect(experiment.runs).toEqual((await storedRuns()).runs);
    const [alone] = (await storedRuns(`mlruns/101/${WHOLE}`)).runs;
    expect(alone).toMatchObject({
      id: WHOLE,
      inputs: [{ tags: new Map(experiment.runs[0]!.inputs[0]!.tags) }],
    });
  });

  it('become reports with the snapshot, the last value of each metric and the part by its prefix', async () => {
    const { reports, refused } = planMlflowRuns((await storedRuns()).runs, OPTIONS);
    expect(reports.map(({ report }) => report.key)).toEqual([`mlflow:${WHOLE}`]);
    expect(reports[0]).toMatchObject({
      snapshot: DIGEST,
      leftOut: 1,
      isModelOfName: false,
      report: {
        model: 'net',
        fold: 1,
        seed: '1',
        codeVersion: '0a1b2c3d',
        durationSeconds: 0.012,
        hyperparameters: [{ name: 'lr', value: '0.01' }],
        metrics: [
          { name: 'accuracy', part: 'test', value: 0.751, images: null },
          { name: 'loss', part: 'validation', value: 0.25, images: null },
        ],
      },
    });
    expect(refused.map(({ run: id, field }) => [id, field])).toEqual([
      [ODD, 'fold'],
      [BROKEN, 'status'],
    ]);
  });

  it('keep what is not at fault', async () => {
    const { reports } = planMlflowRuns((await storedRuns()).runs, { ...OPTIONS, mapping: new Map() });
    const { report } = reports.find(({ report: one }) => one.key === `mlflow:${ODD}`)!;
    expect(report.metrics.map(({ name }) => name)).toEqual(['f1']);
    expect(report.hyperparameters).toEqual([{ name: 'note', value: 'a\nb' }]);
  });

  it('lose the metric at fault alone', () => {
    const metrics = new Map([
      ['loss', 1],
      ['test_loss', Number.NaN],
      ['val_f1', 0.25],
      ['validation_f1', 0.5],
      ['train_f1', 0.75],
    ]);
    const planned = plan({ metrics });
    expect(faults(planned)).toEqual([
      ['metrics/loss', 'INVALID_VALUE'],
      ['metrics/test_loss', 'INVALID_VALUE'],
      ['metrics/validation_f1', 'DUPLICATE_ROW'],
    ]);
    expect(planned.reports[0]!.metrics).toEqual([
      { name: 'f1', part: 'validation', metric: 'val_f1' },
      { name: 'f1', part: 'train', metric: 'train_f1' },
    ]);
    expect(plan({ metrics }, { part: 'test' }).reports[0]!.metrics).toContainEqual({
      name: 'loss',
      part: 'test',
      metric: 'loss',
    });
  });

  it.each([
    ['deleted', { isDeleted: true }, 'lifecycle_stage'],
    ['still running', { status: 'RUNNING' }, 'status'],
    ['without any name', { params: new Map(), name: null }, 'model'],
    ['of a fold that is no number', { params: new Map([['fold', 'two']]) }, 'fold'],
    [
      'with a digest that is none',
      { inputs: [{ digest: null, tags: new Map([['snapshot.digest', 'x']]) }] },
      'inputs',
    ],
    [
      'of two snapshots',
      { inputs: ['a', 'b'].map((one) => ({ digest: one.repeat(12), tags: new Map() })) },
      'inputs',
    ],
  ])('are refused whole when they are %s', (_, more, field) => {
    const planned = plan(more as Partial<MlflowRun>);
    expect([planned.reports, planned.refused.map((one) => one.field)]).toEqual([[], [field]]);
  });

  it('are not counted twice: one that holds others is refused, and they are taken', () => {
    const child = run({ id: 'child', tags: new Map([['mlflow.parentRunId', 'r']]) });
    const planned = planMlflowRuns([run(), child], { ...OPTIONS, mapping: new Map() });
    expect(planned.reports.map(({ report }) => report.key)).toEqual(['mlflow:child']);
    expect(faults(planned)).toEqual([['mlflow.parentRunId', 'INVALID_VALUE']]);
  });

  it('of folds from 0 are refused together unless that is said, and then counted from 1', () => {
    const params = new Map([['fold', '0']]);
    expect(() => plan({ params })).toThrow(/--first-fold 0/);
    expect(plan({ params }, { firstFold: 0 }).reports[0]!.report.fold).toBe(1);
  });

  it('take the snapshot from the longest of what agrees, and pass over digests that are too short to be one', () => {
    const inputs = [DIGEST.slice(0, 32), DIGEST.slice(0, 36), 'ab12cd34'].map((digest) => ({
      digest,
      tags: new Map(),
    }));
    expect(plan({ inputs }).reports[0]!.snapshot).toBe(DIGEST.slice(0, 36));
    expect(plan({ inputs: [inputs[2]!] }).reports[0]!.snapshot).toBeNull();
  });

  it('say which part they were trained on as the rendering for MLflow had them log it', () => {
    const input = (part: string, context: string) => ({
      digest: null,
      tags: new Map([
        ['mlflow.data.context', context],
        ['snapshot.digest', `sha256:${DIGEST}`],
        ['snapshot.split', 'holdout'],
        ['snapshot.part', part],
      ]),
    });
    const { report } = plan({ inputs: [input('train', 'training'), input('test', 'testing')] }).reports[0]!;
    expect([report.split, report.part]).toEqual(['holdout', 'train']);
  });

  it('tell an artifact address that can be reached, and none of a file system', () => {
    const told = (artifactUri: string) => plan({ artifactUri }).reports[0]!.report.hyperparameters;
    expect(told('s3://bucket/1')).toEqual([{ name: 'mlflow.artifactUri', value: 's3://bucket/1' }]);
    expect(told('file:///home/somebody')).toEqual([]);
  });

  it('are mapped by fields that there are, to parameters and tags', () => {
    expect(() => checkMlflowMapping(new Map([['colour', 'params.x']]))).toThrow(/"colour" is no field/);
    expect(() => checkMlflowMapping(new Map([['seed', 'metrics.x']]))).toThrow(/params\.NAME or tags\.NAME/);
    const mapping = new Map([['seed', 'tags.seed.of']]);
    expect(plan({ tags: new Map([['seed.of', '9']]) }, { mapping }).reports[0]!.report.seed).toBe('9');
  });
});

describe('the file store of MLflow', () => {
  const meta = (more = '') => `run_id: 12e3\nstatus: 3\nend_time: null\n${more}`;
  const store = (files: Record<string, string>) => readMlflowStore(new Map(Object.entries(files)));

  it('gives the last value by step, however its lines stand', () => {
    const { runs } = store({ 'a/meta.yaml': meta(), 'a/metrics/test_x': '9 0.5 2\n9 0.75 10\n8 inf 1\n' });
    expect(runs[0]).toMatchObject({ id: '12e3', endedAt: null, metrics: new Map([['test_x', 0.75]]) });
  });

  it('refuses lines that are none, by run and metric, and what is no YAML by its path', () => {
    const { runs, refused } = store({
      'a/meta.yaml': meta(),
      'a/metrics/test_x': '9 much 2\n',
      'a/metrics/test_y': '',
      'b/meta.yaml': 'run_id: [',
    });
    expect(runs).toHaveLength(1);
    expect(refused.map((one) => [one.run, one.field])).toEqual([
      ['b/meta.yaml', null],
      ['12e3', 'metrics/test_x'],
      ['12e3', 'metrics/test_y'],
    ]);
  });

  it('is refused where it holds no run, and leaves artifacts and models unread', () => {
    expect(() => store({ 'meta.yaml': 'name: x\n' })).toThrow(/holds no run/);
    expect(
      ['1/r/artifacts/meta.yaml', '1/models/m/params/x', '1/r/artifacts/o.txt'].map(isOfMlflowStore),
    ).toEqual([false, false, false]);
    expect(['1/r/metrics/a/b', 'r/tags/x', 'params/x', '1/datasets/d/meta.yaml'].every(isOfMlflowStore)).toBe(
      true,
    );
  });
});

describe('the answer of runs/search', () => {
  it('is read by pages, and says that there are more', () => {
    const page = (id: string, more: object = {}) => ({ runs: [{ info: { run_uuid: id } }], ...more });
    const { runs, isCut } = readMlflowSearch(
      JSON.stringify([page('a'), page('b', { next_page_token: 'x' })]),
    );
    expect([runs.map(({ id }) => id), isCut]).toEqual([['a', 'b'], true]);
  });

  it.each(['{"runs": 1}', '[1]', 'NaN'])('is refused as %s', (text) => {
    expect(() => readMlflowSearch(text)).toThrow();
  });

  it('is read of any JSON whatever, or refused: never half', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (held) => {
        const { runs, refused } = readMlflowSearch(JSON.stringify({ runs: held }));
        expect(runs.length + refused.length).toBeGreaterThanOrEqual(held.length);
      }),
    );
  });

  it('has every number that JavaScript writes, and no other word', () => {
    fc.assert(
      fc.property(fc.double(), (number) => {
        expect(metricValue(String(number))).toBe(number === 0 ? 0 : number);
      }),
    );
    expect(['', 'x', '0x10', '1_000', '--1'].map(metricValue)).toEqual([null, null, null, null, null]);
  });
});
