import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoDatasetDescription } from '../../seeds/demo/demo-dataset-description.ts';
import { seedDemo } from '../../seeds/demo/seed-demo.ts';
import { SILENT } from '../../src/app/client/import-report.ts';
import { type House, openHouse } from '../support/house.ts';
import { describeInPython } from '../support/python.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DATASET = demoDatasetDescription.slug;
const PATIENCE_MS = 300_000;

interface Run {
  readonly id: string;
  readonly key: string;
  readonly model: string;
  readonly split: string;
  readonly fold: number;
  readonly seed: string;
  readonly codeVersion: string;
  readonly durationSeconds: number;
  readonly libraries: { name: string; value: string }[];
  readonly hardware: { name: string; value: string }[];
  readonly metrics: { part: string; name: string; value: number; images: number }[];
}

describeInPython('the commands of examples/README.md, on the demo', () => {
  let house: House;
  let folder: string;
  let told: string;
  let digest: string;

  /** In a shell whose `npx holotype` and `python3` are this repository's and the tests', and whose home is its own. */
  const shell = (script: string) =>
    new Promise<{ status: number; stdout: string; stderr: string }>((done) => {
      const npx = `npx() { shift; "${process.execPath}" "${ROOT}/bin/holotype.js" "$@"; }\n`;
      const env = {
        PATH: `${dirname(process.env.HOLOTYPE_TEST_PYTHON!)}:${process.env.PATH}`,
        HOME: folder,
        LANG: 'C.UTF-8',
        PYTHONDONTWRITEBYTECODE: '1',
        HOLOTYPE_SERVER: house.url,
        HOLOTYPE_TOKEN: house.token,
      };
      const options = { cwd: folder, env, maxBuffer: 1 << 26, timeout: PATIENCE_MS };
      execFile('bash', ['-euc', npx + script], options, (error, stdout, stderr) =>
        done({ status: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
      );
    });
  const runs = async (): Promise<Run[]> => {
    const { snapshot } = await house.ask(
      `query ($digest: String!) { snapshot(digest: $digest) { trainingRuns(first: 40) { nodes {
         id key model split fold seed codeVersion durationSeconds libraries { name value } hardware { name value }
         metrics { part name value images } } } } }`,
      { digest },
    );
    return snapshot.trainingRuns.nodes;
  };
  const outcomesOf = async ({ id }: Run): Promise<{ image: string; correct: number }[]> => {
    const { trainingRun } = await house.ask(
      'query ($id: ID!) { trainingRun(id: $id) { outcomes(first: 100) { nodes { image correct } } } }',
      { id },
    );
    return trainingRun.outcomes.nodes;
  };

  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'holotype-example-'));
    await seedDemo({ server: house.url, token: house.token }, SILENT);
    await symlink(join(ROOT, 'examples'), join(folder, 'examples'));
    const page = await readFile(join(ROOT, 'examples/README.md'), 'utf8');
    const script = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!).join('');
    const outcome = await shell(script);
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    told = outcome.stdout;
    digest = JSON.parse(await readFile(join(folder, 'holotype.lock'), 'utf8')).pulls[0].digest;
  }, PATIENCE_MS);
  afterAll(async () => {
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('bring twenty runs back under the pinned digest, with all that was used and measured', async () => {
    const all = await runs();
    expect(all).toHaveLength(20);
    expect(new Set(all.map(({ model, fold, seed }) => `${model} ${fold} ${seed}`)).size).toBe(20);
    expect([...new Set(all.map(({ split }) => split))]).toEqual(['folds']);
    for (const run of all) {
      expect(run.codeVersion).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(run.durationSeconds).toBeGreaterThan(0);
      expect(run.libraries.map(({ name }) => name).sort()).toEqual(['pillow', 'pyarrow', 'python', 'torch']);
      expect(run.hardware).toContainEqual({ name: 'device', value: 'cpu' });
      const measured = run.metrics.map(({ part, name }) => `${part} ${name}`).sort();
      expect(measured).toEqual([
        'test accuracy',
        'test cross-entropy',
        'train accuracy',
        'train cross-entropy',
      ]);
      const outcomes = await outcomesOf(run);
      const right = outcomes.filter(({ correct }) => correct === 1).length;
      const accuracy = run.metrics.find(({ part, name }) => part === 'test' && name === 'accuracy')!;
      expect(right / outcomes.length).toBeCloseTo(accuracy.value, 12);
      expect(outcomes).toHaveLength(accuracy.images);
    }
  });

  it('measure every image once for each model and seed, on a model that saw no image of its plant', async () => {
    const { dataset } = await house.ask(
      'query ($slug: String!) { dataset(slug: $slug) { images(first: 500) { nodes { id acquisition { values { name value } } } } } }',
      { slug: DATASET },
    );
    type Node = { id: string; acquisition: { values: { name: string; value: string }[] } };
    const plantOf = new Map(
      (dataset.images.nodes as Node[]).map(({ id, acquisition }) => [
        Buffer.from(id, 'base64').toString().slice(-32),
        acquisition.values.find(({ name }) => name === 'subject')!.value,
      ]),
    );
    const foldsOf = new Map<string, Set<number>>();
    const measured = new Map<string, string[]>();
    for (const run of await runs())
      for (const { image } of await outcomesOf(run)) {
        const plant = plantOf.get(image)!;
        foldsOf.set(plant, (foldsOf.get(plant) ?? new Set()).add(run.fold));
        const series = `${run.model} ${run.seed}`;
        measured.set(series, [...(measured.get(series) ?? []), image]);
      }
    expect([...foldsOf.values()].every((folds) => folds.size === 1)).toBe(true);
    expect(measured.size).toBe(4);
    const manifest = await readFile(join(folder, 'greenhouse/manifest-00000.jsonl'), 'utf8');
    const published = manifest
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    for (const images of measured.values()) expect(images.sort()).toEqual(published.sort());
  });

  it('end with the report that the server makes of them', () => {
    expect(told).toMatch(
      /^GREEN: convolutional-\w+ is better than linear-\w+ by 0\.\d+ of accuracy \(95 % interval/m,
    );
    expect(told).toMatch(/^- convolutional-\w+: accuracy 0\.\d+ ± 0\.\d+ \(mean ± sd of 10 runs/m);
    expect(told).toContain('# Runs: accuracy on test (more is better)');
    expect(told).toContain(digest);
  });

  it('report nothing twice when they are run again, and the same code under another name has the same figures', async () => {
    const before = await runs();
    const again = await shell('python3 examples/train.py --seeds 1');
    expect(again, again.stderr).toMatchObject({ status: 0 });
    expect(again.stdout.match(/\(reported before\)/g)).toHaveLength(10);
    expect(await runs()).toEqual(before);

    const script = await readFile(join(ROOT, 'examples/train.py'), 'utf8');
    await mkdir(join(folder, 'copy'));
    await writeFile(join(folder, 'copy/train.py'), `${script}\n# Another version of the code.\n`);
    const other = await shell('python3 copy/train.py --seeds 1');
    expect(other, other.stderr).toMatchObject({ status: 0 });
    const fresh = (await runs()).slice(before.length);
    expect(fresh).toHaveLength(10);
    const figures = (of: Run[]) =>
      of.map(({ model, fold, seed, metrics }) => [model.split('-')[0], fold, seed, metrics]);
    expect(figures(fresh)).toEqual(figures(before.filter(({ seed }) => seed === '1')));
  }, 200_000);

  it('train on nothing else than the lock file pins', async () => {
    const lock = await readFile(join(folder, 'holotype.lock'), 'utf8');
    const [{ renderings }] = JSON.parse(lock).pulls;
    await writeFile(join(folder, 'other.lock'), lock.replace(renderings[0].digest, '0'.repeat(64)));
    const refused = await shell('python3 examples/train.py --lock other.lock');
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toMatch(/are not those that the lock file pins/);
  });
});
