import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LossTally } from '../../interchange/loss-tally.ts';
import { isDomainError } from '../../kernel/errors.ts';
import { partsAlone } from '../../renderings/parts-alone.ts';
import { renderingFormat } from '../../renderings/rendering-formats.codec.ts';
import type { FolderProblem } from './folder-problem.ts';
import { folderSource } from './folder-source.ts';
import { hashFile } from './hash-file.ts';
import { type FolderRendering, laidFiles, renderingFolder } from './render-folder.ts';

interface CheckedFolder {
  readonly directory: string;
  readonly parts: readonly string[] | null;
  readonly report: (file: string, kind: FolderProblem['kind'], message: string) => void;
}

/** Renders a form again from what the folder holds, and names each of its files that is another. Says where it lies. */
export async function checkRendering(
  { directory, parts, report }: CheckedFolder,
  rendering: FolderRendering,
): Promise<string> {
  const { format, version, consensus, annotator } = rendering;
  const options = { consensus, annotator };
  const folder = renderingFolder(format, options);
  try {
    const installed = renderingFormat(format).version;
    if (installed !== version) {
      report(
        folder,
        'altered',
        `It was written by exporter ${version}, and this is ${installed}: pull again.`,
      );
      return folder;
    }
    const known = new Set<string>();
    const source = partsAlone(await folderSource(directory), parts);
    for await (const { path, chunks, image } of laidFiles(source, format, options, new LossTally())) {
      known.add(path);
      const file = `${folder}/${path}`;
      const expected = image ? image.sha256! : await hashOf(chunks);
      const held = await hashFile(join(directory, file));
      if (!held) report(file, 'missing', 'The file is not there; pull again.');
      else if (held.sha256 !== expected)
        report(file, 'altered', `Its bytes are sha256:${held.sha256}, not sha256:${expected}; pull again.`);
    }
    for (const path of await listFiles(join(directory, folder)))
      if (!known.has(path)) report(`${folder}/${path}`, 'extra', 'The rendering has no such file.');
  } catch (error) {
    const isMissingImage = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isDomainError(error) && !isMissingImage) throw error;
    report(folder, 'altered', `It cannot be rendered again: ${(error as Error).message}`);
  }
  return folder;
}

async function hashOf(chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>) {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
