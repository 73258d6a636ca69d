import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../../support/house.ts';
import { noiseImage } from '../../support/specimens.ts';
import { commandsOf, killLeftovers } from './command.ts';

describe('holotype import, of tables that are messy', () => {
  let house: House;
  let folder: string;
  let run: ReturnType<typeof commandsOf>;

  beforeAll(async () => {
    house = await openHouse();
    run = commandsOf(house);
    folder = await mkdtemp(join(tmpdir(), 'holotype-messy-'));
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const table = async (name: string, ...rows: string[]) => {
    await writeFile(join(folder, name), [...rows, ''].join('\n'));
    return join(folder, name);
  };
  const json = async (...args: string[]): Promise<Answer> => {
    const { status, stdout, stderr } = await run(...args, '--json');
    expect([status, stderr]).toEqual([0, '']);
    return JSON.parse(stdout);
  };
  const refusedImages = async (slug: string): Promise<Answer[]> => {
    const { dataset } = await house.ask(
      `{ dataset(slug: "${slug}") { refusedImages { nodes { name stage code } } } }`,
    );
    return dataset.refusedImages.nodes;
  };

  it('reads several labels a cell, made fields and constants, and names the dates that are none', async () => {
    const path = await table(
      'scans.csv',
      'File,Date,Finding,Notes',
      's-1,2020-01-22,Mass|Oedema,x',
      's-2,"January 22, 2020",No Finding,y',
    );
    const report = await json(
      ...['import', 'table', path, '--dataset', 'scans', '--create', '--by-reference', '--annotator', 'r'],
      ...[
        '--map',
        'image=File,capturedAt=Date,label=Finding',
        '--label-separator',
        '|',
        '--leave-out',
        'Notes',
      ],
      ...['--set', 'part of study=pilot', '--set', 'subject=patient {File~\\d+$}'],
    );
    expect(report).toMatchObject({
      ...{ images: 2, annotations: 3, acquisition: 2 },
      refused: [{ row: 3, field: 'capturedAt', code: 'INVALID_VALUE' }],
    });
    const { dataset } = await house.ask(
      '{ dataset(slug: "scans") { factors { name } images(nameContains: "s-2") { nodes { acquisition { subject capturedAt } } } } }',
    );
    expect(dataset).toEqual({
      factors: [{ name: 'part of study' }],
      images: { nodes: [{ acquisition: { subject: 'patient 2', capturedAt: null } }] },
    });
  });

  it('enters into the exclusion ledger what it did not send: files that cannot be used, rows at fault', async () => {
    const images = join(folder, 'images');
    await mkdir(images);
    await writeFile(join(images, 'good.png'), await noiseImage(1));
    await writeFile(join(images, 'wide.png'), await noiseImage(2));
    await writeFile(join(images, 'empty.png'), '');
    const rows = ['image,width', 'good.png,64', 'empty.png,', 'gone.png,', 'wide.png,0'];
    const path = await table('files.csv', ...rows);
    const args = ['import', 'table', path, '--dataset', 'files', '--create', '--images', images];
    const { revision } = await json(...args);
    expect((await refusedImages('files')).sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
      { name: 'empty.png', stage: 'DECODED', code: 'EMPTY_FILE' },
      { name: 'gone.png', stage: 'COLLECTED', code: 'MALFORMED_FILE' },
      { name: 'wide.png', stage: 'COLLECTED', code: 'INVALID_VALUE' },
    ]);
    expect((await json(...args)).revision).toBe(revision);
    await table('files.csv', 'image,width', 'wide.png,64');
    await json(...args);
    expect((await refusedImages('files')).map(({ name }) => name)).not.toContain('wide.png');
  });

  it('enters nothing where the import is strict, or where a table of metadata alone has a row at fault', async () => {
    const path = await table('strict.csv', 'image,width', 'a.png,1', 'b.png,0');
    const create = ['--dataset', 'strict', '--create', '--by-reference'];
    expect((await run('import', 'table', path, ...create, '--strict')).status).toBe(1);
    const good = await table('good.csv', 'image', 'a.png');
    await json('import', 'table', good, ...create);
    await json('import', 'table', path, '--dataset', 'strict');
    expect(await refusedImages('strict')).toEqual([]);
  });

  it('takes known duplicates, and a split from the field that says the part of each image', async () => {
    const pictures = await table('pictures.csv', 'id,where', '1,train', '2,train', '1,test', '2,test');
    await json(
      ...[
        'import',
        'table',
        pictures,
        '--dataset',
        'pictures',
        '--create',
        '--by-reference',
        '--unit',
        'image',
      ],
      ...['--set', 'image={where}/{id}', '--leave-out', 'id'],
    );
    const path = await table('pairs.csv', 'one,other,Judgment', '1,2,0', '2,9,near');
    const declare = [
      ...['import', 'duplicates', path, '--dataset', 'pictures', '--map', 'judgement=Judgment'],
      ...['--set', 'first=test/{one}', '--set', 'second=train/{other}'],
    ];
    const source = ['--source', 'a reading by eye'];
    expect(await json(...declare, ...source)).toMatchObject({
      pairs: 1,
      refused: [{ row: 3, field: 'second', code: 'UNKNOWN_IMAGE' }],
    });
    expect(await json(...declare, ...source)).toMatchObject({ pairs: 0, alreadyThere: 1 });
    expect((await run(...declare)).status).toBe(1);
    const { dataset } = await house.ask(
      '{ dataset(slug: "pictures") { declaredDuplicates { nodes { firstName secondName judgement source } } } }',
    );
    expect(dataset.declaredDuplicates.nodes).toMatchObject([
      { judgement: 'EXACT', source: 'a reading by eye' },
    ]);
    const split = ['split', '--dataset', 'pictures', '--name', 'official', '--part-field'];
    const { strategy, certificate } = await json(...split, 'where');
    expect([strategy, certificate.counts.map(({ images }: Answer) => images)]).toEqual(['IMPORTED', [2, 2]]);
    expect((await run(...split, 'nowhere')).stderr).toContain(
      'no image of "pictures" has the field "nowhere"',
    );
  });

  it.each([
    [['import', 'table', '.', '--dataset', 'a', '--set', 'part']],
    [['import', 'table', '.', '--dataset', 'a', '--set', 'part=a', '--set', 'part=b']],
    [['split', '--dataset', 'a', '--name', 'b', '--part-field', 'c', '--from', 'd.csv']],
  ])('exits with 2 where it is used wrongly: %j', async (args) => {
    expect(await run(...args)).toMatchObject({ status: 2, stdout: '' });
  });
});
