import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../support/house.ts';
import { isShared, shared } from '../../support/shared.ts';
import { commandsOf, killLeftovers, type Outcome } from './command.ts';

/** Recomputed on every database, machine, time zone and language: law 4. */
const DIGEST = 'sha256:c356dc02ae774dee9054e3d9caedff28dc097d005bdc91ddea11264ac63d091f';
/** Of each file that is a function of the snapshot alone: golden, so that another output is another version of its exporter. */
const RENDERED: Readonly<Record<string, string>> = {
  'annotations.csv': '66307af8af2f8e21',
  'coco/official/train.json': 'f57f2e74984afc30',
  'coco/official/val.json': 'c4d2cafd27d03e47',
  'coco/random/test.json': '8985d0560aadcdc5',
  'coco/random/train.json': 'a4156db2bc1d3e52',
  'coco/random/validation.json': '079a482f96fdb431',
  'facts.json': '1c1ec85b2abd6972',
  'imagefolder/official/train.tar': '10b346ed54b45b00',
  'imagefolder/official/val.tar': '1682af3d63ecdbc7',
  'imagefolder/random/test.tar': 'e7bd0842b1c2d83c',
  'imagefolder/random/train.tar': 'ea451b571d5d95d1',
  'imagefolder/random/validation.tar': '3e6141707cab3e45',
  'images.csv': 'dea96acbf3599240',
  'official/images.tar': 'efa19c5805d9450c',
  'official/train.parquet': 'eab6828dfbea3e30',
  'official/val.parquet': 'f030d0479684b4b8',
  'official/voc.tar': 'bbfec606d49e4ad0',
  'official/yolo.tar': '754a7db271f2bafa',
  'random/images.tar': '0d569e07cf2b48b6',
  'random/test.parquet': 'e23beee117a9e089',
  'random/train.parquet': '4829067153ea2d82',
  'random/validation.parquet': '1948caf1d08ff56f',
  'random/voc.tar': '836b8bbda8899077',
  'random/yolo.tar': 'ab31bf6d76ced63b',
  'webdataset/official/train-000000.tar': 'cd7d0baaf2ad8714',
  'webdataset/official/val-000000.tar': '414b6da73e35506b',
  'webdataset/random/test-000000.tar': '16e6bb692b34ee39',
  'webdataset/random/train-000000.tar': '33d55b1daf095293',
  'webdataset/random/validation-000000.tar': '6f8cfffa0fa460e5',
};
const FORMS = 'parquet,csv,tar,webdataset,imagefolder,coco,yolo,voc,facts';
const RANDOM = ['--strategy', 'random', '--parts', 'train=0.7,validation=0.15,test=0.15', '--seed', '7'];

describe.skipIf(!isShared('data', 'bccd_trainval'))('the blood cells of shared/data/bccd_trainval', () => {
  const source = shared('data', 'bccd_trainval');
  let house: House;
  let folder: string;
  let run: ReturnType<typeof commandsOf>;
  let imported: Outcome;
  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'holotype-cli-'));
    run = commandsOf(house, { TZ: 'UTC', LANG: 'C' });
    imported = await run(
      'import',
      'voc',
      source,
      '--dataset',
      'bccd',
      '--create',
      '--licence',
      'MIT',
      '--json',
    );
    expect(await divide(run, source)).toEqual([0, 0]);
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('come in with 292 images and 3941 boxes; the two without area are refused and named', () => {
    expect(imported.status).toBe(0);
    const report = JSON.parse(imported.stdout);
    expect(report).toMatchObject({ dataset: 'bccd', images: 292, annotations: 3941, duplicates: [] });
    expect(report.refused).toEqual([
      expect.objectContaining({ file: 'BloodImage_00338.xml object[13]', code: 'DEGENERATE_GEOMETRY' }),
      expect.objectContaining({ file: 'BloodImage_00343.xml object[4]', code: 'DEGENERATE_GEOMETRY' }),
    ]);
    expect(report.refused[0].message).toContain('504,337,504,337');
  });

  it('are not taken at all by a strict import, which exits with 1 and names both', async () => {
    const strict = await run('import', 'voc', source, '--dataset', 'strict', '--create', '--strict');
    expect(strict).toMatchObject({ status: 1, stdout: '' });
    expect(strict.stderr).toContain('BloodImage_00338.xml');
    expect(strict.stderr).toContain('BloodImage_00343.xml');
    const { datasets } = await house.ask('{ datasets { nodes { slug } } }');
    expect(datasets.nodes).toEqual([{ slug: 'bccd' }]);
  });

  it('are divided as their ImageSets say, and the certificate owns that no subject is known', async () => {
    const { dataset } = await house.ask(
      `{ dataset(slug: "bccd") { split(name: "official") { state certificate {
           counts { part images } sharedGroups { status } exactDuplicates { count } } } } }`,
    );
    expect(dataset.split).toEqual({
      state: 'FROZEN',
      certificate: {
        counts: [
          { part: 'train', images: 205 },
          { part: 'val', images: 87 },
        ],
        sharedGroups: { status: 'NOT_EXAMINED' },
        exactDuplicates: { count: 0 },
      },
    });
  });

  it('are published under one digest, which is alone on stdout', async () => {
    const published = await publish(run);
    expect(published).toMatchObject({ status: 0, stdout: `${DIGEST}\n` });
    const again = await run('publish', '--dataset', 'bccd', '--split', 'official', 'random', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ digest: DIGEST, images: 292, annotations: 3941 });
  });

  it('are rendered to the same bytes on every database, machine, time zone and language', async () => {
    await publish(run);
    expect(await rendered(run)).toEqual(RENDERED);
  });

  it('have the same digest from files made in another order, in another time zone and language', async () => {
    const shuffled = await shuffledCopy(source, join(folder, 'shuffled'));
    const other = await openHouse({ HOLOTYPE_PROBE_THREADS: '2' });
    try {
      const runThere = commandsOf(other, {
        TZ: 'Pacific/Kiritimati',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
      });
      await runThere('import', 'voc', shuffled, '--dataset', 'bccd', '--create', '--licence', 'MIT');
      expect(await divide(runThere, shuffled)).toEqual([0, 0]);
      expect((await publish(runThere)).stdout).toBe(`${DIGEST}\n`);
      expect(await rendered(runThere)).toEqual(RENDERED);
    } finally {
      await other.stop();
    }
  });

  it('are pulled by tag, verified offline by holotype and by Python’s standard library', async () => {
    await publish(run);
    const pulled = await run('pull', 'bccd@v1', join(folder, 'pulled'), '--json');
    expect(JSON.parse(pulled.stdout)).toMatchObject({ digest: DIGEST, fetched: 292 });
    expect((await run('verify', join(folder, 'pulled'), DIGEST)).status).toBe(0);
    const script = resolve(import.meta.dirname, '../../../docs/verify_snapshot.py');
    const python = await promisify(execFile)('python3', [script, join(folder, 'pulled'), DIGEST]);
    expect(python.stdout).toContain(DIGEST.slice(7));

    const [image] = await readdir(join(folder, 'pulled', 'images'));
    await writeFile(join(folder, 'pulled', 'images', image!), 'other bytes');
    const altered = await run('verify', join(folder, 'pulled'));
    expect(altered.status).toBe(1);
    expect(altered.stderr).toContain(`altered  images/${image}`);
  });

  it('are pulled a part at a time', async () => {
    await publish(run);
    const pulled = await run(
      'pull',
      `bccd@${DIGEST}`,
      join(folder, 'part'),
      '--part',
      'official:val',
      '--json',
    );
    expect(JSON.parse(pulled.stdout)).toMatchObject({ fetched: 87, parts: ['official:val'] });
    expect((await run('verify', join(folder, 'part'))).status).toBe(0);
  });

  it('are not pulled by a digest that is not theirs, and nothing is taken in its place', async () => {
    const wrong = await run('pull', `bccd@sha256:${'0'.repeat(64)}`, join(folder, 'wrong'));
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain('PIN_UNREACHABLE');
    expect(await readdir(join(folder, 'wrong', 'images')).catch(() => [])).toEqual([]);
    const other = await run('verify', join(folder, 'part'), `sha256:${'1'.repeat(64)}`);
    expect(other.status).toBe(1);
  });

  it('change nothing when they are imported again', async () => {
    const before = await house.ask('{ dataset(slug: "bccd") { revision } }');
    const again = JSON.parse((await run('import', 'voc', source, '--dataset', 'bccd', '--json')).stdout);
    expect(again).toMatchObject({
      images: 0,
      annotations: 0,
      alreadyThere: { images: 292, annotations: 3941 },
    });
    expect(again.revision).toBe(before.dataset.revision);
  });
});

async function divide(run: ReturnType<typeof commandsOf>, source: string) {
  const official = await run(
    'split',
    '--dataset',
    'bccd',
    '--name',
    'official',
    '--from',
    source,
    '--freeze',
  );
  const random = await run('split', '--dataset', 'bccd', '--name', 'random', ...RANDOM, '--freeze');
  return [official.status, random.status];
}

const publish = (run: ReturnType<typeof commandsOf>) =>
  run('publish', '--dataset', 'bccd', '--split', 'official', '--split', 'random', '--tag', 'v1');

/** The same files, made from the last name to the first, the lists with their lines turned round. */
async function shuffledCopy(source: string, target: string): Promise<string> {
  for (const part of ['Annotations', 'JPEGImages']) {
    await mkdir(join(target, part), { recursive: true });
    for (const name of (await readdir(join(source, part))).sort().reverse())
      await copyFile(join(source, part, name), join(target, part, name));
  }
  await cp(join(source, 'ImageSets'), join(target, 'ImageSets'), { recursive: true });
  for (const name of await readdir(join(target, 'ImageSets', 'Main'))) {
    const path = join(target, 'ImageSets', 'Main', name);
    await writeFile(path, `${(await readFile(path, 'utf8')).trim().split('\n').reverse().join('\n')}\n`);
  }
  return target;
}

/** Path → the beginning of its SHA-256, of every file of every form. */
async function rendered(run: ReturnType<typeof commandsOf>): Promise<Record<string, string>> {
  const { stdout } = await run('render', `bccd@${DIGEST}`, '--format', FORMS, '--json');
  const reports: { files: { address: string; digest: string }[] }[] = JSON.parse(stdout);
  return Object.fromEntries(
    reports.flatMap(({ files }) =>
      files.map(({ address, digest }) => [address.split(`${DIGEST}/`)[1], digest.slice(0, 16)]),
    ),
  );
}
