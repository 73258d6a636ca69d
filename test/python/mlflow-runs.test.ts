import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandsOf, killLeftovers } from '../app/cli/command.ts';
import { type House, openHouse } from '../support/house.ts';
import { describeInPython, runPython } from '../support/python.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

describeInPython('runs that the real MLflow logged', () => {
  let house: House;
  let digest: string;
  let folder: string;
  let ids: Record<string, string>;

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'leaves');
    await addImages(house, 'leaves', { 'a.png': await noiseImage(1) });
    digest = await publish(house, 'leaves', { tag: 'v1' });
    folder = await mkdtemp(join(tmpdir(), 'holotype-mlflow-'));
    ids = await runPython('log_mlflow_runs.py', [folder, digest, house.url]);
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const bring = async (path: string, ...options: string[]) => {
    const args = ['--first-fold', '0', ...options, '--json'];
    const { status, stdout, stderr } = await commandsOf(house)(
      'runs',
      'import-mlflow',
      join(folder, path),
      ...args,
    );
    return { status, stderr, report: stdout === '' ? null : JSON.parse(stdout) };
  };
  const listed = async () => JSON.parse((await commandsOf(house)('runs', 'list', 'leaves', '--json')).stdout);
  const places = (report: { refused: { file: string; field: string }[] }) =>
    report.refused.map(({ file, field }) => `${nameOf(file)} ${field}`).sort();
  const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id);

  it('are all left where they are by a strict import, of which anything is refused', async () => {
    const { status, stderr, report } = await bring('mlruns', '--strict');
    expect([status, report.taken]).toEqual([1, 0]);
    expect(stderr).toContain('the import is strict');
    expect(await listed()).toEqual([]);
  });

  it('come over on the snapshot that they logged, and what cannot be taken is named by run and field', async () => {
    const { status, report } = await bring('mlruns');
    expect(status).toBe(0);
    expect(report).toMatchObject({
      format: 'file store',
      found: 10,
      taken: 7,
      alreadyThere: 0,
      snapshots: [digest],
    });
    expect(places(report)).toEqual([
      'broken status',
      'nowhere inputs',
      'odd metrics/accuracy',
      'odd metrics/test_loss',
      'search mlflow.parentRunId',
    ]);
    expect(report.metrics).toContainEqual({ metric: 'train/accuracy', part: 'train', name: 'accuracy' });
    const runs = await listed();
    expect(runs).toHaveLength(7);
    const one = runs.find(({ key }: { key: string }) => key === `mlflow:${ids['net-1-1']}`);
    expect(one).toMatchObject({ model: 'net', seed: '1', codeVersion: '0a1b2c3d', snapshot: digest });
    expect(one.metrics).toContainEqual({ part: 'test', name: 'accuracy', value: 0.761, images: null });
    expect(one.hyperparameters).toContainEqual({ name: 'lr', value: '0.01' });
    expect(one.durationSeconds).toBeGreaterThan(0);
  });

  it('are there once, when runs/search tells the same again', async () => {
    const { report } = await bring('search.json', '--snapshot', 'leaves@v1');
    expect(report).toMatchObject({ format: 'runs/search', found: 10, taken: 1, alreadyThere: 7 });
    expect(await listed()).toHaveLength(8);
  });

  it('are refused under their key when they are told otherwise, for a run is written once', async () => {
    const { report } = await bring('mlruns', '--map', 'fold=params.k', '--snapshot', 'leaves@v1');
    expect(report.taken).toBe(0);
    const conflicts = report.refused.filter(({ code }: { code: string }) => code === 'CONFLICT');
    expect(conflicts.map(({ file }: { file: string }) => nameOf(file)).sort()).toEqual([
      'net-0-0',
      'net-0-1',
      'net-1-0',
      'net-1-1',
    ]);
  });
});
