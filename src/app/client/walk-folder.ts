import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../../kernel/compare-text.ts';

export interface LocalFile {
  /** Path below the folder, with `/` on every system. */
  readonly name: string;
  readonly path: string;
}

/** Every file below a folder, in the order of their names; what begins with a dot is no part of a dataset. */
export async function walkFolder(folder: string): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  const visit = async (directory: string, prefix: string): Promise<void> => {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const [name, path] = [prefix + entry.name, join(directory, entry.name)];
      if (entry.isDirectory()) await visit(path, `${name}/`);
      else if (entry.isFile() || entry.isSymbolicLink()) files.push({ name, path });
    }
  };
  await visit(folder, '');
  return files.sort((left, right) => compareText(left.name, right.name));
}
