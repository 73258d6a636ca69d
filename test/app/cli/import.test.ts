import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../../support/house.ts';
import { isShared, shared } from '../../support/shared.ts';
import { noiseImage } from '../../support/specimens.ts';
import { commandsOf, killLeftovers } from './command.ts';

describe('holotype import', () => {
  let house: House;
  let folder: string;
  let run: ReturnType<typeof commandsOf>;
  const images = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => `plot-${first + index}/leaf.png`);

  beforeAll(async () => {
    house = await openHouse();
    run = commandsOf(house);
    folder = await mkdtemp(join(tmpdir(), 'holotype-import-'));
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function draw(names: readonly string[], below: string): Promise<string> {
    for (const [index, name] of names.entries()) {
      const path = join(folder, below, name);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, await noiseImage(index + 1));
    }
    return join(folder, below);
  }

  const uploads = async () => {
    const { auditEvents } = await house.ask('{ auditEvents(first: 500) { nodes { action phase } } }');
    return auditEvents.nodes.filter(
      ({ action, phase }: Record<string, string>) => action === 'blob.put' && phase === 'ATTEMPT',
    ).length;
  };

  it('sends the bytes that are missing, and none twice', async () => {
    const source = await draw(images(1, 5), 'twice');
    const first = JSON.parse(
      (await run('import', 'images', source, '--dataset', 'twice', '--create', '--json')).stdout,
    );
    expect(first).toMatchObject({ images: 5, refused: [] });
    const before = await uploads();
    await draw(images(1, 8), 'twice');
    const second = JSON.parse((await run('import', 'images', source, '--dataset', 'twice', '--json')).stdout);
    expect(second).toMatchObject({ images: 3, alreadyThere: { images: 5 }, refused: [] });
    expect((await uploads()) - before).toBe(3);
  });

  it('refuses files at fault one by one, takes the rest and exits with 0; with --strict it exits with 1', async () => {
    const source = await draw(['good.png', '.hidden.png'], 'faults');
    await writeFile(join(source, 'empty.png'), '');
    await writeFile(join(source, 'cut.png'), (await noiseImage(77)).subarray(0, 900));
    await writeFile(join(source, 'notes.txt'), 'No image.');
    await writeFile(join(source, 'lying.jpg'), await noiseImage(78));
    const { status, stdout } = await run(
      'import',
      'images',
      source,
      '--dataset',
      'faults',
      '--create',
      '--json',
    );
    const report = JSON.parse(stdout);
    expect({ status, images: report.images }).toEqual({ status: 0, images: 1 });
    const codes = Object.fromEntries(
      report.refused.map(({ file, code }: Record<string, string>) => [file, code]),
    );
    expect(codes).toEqual({
      'cut.png': 'TRUNCATED_IMAGE',
      'empty.png': 'EMPTY_FILE',
      'lying.jpg': 'MEDIA_TYPE_MISMATCH',
      'notes.txt': 'UNSUPPORTED_MEDIA_TYPE',
    });
    for (const { file, message } of report.refused) expect(message).toContain(file);
    const strict = await run('import', 'images', source, '--dataset', 'faults', '--strict');
    expect(strict.status).toBe(1);
  });

  it('exits with 1 for a dataset that is not there, and says how to make it', async () => {
    const { status, stderr } = await run('import', 'images', folder, '--dataset', 'nowhere');
    expect(status).toBe(1);
    expect(stderr).toContain('--create');
  });

  it('reads labels, subjects and factors of a packed table, with images by reference', async () => {
    const table = join(folder, 'table.csv.gz');
    const rows = Array.from(
      { length: 50 },
      (_, index) => `x${index}.png,${index % 7},A,${index},v ${index % 2}`,
    );
    await writeFile(table, gzipSync(['File,Who,Finding,Follow-up #,Size[w', ...rows, ''].join('\n')));
    const outcome = await run(
      ...['import', 'table', table, '--dataset', 'table', '--create', '--by-reference', '--json'],
      ...['--map', 'image=File,subject=Who,label=Finding', '--annotator', 'reader-1'],
    );
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      ...{ images: 50, annotations: 50, acquisition: 50, refused: [], notes: [] },
    });
    const { dataset } = await house.ask(
      '{ dataset(slug: "table") { factors { name kind } annotators { pseudonym } labelClasses { name } images(first: 1) { nodes { pixels acquisition { subject } } } } }',
    );
    expect(dataset).toMatchObject({
      factors: [
        { name: 'Follow-up #', kind: 'CONTINUOUS' },
        { name: 'Size[w', kind: 'NOMINAL' },
      ],
      annotators: [{ pseudonym: 'reader-1' }],
      labelClasses: [{ name: 'A' }],
      images: { nodes: [{ pixels: 'REFERENCE', acquisition: { subject: expect.any(String) } }] },
    });
  });

  it('reads metadata out of file names and out of a table, and each value remembers which', async () => {
    const source = await draw(images(1, 3), 'names');
    const table = join(folder, 'metadata.csv');
    await writeFile(
      table,
      'image,device,plot\nplot-1/leaf.png,camera-a,one\nplot-9/leaf.png,camera-b,nine\n',
    );
    const outcome = await run(
      ...['import', 'images', source, '--dataset', 'names', '--create', '--json'],
      ...['--name-pattern', '{subject}/{*}.png', '--acquisition', table],
    );
    const report = JSON.parse(outcome.stdout);
    expect(report).toMatchObject({ images: 3, acquisition: 4 });
    expect(report.refused).toEqual([expect.objectContaining({ row: 3, code: 'UNKNOWN_IMAGE' })]);
    const { dataset } = await house.ask(
      '{ dataset(slug: "names") { images(nameContains: "plot-1/") { nodes { acquisition { values { name value source } } } } } }',
    );
    expect(dataset.images.nodes[0].acquisition.values).toEqual(
      expect.arrayContaining([
        { name: 'subject', value: 'plot-1', source: 'file-name' },
        { name: 'device', value: 'camera-a', source: 'csv' },
        { name: 'plot', value: 'one', source: 'csv' },
      ]),
    );
  });

  it('keeps images out by a table, all or none, and divides the rest by strategies in words', async () => {
    const source = await draw(images(1, 12), 'words');
    await run(
      'import',
      'images',
      source,
      '--dataset',
      'words',
      '--create',
      '--name-pattern',
      '{subject}/{*}.png',
    );
    const table = join(folder, 'exclusions.csv');
    await writeFile(
      table,
      'image,stage,reason\nplot-1/leaf.png,eligible,not a leaf\nplot-99/leaf.png,eligible,gone\n',
    );
    const refused = await run('exclude', '--dataset', 'words', '--from', table);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('plot-99') });
    await writeFile(table, 'image,stage,reason\nplot-1/leaf.png,eligible,not a leaf\n');
    expect((await run('exclude', '--dataset', 'words', '--from', table)).status).toBe(0);
    const split = await run(
      ...['split', '--dataset', 'words', '--name', 'folds', '--strategy', 'k-fold', '--folds', '3'],
      ...['--group-by', 'subject', '--json'],
    );
    const report = JSON.parse(split.stdout);
    expect(report).toMatchObject({
      strategy: 'GROUPED_K_FOLD',
      state: 'DRAFT',
      certificate: { leaks: false },
    });
    expect(report.certificate.counts.map(({ images }: { images: number }) => images)).toEqual([4, 4, 3]);
    const early = await run('publish', '--dataset', 'words', '--split', 'folds');
    expect(early).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('NOT_FROZEN') });
  });

  it('finds the audit chain whole after all of it', async () => {
    const { status, stdout } = await run('audit', 'verify', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ intact: true, problem: null });
  });

  it.skipIf(!isShared('data', 'microscopy_tiff'))(
    'reports the two pairs of byte-identical files in shared/data/microscopy_tiff',
    async () => {
      const source = shared('data', 'microscopy_tiff');
      const { stdout } = await run(
        'import',
        'images',
        source,
        '--dataset',
        'microscopy',
        '--create',
        '--json',
      );
      const { images, duplicates } = JSON.parse(stdout);
      expect(images).toBe(47);
      const exact = duplicates.filter(({ kind }: { kind: string }) => kind === 'exact');
      expect(exact.map((pair: { images: string[] }) => [...pair.images].sort()).sort()).toEqual(
        ['d0', 'd1'].map((field) =>
          ['ExampleHuman', 'ExamplePercentPositive'].map(
            (place) => `${place}/images/AS_09125_050116030001_D03f00${field}.tif`,
          ),
        ),
      );
    },
  );
});
