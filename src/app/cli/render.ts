import { makeRendering } from '../client/make-rendering.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';
import { terminalProgress } from './terminal-progress.ts';

interface RenderOptions extends AccessOptions {
  readonly format: readonly string[];
  readonly consensus?: string;
  readonly annotator?: string;
}

/** Has forms of a snapshot made ahead of those who fetch them, and prints their addresses and what they do not say. */
export async function render(reference: string, options: RenderOptions): Promise<void> {
  const { consensus = null, annotator = null } = options;
  const access = await accessOf(options);
  const reports = [];
  for (const format of options.format)
    reports.push(
      await makeRendering(access, { reference, format, consensus, annotator }, terminalProgress()),
    );
  if (options.json) return printJson(reports);
  for (const { format, version, files, losses, limits } of reports) {
    print(`${format} (exporter ${version})`);
    for (const { address, digest, size } of files) print(`  ${address}  ${size} bytes  sha256:${digest}`);
    for (const { what, count, message } of losses) print(`  lost: ${what} (${count}): ${message}`);
    for (const limit of limits) print(`  never in it: ${limit}`);
  }
}
