import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Writes a generated file; with `--check` compares instead and exits 1, saying how to mend it.
 * Paths are relative to the repository.
 */
export function generatedFile(path: string, content: string, remedy: string): void {
  const file = resolve(import.meta.dirname, '../../..', path);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, content);
    console.log(`wrote ${path}`);
    return;
  }
  if (held(file) === content) {
    console.log(`${path} is up to date`);
    return;
  }
  console.error(`${path} does not match the code: run \`${remedy}\` and commit the result.`);
  process.exitCode = 1;
}

function held(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
