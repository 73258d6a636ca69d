#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// The compiler options are the package's own, whatever folder the command is given in; worker threads inherit them.
const tsconfig = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
process.env.TSX_TSCONFIG_PATH = tsconfig;
register({ tsconfig });

const { main } = await import('../src/app/cli/main.ts');
await main(process.argv);
