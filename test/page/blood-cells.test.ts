import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsOf } from '../app/cli/command.ts';
import { isShared, shared } from '../support/shared.ts';
import { accessibilityFaults, describeInBrowser, openPageHouse, type PageHouse } from './browser.ts';

const BCCD = '/page/datasets/bccd';

describe.skipIf(!isShared('data', 'bccd_trainval'))('blood cells of shared/data', () => {
  describeInBrowser('on the page', () => {
    let house: PageHouse;
    beforeAll(async () => {
      house = await openPageHouse();
      const folder = shared('data', 'bccd_trainval');
      const run = commandsOf(house);
      const { status, stderr } = await run(
        'import',
        'voc',
        folder,
        '--dataset',
        'bccd',
        '--create',
        '--licence',
        'MIT',
      );
      expect([status, stderr]).toEqual([0, expect.anything()]);
    }, 300_000);
    afterAll(() => house?.stop());

    it('are all in the grid, and found by what they show', async () => {
      const { page, visit, context } = await house.visitor();
      await visit(`${BCCD}/images`);
      await page.getByRole('status').filter({ hasText: '292 images' }).waitFor();
      await page.locator('.cell img').first().waitFor();
      await page.getByRole('combobox', { name: 'Class' }).selectOption('Platelets');
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      const { dataset } = await house.ask(
        '{ dataset(slug: "bccd") { imageCount(filter: { kept: true, classes: ["Platelets"] }) } }',
      );
      await page
        .getByRole('status')
        .filter({ hasText: `${dataset.imageCount} images` })
        .waitFor();
      await context.close();
    });

    it('show every box of an image where it belongs, and a box a row of the table', async () => {
      const { dataset } = await house.ask(
        '{ dataset(slug: "bccd") { images(first: 1) { nodes { imageId width height annotations { geometry { ... on BoxGeometry { x y width height } } } } } } }',
      );
      const [image] = dataset.images.nodes;
      const { page, visit, context } = await house.visitor();
      await visit(`${BCCD}/images/${image.imageId}`);
      await page.locator('.laid img').waitFor();
      const laid = (await page.locator('.laid').boundingBox())!;
      const drawn: [number, number][] = await page.evaluate(
        `[...document.querySelectorAll('.laid rect')].map((rect) => {
        const { x, y } = rect.getBoundingClientRect();
        return [x, y];
      })`,
      );
      const boxes: [number, number][] = image.annotations.map(
        ({ geometry }: { geometry: { x: string; y: string } }) => [
          laid.x + (Number(geometry.x) / image.width) * laid.width,
          laid.y + (Number(geometry.y) / image.height) * laid.height,
        ],
      );
      expect(drawn).toHaveLength(boxes.length);
      for (const [x, y] of boxes) {
        const nearest = Math.min(...drawn.map(([left, top]) => Math.hypot(left - x, top - y)));
        expect(nearest).toBeLessThanOrEqual(3); // half a stroke, and rounding
      }
      expect(await accessibilityFaults(page)).toEqual([]);
      await context.close();
    });

    it('have a report whose grey cards say what is missing', async () => {
      const { page, visit, context } = await house.visitor();
      await visit(`${BCCD}/reports`);
      await page.getByRole('button', { name: 'Make it now: Selection' }).click();
      await page.getByRole('heading', { name: 'Behind the cards' }).waitFor();
      await page.locator('article.card.grey').first().waitFor();
      await page.getByText('No target population is declared').first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await context.close();
    });
  });
});
