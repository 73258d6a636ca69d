// @ts-check
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Plain JavaScript: the command reads it before there is a loader for TypeScript.

/** The folder of this package, seen from its sources as from what was compiled of them. */
export const packageFolder = aboveWithPackage(import.meta.dirname);

/** @type {boolean | undefined} */
let isFresh;

/**
 * What `npm run build` made of `src/NAME.ts`. Null where it made nothing, or a source is newer than it: then the source
 * runs as it is written, so that what runs is always what one reads.
 * @param {string} name
 * @returns {URL | null}
 */
export function compiled(name) {
  isFresh ??= isNewerThanSources(join(packageFolder, 'dist/server/app/cli/main.js'));
  return isFresh ? pathToFileURL(join(packageFolder, 'dist/server', `${name}.js`)) : null;
}

/** @param {string} file */
function isNewerThanSources(file) {
  if (!existsSync(file)) return false;
  const { mtimeMs } = statSync(file);
  return sources().every((source) => statSync(source).mtimeMs <= mtimeMs);
}

/** Every file and folder that the build reads; a folder is newer where a file of it is gone. */
function sources() {
  const folders = ['src', 'seeds', 'migrations'].map((name) => join(packageFolder, name));
  const listed = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => folder !== folders[0] || !path.startsWith('page'))
      .map((path) => join(folder, path)),
  );
  return [
    ...folders,
    ...listed,
    ...['ormconfig.ts', 'package.json'].map((name) => join(packageFolder, name)),
  ];
}

/** @param {string} folder @returns {string} */
function aboveWithPackage(folder) {
  return existsSync(join(folder, 'package.json')) ? folder : aboveWithPackage(dirname(folder));
}
