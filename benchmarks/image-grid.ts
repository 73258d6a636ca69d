import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { sha256 } from '../src/kernel/sha256.ts';
import { type BenchServer, createDataset, withServer } from './bench-server.ts';
import { type Benchmark, type Result, seconds, timed } from './result.ts';

const FEW = 1_000;
const MANY = 100_000;
const PICTURES = 200;
const FRAMES = 200;
const CHROMIUM = process.env.HOLOTYPE_TEST_CHROMIUM ?? '/usr/bin/chromium';

/** The page's grid of many images in a real browser, all of them read, beside the same grid of a thousand. */
export const imageGrid: Benchmark = async (scale) => {
  const made = await withServer('PostgreSQL', (server) => measure(server, Math.round(MANY * scale)));
  return 'unavailable' in made ? [{ subject: 'grid of images', skipped: made.unavailable }] : made;
};

async function measure(server: BenchServer, many: number): Promise<Result[]> {
  const digests = await uploadPictures(server);
  for (const [slug, images] of [
    ['few', FEW],
    ['many', many],
  ] as const)
    await fillWithPictures(server, slug, images, digests);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const few = await scrolled(browser, server, 'few', FEW);
    const all = await scrolled(browser, server, 'many', many);
    const beside = (name: keyof typeof few, limit: number | null): Result => ({
      subject: `${name}, ${many} images`,
      measured: `${all[name].toFixed(1)}`,
      baseline: `${few[name].toFixed(1)} of ${FEW} images`,
      ratio: all[name] / few[name],
      budget: limit === null ? null : { rule: 'AT_MOST', limit },
    });
    return [
      beside('milliseconds a frame, median', 1.5),
      beside('milliseconds a frame, 95th percentile', 1.5),
      beside('cells in the document', 1.1),
      beside('milliseconds until the pictures in sight are there', null),
      beside('MiB of script heap', null),
      {
        subject: `all ${many} images read by scrolling to the end`,
        measured: seconds(all.secondsToEnd),
        baseline: '',
        ratio: null,
        budget: null,
      },
    ];
  } finally {
    await browser.close();
  }
}

/** Reads the whole grid by scrolling to its end again and again, then scrolls through its middle, a frame at a time. */
async function scrolled(browser: Browser, server: BenchServer, slug: string, images: number) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript({
    content: `sessionStorage.setItem('holotype.token', ${JSON.stringify(server.token)})`,
  });
  const page = await context.newPage();
  try {
    await page.goto(`${server.url}/page/datasets/${slug}/images`);
    await page.locator('.grid .cell').first().waitFor();
    const { time } = await timed(() => toTheEnd(page, images));
    const frames: number[] = await page.evaluate(SCROLL);
    const waiting = page.locator('.grid .picture-waiting').first();
    const { time: waited } = await timed(() => waiting.waitFor({ state: 'detached' }));
    const sorted = frames.sort((one, other) => one - other);
    const heap: number = await page.evaluate('performance.memory.usedJSHeapSize');
    return {
      'milliseconds a frame, median': sorted[Math.floor(sorted.length / 2)]!,
      'milliseconds a frame, 95th percentile': sorted[Math.floor(sorted.length * 0.95)]!,
      'cells in the document': await page.locator('.grid .cell').count(),
      'milliseconds until the pictures in sight are there': waited * 1000,
      'MiB of script heap': heap / 2 ** 20,
      secondsToEnd: time,
    };
  } finally {
    await context.close();
  }
}

async function toTheEnd(page: Page, images: number): Promise<void> {
  await page.evaluate(`new Promise((there, fail) => {
    const grid = document.querySelector('.grid');
    const enough = Math.ceil(${images} / Math.floor(grid.clientWidth / 168)) * 190;
    const started = performance.now();
    const on = () => {
      if (grid.scrollHeight >= enough) return there();
      if (performance.now() - started > 900_000) return fail(new Error('not at the end after 15 minutes'));
      grid.scrollTop = grid.scrollHeight;
      setTimeout(on, 10);
    };
    on();
  })`);
}

/** Milliseconds between frames while the grid is scrolled on by a third of a row a frame. */
const SCROLL = `new Promise((done) => {
  const grid = document.querySelector('.grid');
  grid.scrollTop = grid.scrollHeight / 3;
  const times = [];
  let last = null;
  const step = (now) => {
    if (last !== null) times.push(now - last);
    last = now;
    if (times.length >= ${FRAMES}) return done(times);
    grid.scrollTop += 60;
    requestAnimationFrame(step);
  };
  setTimeout(() => requestAnimationFrame(step), 500);
})`;

/** Small pictures, each another, registered once, so that their facts and previews can be had. */
async function uploadPictures(server: BenchServer): Promise<string[]> {
  await createDataset(server, 'pictures');
  const images: { name: string; digest: string }[] = [];
  for (let index = 0; index < PICTURES; index++) {
    const background = { r: (index * 37) % 256, g: (index * 91) % 256, b: (index * 151) % 256 };
    const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background } })
      .jpeg()
      .toBuffer();
    const digest = sha256(bytes).toString('hex');
    await server.put(digest, bytes);
    images.push({ name: `${index}.jpg`, digest });
  }
  await server.ask(
    'mutation ($input: RegisterImagesInput!) { registerImages(input: $input) { __typename ... on Problem { message } } }',
    { input: { dataset: 'pictures', images } },
  );
  return images.map(({ digest }) => digest);
}

/** As many images as are asked for, of these bytes in turn. */
async function fillWithPictures(
  server: BenchServer,
  slug: string,
  images: number,
  digests: readonly string[],
): Promise<void> {
  const { db } = server.services;
  const id = await createDataset(server, slug);
  await db.query(
    `INSERT INTO image (dataset_id, since, image_id, name, digest, pixels, media_type, size, width, height)
     SELECT $1::uuid, 2, md5('${slug} ' || g)::uuid, 'image-' || g || '.jpg', ($2::text[])[1 + g % $3::int], 'BYTES', 'image/jpeg', 2000, 400, 300
     FROM generate_series(1, $4::int) g`,
    [id, digests, digests.length, images],
  );
  await db.query(
    `INSERT INTO acquisition (dataset_id, since, image_id, unit, unit_known, bucket, declared, restricted, sources)
     SELECT dataset_id, 2, image_id, replace(image_id::text, '-', ''), false, 0, '{}', '{}', '{}' FROM image WHERE dataset_id = $1`,
    [id],
  );
  await db.query(`INSERT INTO revision (dataset_id, number, at, summary) VALUES ($1, 2, now(), 'filled')`, [
    id,
  ]);
  await db.query('UPDATE dataset SET revision = 2 WHERE id = $1', [id]);
  await db.query('ANALYZE');
}
