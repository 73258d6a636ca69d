import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../support/house.ts';
import { addImages, newDataset, noiseImage, publish } from '../../support/specimens.ts';
import { commandsOf, killLeftovers } from './command.ts';

describe('holotype runs', () => {
  let house: House;
  let digest: string;
  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'leaves');
    await addImages(house, 'leaves', { 'a.png': await noiseImage(1) });
    digest = await publish(house, 'leaves', { tag: 'v1' });
    for (const fold of [1, 2, 3, 4, 5])
      for (const seed of [1, 2]) for (const model of ['vit', 'resnet']) await told(model, fold, seed);
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
  });

  /** The second model lower by .05 and a little that no fold and no seed explains. */
  async function told(model: string, fold: number, seed: number) {
    const gap = model === 'vit' ? 0 : 0.05 + 0.003 * ((fold * 3 + seed * 5) % 4);
    const value = 0.8 + 0.02 * fold + 0.004 * seed - gap;
    const metrics = [{ part: 'test', name: 'accuracy', value }];
    const sizes = { trainImages: 80, testImages: 20 };
    const run = { snapshot: digest, model, fold, seed, key: `${model}-${fold}-${seed}`, ...sizes, metrics };
    const response = await house.fetch('/runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(run),
    });
    expect(response.status, await response.text()).toBe(201);
  }

  const command = (...args: string[]) => commandsOf(house)('runs', ...args);
  const report = (...args: string[]) => command('report', 'leaves@v1', '--metric', 'accuracy', ...args);

  it.each(['leaves', 'leaves@v1'])('lists what was trained on %s', async (reference) => {
    const { status, stdout, stderr } = await command('list', reference, '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const runs = JSON.parse(stdout);
    expect(runs).toHaveLength(20);
    expect(runs[1]).toMatchObject({ snapshot: digest, key: 'resnet-1-1', fold: 1, seed: '1', repeat: null });
  });

  it('lists as a table, a run a line', async () => {
    const { stdout } = await command('list', digest);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^run +snapshot +model +split +fold +repeat +seed +metrics/);
    expect(lines.filter((line) => line.startsWith('resnet-'))).toHaveLength(10);
    expect(stdout).toMatch(/vit-5-2 +sha256:[0-9a-f]{12} +vit +5 +2 +test accuracy 0\.908/);
  });

  it('refuses what is not there', async () => {
    const { status, stderr } = await command('list', 'nowhere');
    expect(status).toBe(1);
    expect(stderr).toContain('NOT_FOUND');
  });

  it('reports as a page, with the claim judged', async () => {
    const { status, stdout, stderr } = await report('--claim', 'vit>resnet:0.02');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^# Runs: accuracy on test \(more is better\)\n\n\*\*GREEN\*\*: vit is better than resnet/,
    );
    expect(stdout).toContain('The claim that vit is better than resnet by 0.02 is supported.');
    expect(stdout).toContain('of the spread is the data split');
  });

  it('reports as JSON and as CSV, and of the models asked for alone', async () => {
    const { pairs, models } = JSON.parse((await report('--format', 'json')).stdout);
    expect(pairs[0]).toMatchObject({ better: 'vit', isPaired: true, difference: { unitCount: 10 } });
    expect(models.map(({ spread }: { spread: object }) => spread)).toEqual([
      expect.objectContaining({ runs: 10, varied: 'BOTH' }),
      expect.objectContaining({ runs: 10, varied: 'BOTH' }),
    ]);
    const { stdout } = await report('--format', 'csv', '--model', 'vit');
    expect(stdout).toMatch(/^kind,snapshot,model,other,figure,value/);
    expect(stdout).not.toContain('resnet');
  });

  it('turns about where less is said to be better', async () => {
    const { stdout } = await report('--better', 'smaller', '--json');
    expect(JSON.parse(stdout).pairs[0]).toMatchObject({ better: 'resnet', worse: 'vit' });
  });

  it('refuses a claim that is none, and a metric that nobody reported', async () => {
    const claim = await report('--claim', 'vit:0.1');
    expect([claim.status, claim.stderr]).toEqual([1, expect.stringContaining('write A>B:0.02')]);
    const metric = await command('report', 'leaves@v1', '--metric', 'dice');
    expect([metric.status, metric.stderr]).toEqual([1, expect.stringContaining('accuracy on test')]);
  });

  const MLFLOW = resolve(import.meta.dirname, '../../runs/mlflow');

  it('takes of MLflow nothing on a snapshot that the server does not know, whatever other one is named', async () => {
    const { status, stdout } = await command('import-mlflow', `${MLFLOW}/mlruns`, '--snapshot', 'leaves@v1');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^3 runs in MLflow’s file store\n0 taken, 0 already there\n/);
    expect(stdout).toContain(
      `refused  ${'1'.repeat(32)} inputs: no snapshot known to this token begins with 5ed0`,
    );
    expect(stdout).toContain(`refused  ${'3'.repeat(32)} status: the run is FAILED`);
  });

  it('takes of MLflow what the snapshot carries, and says what each metric became', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holotype-mlflow-'));
    const search = await readFile(`${MLFLOW}/search.json`, 'utf8');
    const known = search.replaceAll(/5ed0a10b[0-9a-f]{56}/g, digest.slice('sha256:'.length));
    const path = join(folder, 'runs.json');
    await writeFile(path, known.replaceAll(/"5ed0a10b[0-9a-f]*"/g, '"5ed0"'));
    const { stdout, stderr } = await command('import-mlflow', path, '--part', 'test');
    expect(stderr).toBe('');
    expect(stdout).toContain(`2 taken, 0 already there\nsnapshot ${digest}\n`);
    expect(stdout).toContain('metric   val_loss is loss on validation\n');
    expect(stdout).toContain('metric   accuracy is accuracy on test\n');
    expect(stdout).toContain('1 system metrics measure the machine, and are left out.');
    const split = await command('import-mlflow', path, '--map', 'split=params.model', '--json');
    expect(JSON.parse(split.stdout)).toMatchObject({
      taken: 0,
      refused: expect.arrayContaining([
        expect.objectContaining({ file: '1'.repeat(32), field: 'split', code: 'NOT_FOUND' }),
      ]),
    });
    await rm(folder, { recursive: true });
  });
});
