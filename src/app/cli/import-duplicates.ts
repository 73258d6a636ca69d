import { writeFile } from 'node:fs/promises';
import { importDuplicates } from '../client/import-duplicates.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';
import { printRefused } from './print-refused.ts';

export interface ImportDuplicatesOptions extends AccessOptions {
  readonly dataset: string;
  readonly source?: string;
  readonly map?: ReadonlyMap<string, string>;
  readonly set?: ReadonlyMap<string, string>;
  readonly report?: string;
}

export async function importDuplicatesCommand(path: string, options: ImportDuplicatesOptions): Promise<void> {
  const { dataset, source = '', map: mapping, set } = options;
  const report = await importDuplicates(await accessOf(options), { dataset, path, source, mapping, set });
  if (options.report) await writeFile(options.report, `${JSON.stringify(report, null, 2)}\n`);
  if (options.json) return printJson(report);
  print(`${dataset} at revision ${report.revision}`);
  print(`${report.pairs} pairs declared, ${report.alreadyThere} already there`);
  printRefused(report.refused);
}
