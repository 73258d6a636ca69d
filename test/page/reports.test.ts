import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDemoHouse } from '../support/demo.ts';
import { describeInBrowser, faultsOnEveryScreen, openPageHouse, type PageHouse } from './browser.ts';

const DEMO = '/page/datasets/greenhouse-demo';

describeInBrowser('reports on the page', () => {
  let house: PageHouse;
  beforeAll(async () => {
    house = await openPageHouse(openDemoHouse);
  }, 300_000);
  afterAll(() => house?.stop());

  const reportOf = async (field: string) => {
    const { dataset } = await house.ask(`{ dataset(slug: "greenhouse-demo") { ${field} { id } } }`);
    return `${DEMO}/reports/${dataset[field].id}`;
  };

  it('are ordered, and a connection lost while one is made is told and waited out', async () => {
    const { page, visit, context } = await house.visitor();
    await visit(`${DEMO}/reports`);
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('ReportProgress') ? route.abort() : route.continue(),
    );
    await page.getByRole('button', { name: 'Make it now: Selection' }).click();
    await page.getByRole('alert').getByText('The connection to the server is lost.').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('heading', { name: 'Behind the cards' }).waitFor();
    expect(await page.locator('article.card').count()).toBeGreaterThanOrEqual(4);
    await context.close();
  });

  it('show grey as large as red, and never a colour without its sign and word', async () => {
    const { page, visit, context } = await house.visitor();
    await visit(await reportOf('associationReport'));
    const cards = await page.locator('article.card').all();
    for (const card of cards) {
      const colour = (await card.getAttribute('class'))!.split(' ').at(-1)!;
      const word = {
        red: 'Problem',
        amber: 'Look here',
        green: 'No problem seen',
        grey: 'Not enough to tell',
      }[colour as 'red'];
      expect(await card.locator('header').innerText()).toContain(word);
    }
    const boxes = await Promise.all(cards.slice(0, 3).map((card) => card.boundingBox()));
    expect(new Set(boxes.map((box) => `${Math.round(box!.width)}×${Math.round(box!.height)}`)).size).toBe(1);
    await context.close();
  });

  it('have plots that lead to the images concerned, with a table of the same, saved as SVG, PNG and CSV', async () => {
    const { page, visit, context } = await house.visitor();
    await visit(await reportOf('selectionReport'));
    const figure = page.locator('figure').filter({ hasText: 'Representation by site' });
    await figure.locator('svg').waitFor();
    await figure.getByText('The same as a table').click();
    expect(await figure.getByRole('link', { name: 'east' }).getAttribute('href')).toBe(
      `${DEMO}/images?factor=site%3Deast`,
    );
    for (const [button, begins] of [
      ['SVG', '<svg'],
      ['PNG', '\u0089PNG'],
      ['CSV', 'What,Value'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        figure.getByRole('button', { name: button }).click(),
      ]);
      const bytes = await readFile(await download.path());
      expect(bytes.subarray(0, begins.length).toString('latin1')).toBe(begins);
    }
    await context.close();
  });

  it('change with a target that is declared here, and two of them are compared', async () => {
    const before = await reportOf('selectionReport');
    const { page, visit, context } = await house.visitor();
    await visit(`${DEMO}/reports`);
    await page.getByRole('button', { name: 'Declare a target population' }).click();
    await page.getByLabel('Name', { exact: true }).fill('even');
    await page.getByLabel('Where the shares come from').fill('a survey of the field');
    await page.getByLabel(/^Shares/).fill('north = 0.2\neast = 0.6\nsouth = 0.1');
    await page.getByText('The shares add up to 0.9, not to 1.').waitFor();
    await page.getByLabel(/^Shares/).fill('north = 0.3\neast = 0.6\nsouth = 0.1');
    await page.getByText('Of the kept images, 442 lie at these levels and 0 do not.').waitFor();
    expect(await faultsOnEveryScreen(page)).toEqual([]);
    await page.getByRole('button', { name: 'Declare', exact: true }).click();
    await page.getByRole('button', { name: 'Make it now: Selection' }).click();
    await page.getByRole('heading', { name: 'Behind the cards' }).waitFor();
    await page.getByText('a survey of the field').first().waitFor();
    expect(page.url()).not.toContain(before);

    await visit(`${DEMO}/reports`);
    for (const box of await page.getByRole('checkbox', { name: /Selection/ }).all()) await box.check();
    await page.getByRole('button', { name: 'Compare the two chosen' }).click();
    await page.getByRole('heading', { name: /Two reports compared/ }).waitFor();
    await page.getByRole('table', { name: 'Figures, what changed most first' }).waitFor();
    await context.close();
  });

  it('are accessible by WCAG 2.2 AA, light and dark, wide and narrow', async () => {
    const reports = await Promise.all(
      ['selectionReport', 'associationReport', 'agreementReport', 'attritionReport'].map(reportOf),
    );
    const { page, visit, context } = await house.visitor();
    for (const view of [`${DEMO}/reports`, `${DEMO}/jobs`, `${DEMO}/runs`, '/page/people', ...reports]) {
      await visit(view);
      expect([view, await faultsOnEveryScreen(page)]).toEqual([view, []]);
    }
    await context.close();
  });
});
