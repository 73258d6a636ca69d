import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSplit, readPartField, type SplitReport } from '../../src/app/client/divide-dataset.ts';
import type { ServerAccess } from '../../src/app/client/http.ts';
import { importDataset } from '../../src/app/client/import-dataset.ts';
import { type DuplicateReport, importDuplicates } from '../../src/app/client/import-duplicates.ts';
import type { ImportReport } from '../../src/app/client/import-report.ts';
import type { NewDataset } from '../../src/app/client/open-dataset.ts';
import type { TableReading } from '../../src/interchange/table-reading.ts';
import { isShared, shared } from './shared.ts';

/**
 * The five real tables of shared/data, brought into a running house as a user does it by `holotype import table …
 * --by-reference`. Tests that need them skip where this is false.
 */
export const hasRealTables = isShared('data', 'nih_cxr14_metadata');

type RunningHouse = Pick<ServerAccess, 'token'> & { readonly url: string };

const accessOf = ({ url, token }: RunningHouse): ServerAccess => ({ server: url, token });
const pairs = (object: Record<string, string>) => new Map(Object.entries(object));

interface TableImport extends TableReading {
  readonly dataset: string;
  readonly path: string;
  /** Null: the dataset and its images are there. */
  readonly create: NewDataset | null;
  readonly annotator?: string;
}

function importTable(house: RunningHouse, table: TableImport): Promise<ImportReport> {
  return importDataset(accessOf(house), {
    annotator: null,
    ...table,
    format: 'table',
    images: null,
    acquisition: null,
    namePattern: null,
    byReference: table.create !== null,
    origin: 1,
    round: null,
    strict: false,
  });
}

/** A split whose parts a field of the images says, held against the dataset's unit: `holotype split --part-field FIELD`. */
export async function splitByField(
  house: RunningHouse,
  { dataset, name, field }: { dataset: string; name: string; field: string },
): Promise<SplitReport> {
  const access = accessOf(house);
  const assignment = await readPartField(access, dataset, field);
  const keys = { groupBy: null, stratifyBy: null };
  const wish = { dataset, name, strategy: 'IMPORTED', seed: '0', parts: [], folds: null } as const;
  return createSplit(access, { ...wish, ...keys, assignment });
}

/** 112 120 chest X-rays of 30 805 patients, the unit; several findings a radiograph. */
export function importChestRadiographs(house: RunningHouse, dataset = 'nih-cxr14'): Promise<ImportReport> {
  return importTable(house, {
    dataset,
    path: shared('data', 'nih_cxr14_metadata', 'Data_Entry_2017_v2020.csv.gz'),
    create: { unit: 'subject' },
    annotator: 'text-mining',
    labelSeparator: '|',
    mapping: pairs({
      image: 'Image Index',
      subject: 'Patient ID',
      label: 'Finding Labels',
      view: 'View Position',
      age: 'Patient Age',
      sex: 'Patient Gender',
      'follow-up': 'Follow-up #',
      width: 'OriginalImage[Width',
      height: 'Height]',
    }),
    leaveOut: ['OriginalImagePixelSpacing[x', 'y]'],
  });
}

/** 279 radiographs of 158 patients, the unit, out of publications; `source` is the web site each was taken from. */
export function importCovidRadiographs(house: RunningHouse, dataset = 'covid-cxr'): Promise<ImportReport> {
  return importTable(house, {
    dataset,
    path: shared('data', 'covid_cxr_metadata', 'metadata.csv'),
    create: { unit: 'subject' },
    annotator: 'curators',
    mapping: pairs({
      image: 'filename',
      subject: 'patientid',
      label: 'finding',
      capturedAt: 'date',
    }),
    set: pairs({ source: '{url~^https?://(?:www\\.)?([^/]+)}' }),
    leaveOut: ['url', 'doi', 'clinical notes', 'other notes'],
  });
}

const PARTS = { train: 'train', val: 'validation', test: 'test' } as const;

/** 17 509 photographs of weeds; the minute of the shot is the unit; `fold 0` … say the part in the official folds asked for. */
export async function importDeepWeeds(
  house: RunningHouse,
  dataset = 'deepweeds',
  folds: readonly number[] = [0],
): Promise<ImportReport> {
  const folder = shared('data', 'deepweeds_labels');
  const mapping = pairs({ image: 'Filename' });
  const report = await importTable(house, {
    dataset,
    path: join(folder, 'labels.csv'),
    create: { unit: 'minute', licence: 'CC-BY-4.0' },
    annotator: 'authors',
    mapping: pairs({ image: 'Filename', label: 'Species' }),
    set: pairs({
      minute: '{Filename~^\\d{8}-\\d{4}}',
      device: '{Filename~(\\d+)\\.jpg$}',
      capturedAt:
        '{Filename~^(....)}-{Filename~^.{4}(..)}-{Filename~^.{6}(..)}T{Filename~^.{9}(..)}:{Filename~^.{11}(..)}:{Filename~^.{13}(..)}',
    }),
    leaveOut: ['Label'],
  });
  for (const fold of folds)
    for (const [file, part] of Object.entries(PARTS))
      await importTable(house, {
        dataset,
        path: join(folder, `${file}_subset${fold}.csv`),
        create: null,
        mapping,
        set: pairs({ [`fold ${fold}`]: part }),
        leaveOut: ['Label'],
      });
  return report;
}

/** 50 side views of 48 maize plants, the unit; `official part` is the part that the authors put each into. */
export async function importMaizeLeafTips(
  house: RunningHouse,
  dataset = 'maize-tips',
): Promise<ImportReport[]> {
  const files = { training: 'train', validation: 'validation', testing: 'test' };
  const reports: ImportReport[] = [];
  for (const [file, part] of Object.entries(files))
    reports.push(
      await importTable(house, {
        dataset,
        path: shared('data', 'maize_leaf_tips', `example_${file}.csv`),
        create: { unit: 'subject', licence: 'BSD-2-Clause' },
        mapping: pairs({ image: 'fn' }),
        set: pairs({
          subject: '{fn~^[^_]+}',
          experiment: '{fn~^\\d+}',
          capturedAt: '{fn~_(\\d{4}-\\d\\d-\\d\\d)_}',
          'official part': part,
        }),
        leaveOut: file === 'testing' ? [] : ['targets'],
      }),
    );
  return reports;
}

export interface CifarImport {
  readonly images: ImportReport;
  readonly duplicates: readonly DuplicateReport[];
}

const TEST_IMAGES = 10_000;

/**
 * CIFAR-10 or CIFAR-100 by the lists of known duplicates: all 10 000 test images, of which shares are taken, and those
 * training images that the lists name. Images are `test/INDEX` and `train/INDEX`; `official part` is test or train.
 */
export async function importCifarDuplicates(
  house: RunningHouse,
  classes: 10 | 100,
  dataset = `cifar${classes}`,
): Promise<CifarImport> {
  const across = shared('data', 'cifair_duplicates', `duplicates_cifar${classes}.csv`);
  const within = shared('data', 'cifair_duplicates', `duplicates_cifar${classes}_test.csv`);
  const trained = new Set(
    (await readFile(across, 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[1]!),
  );
  const names = [
    ...Array.from({ length: TEST_IMAGES }, (_, index) => `test/${index},test`),
    ...[...trained].map((index) => `train/${index},train`),
  ];
  const path = join(tmpdir(), `holotype-${dataset}-${process.pid}.csv`);
  await writeFile(path, ['image,official part', ...names, ''].join('\n'));
  const images = await importTable(house, { dataset, path, create: { unit: 'image' } });
  await rm(path);
  const declare = (file: string, second: string) =>
    importDuplicates(accessOf(house), {
      dataset,
      path: file,
      source: 'Barz and Denzler 2020, by eye',
      mapping: pairs({ judgement: 'Judgment' }),
      set: pairs({ first: 'test/{TestID}', second }),
    });
  return {
    images,
    duplicates: [await declare(across, 'train/{TrainID}'), await declare(within, 'test/{TrainID}')],
  };
}
