import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayedFrame } from '../../src/page/views/image/displayed-frame.ts';
import { openDemoHouse } from '../support/demo.ts';
import type { Answer } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { isShared, shared } from '../support/shared.ts';
import { addImages, newDataset } from '../support/specimens.ts';
import { describeInBrowser, faultsOnEveryScreen, openPageHouse, type PageHouse } from './browser.ts';

const DEMO = '/page/datasets/greenhouse-demo';

describeInBrowser('the page', () => {
  let house: PageHouse;
  beforeAll(async () => {
    house = await openPageHouse(openDemoHouse);
  }, 300_000);
  afterAll(() => house?.stop());

  it('signs in who has a token, and refuses who has none or a wrong one', async () => {
    const { page, visit } = await house.visitor({ token: null });
    await visit('/');
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Token').fill('not-a-token');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('does not know this token').waitFor();
    await page.getByLabel('Token').fill(house.token);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Simulated greenhouse' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Sign in to see this.').waitFor();
    await page.context().close();
  });

  it('shows of a dataset that is not shared the same as of one that is not there', async () => {
    const stranger = await house.tokenOf(null);
    const { page, visit, context } = await house.visitor({ token: stranger });
    const seen = async (slug: string) => {
      await visit(`/page/datasets/${slug}`).catch(() => null);
      return (await page.getByRole('alert').innerText()).replaceAll(slug, 'SLUG');
    };
    expect(await seen('greenhouse-demo')).toBe(await seen('never-there'));
    await context.close();
  });

  it('asks no other host, and its first view wants less than 200 kB of script compressed', async () => {
    const { page, visit, context } = await house.visitor();
    const hosts = new Set<string>();
    const scripts = new Set<string>();
    page.on('request', (request) => {
      if (request.url().startsWith('blob:')) return;
      hosts.add(new URL(request.url()).origin);
      if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname);
    });
    await visit('/');
    const dist = resolve(import.meta.dirname, '../../dist/page');
    const bytes = [...scripts].map((path) => gzipSync(readFileSync(resolve(dist, `.${path}`))).length);
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(200_000);
    await visit(`${DEMO}/images`);
    expect([...hosts]).toEqual([house.url]);
    expect(readdirSync(dist)).toContain('index.html');
    await context.close();
  });

  it('speaks French, and keeps to it', async () => {
    const { page, visit, context } = await house.visitor();
    await visit('/');
    await page.getByLabel('Language').selectOption('fr');
    await page.getByRole('heading', { name: 'Jeux de données' }).waitFor();
    await visit(DEMO);
    await page.getByText('Images gardées', { exact: true }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
    await context.close();
  });

  it('shows a filter that was sent to somebody, and keeps all of it when one condition is changed', async () => {
    const { page, visit, context } = await house.visitor();
    const sent = 'kept=false&class=rust&factor=site%3Dsouth&factor=captureMonth%3D2025-05&disagreement=true';
    await visit(`${DEMO}/images?${sent}`);
    expect(await page.getByLabel('State').inputValue()).toBe('false');
    expect(await page.getByLabel('Class').inputValue()).toBe('rust');
    expect(await page.getByLabel('Factor').inputValue()).toBe('site');
    await page.getByLabel('Name contains').fill('leaf');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForURL(/name=leaf/);
    const asked = new URL(page.url()).searchParams;
    for (const [name, value] of new URLSearchParams(sent)) expect(asked.getAll(name)).toContain(value);
    await context.close();
  });

  it('lists the images of a filter, and makes no more cells than are in sight', async () => {
    const { page, visit, context } = await house.visitor();
    await visit(`${DEMO}/images`);
    await page.getByRole('status').filter({ hasText: '442 images' }).waitFor();
    expect(await page.locator('.cell').count()).toBeLessThan(100);
    await page.locator('.cell img').first().waitFor();
    await page.getByLabel('State').selectOption('false');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('status').filter({ hasText: '56 images' }).waitFor();
    await context.close();
  });

  it('excludes images with a reason, after saying how many would be left', async () => {
    const { page, visit, context } = await house.visitor();
    await visit(`${DEMO}/images`);
    await page.getByRole('status').filter({ hasText: '442 images' }).waitFor();
    for (const box of (await page.locator('.cell input').all()).slice(0, 3)) await box.check();
    await page.getByRole('button', { name: 'Exclude 3' }).click();
    await page.getByText('keeps 442 images now, and 439 after this').waitFor();
    expect(await faultsOnEveryScreen(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Exclude 3' }).click();
    await page.getByLabel('Reason').fill('blurred');
    await page.getByRole('button', { name: 'Exclude 3 images' }).click();
    await page.getByRole('status').filter({ hasText: '439 images' }).waitFor();
    const { dataset } = await house.ask('{ dataset(slug: "greenhouse-demo") { imageCounts { kept } } }');
    expect(dataset.imageCounts.kept).toBe(439);
    await context.close();
  });

  it('shows one image with what its raters said and how it was taken', async () => {
    const { page, visit, context } = await house.visitor();
    await visit(`${DEMO}/images`);
    await page.locator('.cell a').first().click();
    await page.getByText('Acquisition record').first().waitFor();
    await page.getByText(/raters of the whole image say/).waitFor();
    await page.locator('.laid img').waitFor();
    const history = page.getByRole('region', { name: 'History' });
    await history.getByText('Came into the dataset.').waitFor();
    await history
      .getByText(/1 label given/)
      .first()
      .waitFor();
    await page.getByText('No consensus of this dataset was ordered yet.').waitFor();
    await context.close();
  });

  it('hands out the documents of a dataset, and says how far each is answered', async () => {
    const { page, visit, context } = await house.visitor();
    await visit(DEMO);
    const row = page.getByRole('row', { name: /Datasheet for datasets/ });
    const saved = page.waitForEvent('download');
    await row.getByRole('link', { name: 'md' }).click();
    expect((await saved).suggestedFilename()).toBe('greenhouse-demo-datasheet.md');
    await context.close();
  });

  describe.skipIf(!isShared('data', 'awkward_images'))(
    'of photographs in the eight EXIF orientations',
    () => {
      const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];
      /** A region of the upright photograph, as shares of its width and height. */
      const REGION = { left: 0.55, top: 0.2, width: 0.25, height: 0.3 };
      let ids: Map<string, string>;

      beforeAll(async () => {
        await newDataset(house, 'landscapes');
        const images: Record<string, Buffer> = {};
        for (const orientation of ORIENTATIONS)
          images[`${orientation}.jpg`] = await readFile(
            shared('data', 'awkward_images', 'sharp_fixtures', `Landscape_${orientation}.jpg`),
          );
        await addImages(house, 'landscapes', images);
        await succeed(house, 'declareAnnotators', {
          dataset: 'landscapes',
          annotators: [{ pseudonym: 'rater-1', kind: 'HUMAN' }],
        });
        await succeed(house, 'defineLabelSchema', { dataset: 'landscapes', classes: [{ name: 'boat' }] });
        const { dataset } = await house.ask(
          '{ dataset(slug: "landscapes") { images(first: 10) { nodes { name imageId facts { width height orientation } } } } }',
        );
        ids = new Map(dataset.images.nodes.map(({ name, imageId }: Answer) => [name, imageId]));
        const annotations = dataset.images.nodes.flatMap(({ name, facts }: Answer) => {
          const stored = storedRegion(facts, REGION);
          const common = { image: name, annotator: 'rater-1', label: 'boat' };
          const box = Object.fromEntries(Object.entries(stored).map(([key, value]) => [key, String(value)]));
          return [
            { ...common, kind: 'BOX', geometry: { box } },
            { ...common, kind: 'MASK', geometry: { mask: maskOf(facts, stored) } },
          ];
        });
        await succeed(
          house,
          'recordAnnotations',
          { dataset: 'landscapes', source: 'test', annotations, strict: true },
          '... on BulkReport { taken }',
        );
      });

      it.each(ORIENTATIONS)(
        'draws boxes and masks where they belong, to the pixel: orientation %i',
        async (orientation) => {
          const { page, visit, context } = await house.visitor();
          await visit(`/page/datasets/landscapes/images/${ids.get(`${orientation}.jpg`)}`);
          await page.locator('.laid img').waitFor();
          await page.locator('.laid image.mask').waitFor();
          const shot = (await page.locator('.laid').screenshot()) as Buffer;
          const overlaid = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true });
          await page.getByRole('checkbox', { name: 'Show what rater-1 drew' }).uncheck();
          await page.locator('.laid image.mask').waitFor({ state: 'detached' });
          const bare = (await page.locator('.laid').screenshot()) as Buffer;
          const without = await sharp(bare).removeAlpha().raw().toBuffer();
          const { width, height } = overlaid.info;
          const drawn = changedBox(overlaid.data, without, overlaid.info);
          for (const [found, expected] of [
            [drawn.left, REGION.left * width],
            [drawn.top, REGION.top * height],
            [drawn.right, (REGION.left + REGION.width) * width],
            [drawn.bottom, (REGION.top + REGION.height) * height],
          ] as const)
            expect(Math.abs(found - expected)).toBeLessThanOrEqual(5); // half a stroke, its rim, and rounding
          await context.close();
        },
      );
    },
  );

  const VIEWS = [
    '/',
    '/page/sign-in',
    DEMO,
    `${DEMO}/images`,
    `${DEMO}/raters`,
    '/page/audit',
    '/page/nowhere',
  ];

  it('is accessible by WCAG 2.2 AA in every view, light and dark, wide and narrow', async () => {
    const { page, visit, context } = await house.visitor();
    const { dataset } = await house.ask(
      '{ dataset(slug: "greenhouse-demo") { images(first: 1) { nodes { imageId } } } }',
    );
    for (const view of [...VIEWS, `${DEMO}/images/${dataset.images.nodes[0].imageId}`]) {
      await visit(view);
      expect([view, await faultsOnEveryScreen(page)]).toEqual([view, []]);
    }
    await context.close();
  });

  it('is walked from the keyboard: the first stop leads to the content', async () => {
    const { page, visit, context } = await house.visitor();
    await visit('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Simulated greenhouse');
    await context.close();
  });
});

interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface StoredBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Facts {
  readonly width: number;
  readonly height: number;
  readonly orientation: number | null;
}

/** Where a region of the picture as it is seen lies in the stored pixels, on whole pixels. */
function storedRegion({ width, height, orientation }: Facts, region: Region): StoredBox {
  const { matrix, ...seen } = displayedFrame(width, height, orientation);
  const [a, b, c, d, e, f] = matrix;
  const determinant = a * d - b * c;
  const stored = (x: number, y: number) => [
    Math.round((d * (x - e) - c * (y - f)) / determinant),
    Math.round((a * (y - f) - b * (x - e)) / determinant),
  ];
  const corners = [
    stored(region.left * seen.width, region.top * seen.height),
    stored((region.left + region.width) * seen.width, (region.top + region.height) * seen.height),
  ];
  const [xs, ys] = [corners.map(([x]) => x!), corners.map(([, y]) => y!)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The box as a mask: runs go down columns, in COCO's compressed form. */
function maskOf({ width, height }: Facts, { x, y, ...box }: StoredBox) {
  const counts = [x * height + y];
  for (let column = 0; column < box.width; column++)
    counts.push(box.height, column === box.width - 1 ? 0 : height - box.height);
  counts[counts.length - 1] = width * height - counts.slice(0, -1).reduce((sum, run) => sum + run, 0);
  return { size: [height, width], counts: compressed(counts) };
}

function compressed(counts: readonly number[]): string {
  return counts
    .map((count, index) => {
      let rest = index > 2 ? count - counts[index - 2]! : count;
      let text = '';
      for (let more = true; more; ) {
        let bits = rest & 0x1f;
        rest >>= 5;
        more = bits & 0x10 ? rest !== -1 : rest !== 0;
        if (more) bits |= 0x20;
        text += String.fromCharCode(bits + 48);
      }
      return text;
    })
    .join('');
}

/** The smallest box around all pixels in which two pictures differ visibly. */
function changedBox(one: Buffer, other: Buffer, { width, channels }: { width: number; channels: number }) {
  const box = { left: width, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0 };
  for (let index = 0; index < one.length; index += channels) {
    const change = Math.max(
      ...[0, 1, 2].map((channel) => Math.abs(one[index + channel]! - other[index + channel]!)),
    );
    if (change < 48) continue;
    const pixel = index / channels;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + 1);
    box.bottom = Math.max(box.bottom, y + 1);
  }
  return box;
}
