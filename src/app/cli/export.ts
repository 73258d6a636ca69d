import { exportDataset } from '../client/export-dataset.ts';
import type { ExportFormat } from '../client/export-formats.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';
import { terminalProgress } from './terminal-progress.ts';

/** Writes the annotations in another format, and says what that format cannot carry. */
export async function exportAnnotations(
  format: ExportFormat,
  folder: string,
  options: AccessOptions & { readonly dataset: string },
): Promise<void> {
  const report = await exportDataset(
    await accessOf(options),
    format,
    options.dataset,
    folder,
    terminalProgress(),
  );
  if (options.json) return printJson(report);
  print(
    `${report.annotations} annotations of ${report.images} images of ${report.dataset} at revision ${report.revision}, ${report.files.length} files in ${folder}`,
  );
  if (report.losses.length === 0) print('  nothing was lost');
  for (const { what, count, message } of report.losses) print(`  ${count} ${what}: ${message}`);
}
