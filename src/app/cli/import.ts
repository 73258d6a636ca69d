import { writeFile } from 'node:fs/promises';
import type { AnnotatorKind } from '../../annotation/annotator-kind.ts';
import type { RatingLayout } from '../../interchange/rating-layout-names.ts';
import type { YoloTask } from '../../interchange/yolo-row.ts';
import { importDataset } from '../client/import-dataset.ts';
import type { ImportFormat } from '../client/import-formats.ts';
import type { ImportReport } from '../client/import-report.ts';
import type { MaskWish, RatingsWish } from '../client/import-source-options.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { importDuplicatesCommand } from './import-duplicates.ts';
import { print, printJson, printTable } from './print.ts';
import { printRefused } from './print-refused.ts';
import { terminalProgress } from './terminal-progress.ts';

interface ImportCommandOptions extends AccessOptions {
  readonly dataset: string;
  readonly create?: boolean;
  readonly title?: string;
  readonly licence?: string;
  readonly sensitivity?: string;
  readonly unit?: string;
  readonly images?: string;
  readonly annotator?: string;
  readonly annotatorKind?: string;
  readonly annotators?: string;
  readonly acquisition?: string;
  readonly map?: ReadonlyMap<string, string>;
  readonly set?: ReadonlyMap<string, string>;
  readonly leaveOut?: readonly string[];
  readonly labelSeparator?: string;
  readonly source?: string;
  readonly namePattern?: string;
  readonly byReference?: boolean;
  readonly origin: string;
  readonly round?: string;
  readonly strict?: boolean;
  readonly report?: string;
  readonly layout?: RatingLayout;
  readonly columns?: readonly string[];
  readonly unnamed?: boolean;
  readonly quantity?: string;
  readonly classes?: readonly string[];
  readonly count: string;
  readonly outer: 'annotator' | 'image';
  readonly file?: readonly string[];
  readonly label?: string;
  readonly foreground?: number | 'nonzero';
  readonly instances?: boolean;
  readonly ignoreCase?: boolean;
  readonly prediction?: string;
  readonly model?: string;
  readonly task?: YoloTask;
}

export async function importCommand(
  format: ImportFormat | 'duplicates',
  path: string,
  options: ImportCommandOptions,
): Promise<void> {
  if (format === 'duplicates') return importDuplicatesCommand(path, options);
  const { dataset, title, licence, unit } = options;
  const sensitivity = options.sensitivity?.toUpperCase() as 'NONE' | 'PERSONAL' | undefined;
  const report = await importDataset(await accessOf(options), {
    dataset,
    format,
    path,
    create: options.create ? { title, licence, sensitivity, unit } : null,
    images: options.images ?? null,
    annotator: options.annotator ?? null,
    annotatorKind: options.annotatorKind?.toUpperCase() as AnnotatorKind | undefined,
    annotators: options.annotators ?? null,
    acquisition: options.acquisition ?? null,
    mapping: options.map,
    set: options.set,
    leaveOut: options.leaveOut,
    labelSeparator: options.labelSeparator,
    namePattern: options.namePattern ?? null,
    byReference: options.byReference ?? false,
    origin: options.origin === '0' ? 0 : 1,
    round: options.round ?? null,
    strict: options.strict ?? false,
    ratings: ratingsOf(options),
    masks: masksOf(options),
    task: options.task,
    progress: terminalProgress(),
  });
  if (options.report) await writeFile(options.report, `${JSON.stringify(report, null, 2)}\n`);
  if (options.json) printJson(report);
  else printReport(report);
  if (options.strict && report.refused.length > 0) {
    process.stderr.write(`holotype: ${report.refused.length} things are refused and the import is strict.\n`);
    process.exitCode = 1;
  }
}

function ratingsOf(options: ImportCommandOptions): RatingsWish {
  const { layout = null, columns = null, unnamed = false, quantity = null, classes = null } = options;
  return { layout, columns, unnamed, quantity, classes, count: options.count, outer: options.outer };
}

function masksOf(options: ImportCommandOptions): MaskWish {
  const { file: files = [], prediction = null, model = null, label = null } = options;
  const { foreground = null, instances = false, ignoreCase = false } = options;
  return { files, prediction, model, label, foreground, instances, ignoreCase };
}

/** What was taken, converted, noted and lost. */
function printReport(report: ImportReport): void {
  print(`${report.dataset} at revision ${report.revision}`);
  const kinds = ['images', 'acquisition', 'annotations'] as const;
  printTable(
    ['', 'taken', 'already there'],
    kinds.map((kind) => [kind, report[kind], report.alreadyThere[kind]]),
  );
  if (report.source !== null) {
    const { format, version, frame } = report.source;
    print(`source   ${[format, version].filter((part) => part !== null).join(' ')}; ${frame}`);
  }
  for (const { name, kind } of report.annotators) print(`${kind.toLowerCase().padEnd(8)} ${name}`);
  if (report.pseudonyms !== null) {
    const { path, used, added } = report.pseudonyms;
    print(
      `persons  ${used} are under pseudonyms, ${added} of them new; who they are stands in ${path} alone`,
    );
  }
  for (const { where, message } of report.notes) print(`note     ${where}: ${message}`);
  for (const { kind, images } of report.duplicates)
    print(`${kind.padEnd(5)} duplicate: ${images.join(' = ')}`);
  printRefused(report.refused);
}
