import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { seedDemo } from '../../seeds/demo/seed-demo.ts';
import { SILENT } from '../../src/app/client/import-report.ts';
import { readConfiguration } from '../../src/app/configuration.ts';
import { startServer } from '../../src/app/server.ts';

/** Takes the pictures of the README anew, of the demo: `npm run screenshots`. Wants Debian's chromium and the built page. */
const CHROMIUM = process.env.HOLOTYPE_TEST_CHROMIUM ?? '/usr/bin/chromium';
const DEMO = '/page/datasets/greenhouse-demo';

const folder = await mkdtemp(join(tmpdir(), 'holotype-screenshots-'));
const settings = { HOLOTYPE_LOG_LEVEL: 'fatal' };
const server = await startServer(readConfiguration({ port: '0', dataDir: folder }, settings));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
try {
  const token = (await readFile(server.tokenFile, 'utf8')).trim();
  await seedDemo({ server: server.url, token }, SILENT);
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ dataset(slug: "greenhouse-demo") { associationReport { id } } }' }),
  });
  const { data } = (await response.json()) as { data: { dataset: { associationReport: { id: string } } } };
  await take('images', `${DEMO}/images`, 'light');
  await take('report', `${DEMO}/reports/${data.dataset.associationReport.id}`, 'dark');

  async function take(name: string, path: string, colorScheme: 'light' | 'dark') {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 880 } });
    await context.addInitScript({
      content: `sessionStorage.setItem('holotype.token', ${JSON.stringify(token)})`,
    });
    const page = await context.newPage();
    await page.goto(`${server.url}${path}`);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: new URL(`${name}.png`, import.meta.url).pathname });
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
