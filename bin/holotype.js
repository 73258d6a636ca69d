#!/usr/bin/env node
import { join } from 'node:path';
import { compiled, packageFolder } from '../src/platform/compiled.js';

const entry = compiled('app/cli/main');
if (entry === null) {
  const { register } = await import('tsx/esm/api');
  // The compiler options are the package's own, whatever folder the command is given in; worker threads inherit them.
  const tsconfig = join(packageFolder, 'tsconfig.json');
  process.env.TSX_TSCONFIG_PATH = tsconfig;
  register({ tsconfig });
} else process.setSourceMapsEnabled(true);

const { main } = await import(entry?.href ?? '../src/app/cli/main.ts');
await main(process.argv);
