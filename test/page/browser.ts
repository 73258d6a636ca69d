import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { type House, openHouse } from '../support/house.ts';

const CHROMIUM = process.env.HOLOTYPE_TEST_CHROMIUM ?? '/usr/bin/chromium';

const hasBrowser =
  existsSync(CHROMIUM) && existsSync(resolve(import.meta.dirname, '../../dist/page/index.html'));

/** A suite that needs a browser and the built page; skipped, saying how to have them, where either is missing. */
export function describeInBrowser(name: string, suite: () => void): void {
  if (hasBrowser) describe(name, suite);
  else describe.skip(`${name} (skipped: apt-get install chromium, npm run page)`, suite);
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Opens a view and waits until it has said something. */
  visit(path: string): Promise<Page>;
}

export interface PageHouse extends House {
  readonly browser: Browser;
  /** Somebody at a screen: with the administrator's token unless another, or none, is given. */
  visitor(options?: {
    token?: string | null;
    scheme?: 'light' | 'dark';
    width?: number;
    language?: 'en' | 'fr';
  }): Promise<Visitor>;
}

/** A running server and a browser. What the page complains of on its console fails the test in `stop`. */
export async function openPageHouse(open: () => Promise<House> = openHouse): Promise<PageHouse> {
  const house = await open();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  const complaints: string[] = [];
  const visitor: PageHouse['visitor'] = async ({
    token,
    scheme = 'light',
    width = 1280,
    language = 'en',
  } = {}) => {
    const context = await browser.newContext({
      colorScheme: scheme,
      viewport: { width, height: 900 },
      locale: language,
      acceptDownloads: true,
    });
    const held = token === undefined ? house.token : token;
    if (held !== null)
      await context.addInitScript({
        content: `sessionStorage.setItem('holotype.token', ${JSON.stringify(held)})`,
      });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complaints.push(message.text());
    });
    return {
      context,
      page,
      async visit(path) {
        await page.goto(`${house.url}${path}`);
        await page.waitForSelector('h1, [role=alert]');
        await page.waitForLoadState('networkidle');
        return page;
      },
    };
  };
  return {
    ...house,
    browser,
    visitor,
    async stop() {
      await browser.close();
      await house.stop();
      expect(complaints).toEqual([]);
    },
  };
}

const AXE = createRequire(import.meta.url)('axe-core').source as string;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 AA on the page as it stands, a line a rule; nothing, one hopes. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))`);
}

/** The same of the page light and dark, wide and on a telephone, and where it is wider than its screen. */
export async function faultsOnEveryScreen(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // Plots are drawn anew to fit.
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)))');
      for (const fault of await accessibilityFaults(page)) faults.push(`${colorScheme}, ${width}: ${fault}`);
    }
    const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
    if (overflow > 0) faults.push(`${width}: ${overflow} pixels too wide`);
  }
  return faults;
}
