import { parseArgs } from 'node:util';
import { agreement } from './agreement.ts';
import { DATABASES } from './bench-server.ts';
import { chestRadiographs } from './chest-radiographs.ts';
import { dawidSkene } from './dawid-skene.ts';
import { handingOut } from './handing-out.ts';
import { imageGrid } from './image-grid.ts';
import { ingest } from './ingest.ts';
import { million } from './million.ts';
import { reports } from './reports.ts';
import { type Benchmark, type Result, table, verdict } from './result.ts';
import { smallFiles } from './small-files.ts';
import { streaming } from './streaming.ts';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  ingest,
  streaming,
  million,
  reports,
  'chest-radiographs': chestRadiographs,
  'dawid-skene': dawidSkene,
  agreement,
  'handing-out': handingOut,
  'small-files': smallFiles,
  'image-grid': imageGrid,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    scale: { type: 'string', default: '1' },
    database: { type: 'string' },
  },
});
const scale = Number(values.scale);
const unknown = positionals.find((name) => !(name in BENCHMARKS));
const databases = DATABASES.filter((kind) => values.database === undefined || values.database === kind);
if (unknown !== undefined || databases.length === 0 || !(scale > 0 && scale <= 5)) {
  console.error(
    `usage: npm run bench -- [${Object.keys(BENCHMARKS).join('] [')}] [--json] [--scale 0.01 … 5] [--database ${DATABASES.join(' | ')}]` +
      (unknown === undefined ? '' : `\nThere is no benchmark "${unknown}".`),
  );
  process.exit(2);
}

const results: Result[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(BENCHMARKS)) {
  const made = await BENCHMARKS[name]!(scale, databases);
  if (!values.json) console.log(`${name}\n${table(made)}`);
  results.push(...made);
}
if (values.json)
  console.log(
    JSON.stringify(
      results.map((result) => ({ ...result, verdict: verdict(result) })),
      null,
      2,
    ),
  );
process.exitCode = results.some((result) => verdict(result) === 'MISSED') ? 1 : 0;
