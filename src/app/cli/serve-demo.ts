import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { demoDatasetDescription } from '../../../seeds/demo/demo-dataset-description.ts';
import { seedDemo } from '../../../seeds/demo/seed-demo.ts';
import type { Configuration } from '../configuration.ts';
import type { RunningServer } from '../server.ts';
import { DEFAULT_SERVER } from './access.ts';
import { print } from './print.ts';
import { terminalProgress } from './terminal-progress.ts';

/** Seeds the demo at the first start, and shows what to do with it. */
export async function serveDemo(server: RunningServer, configuration: Configuration): Promise<void> {
  const token = (await readFile(server.tokenFile, 'utf8')).trim();
  const digest = await seedDemo({ server: server.url, token }, terminalProgress());
  const { slug } = demoDatasetDescription;
  const folder = relative(process.cwd(), configuration.dataFolder);
  const dataDir = folder === '.holotype' ? '' : ` --data-dir ${quoted(configuration.dataFolder)}`;
  // Only the embedded database's folder tells the command line where its server listens.
  const isFound = configuration.databaseUrl === null || server.url === DEFAULT_SERVER;
  const address = isFound ? '' : ` --server ${server.url}`;
  const query = `{ dataset(slug: "${slug}") { title revision imageCounts { kept excluded } labelClasses { name } } }`;
  print(`
The demo is published as ${digest}

Pull it, every byte proved:
  npx holotype pull ${slug}@${digest} ./${slug}${dataDir}${address}

Ask for it:
  curl -s ${server.url}/graphql -H "Authorization: Bearer $(cat ${quoted(server.tokenFile)})" \\
    -H 'Content-Type: application/json' -d '${JSON.stringify({ query })}'
`);
}

/** For a POSIX shell. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
