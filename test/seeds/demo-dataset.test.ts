import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BIASES } from '../../seeds/demo/demo-biases.ts';
import { demoDatasetDescription } from '../../seeds/demo/demo-dataset-description.ts';
import { type DemoDataset, drawDemoDataset } from '../../seeds/demo/draw-demo-dataset.ts';
import { drawnDemo } from '../support/demo.ts';

type Row = Record<string, string>;

interface Drawn {
  readonly dataset: DemoDataset;
  readonly acquisition: Row[];
  readonly labels: Row[];
  readonly exclusions: Row[];
  readonly target: Row[];
  readonly photographs: Map<string, Photograph>;
}

/** What the tests measure on one image. */
interface Photograph {
  readonly digest: string;
  /** ln(1 + variance of the 4-neighbour Laplacian of the luminance). */
  readonly sharpness: number;
  readonly mean: number;
  readonly hash: Uint8Array;
  /** 32 × 32 grey samples, centred and scaled to unit length, so that a dot product is their correlation. */
  readonly thumbnail: Float64Array;
}

const PATIENCE_MS = 300_000;
let root: string;
let biased: Drawn;
let quiet: Drawn;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'holotype-demo-'));
  biased = await draw('biased', true);
  quiet = await draw('quiet', false);
}, PATIENCE_MS);

afterAll(() => rm(root, { recursive: true, force: true }));

async function draw(name: string, biases: boolean): Promise<Drawn> {
  const directory = join(root, name);
  const dataset = await drawDemoDataset(directory, { biases });
  const table = async (file: string) => parse(await readFile(join(directory, file), 'utf8'));
  const photographs = new Map<string, Photograph>();
  for (const image of await readdir(join(directory, 'images'))) {
    photographs.set(image, await measure(join(directory, 'images', image)));
  }
  return {
    dataset,
    acquisition: await table('acquisition.csv'),
    labels: await table('labels.csv'),
    exclusions: await table('exclusions.csv'),
    target: await table('target.csv'),
    photographs,
  };
}

function parse(text: string): Row[] {
  const [header, ...lines] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(header!.map((column, i) => [column, line[i]!])));
}

async function measure(path: string): Promise<Photograph> {
  const bytes = await readFile(path);
  const grey = sharp(bytes).greyscale();
  const { data, info } = await grey.clone().raw().toBuffer({ resolveWithObject: true });
  const small = (width: number, height: number) =>
    grey.clone().resize(width, height, { fit: 'fill' }).raw().toBuffer();
  const cells = await small(9, 8);
  const hash = Uint8Array.from({ length: 64 }, (_, i) => {
    const at = Math.floor(i / 8) * 9 + (i % 8);
    return cells[at]! < cells[at + 1]! ? 1 : 0;
  });
  return {
    digest: createHash('sha256').update(bytes).digest('hex'),
    sharpness: Math.log1p(laplacianVariance(data, info.width, info.height)),
    mean: data.reduce((sum, level) => sum + level, 0) / data.length,
    hash,
    thumbnail: unitLength([...(await small(32, 32))]),
  };
}

function laplacianVariance(grey: Buffer, width: number, height: number): number {
  let [sum, squares] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value = grey[at - 1]! + grey[at + 1]! + grey[at - width]! + grey[at + width]! - 4 * grey[at]!;
      sum += value;
      squares += value * value;
    }
  }
  const count = (width - 2) * (height - 2);
  return squares / count - (sum / count) ** 2;
}

function unitLength(samples: readonly number[]): Float64Array {
  const mean = average(samples);
  const length = Math.sqrt(samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0));
  return Float64Array.from(samples, (sample) => (sample - mean) / length);
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const shareOf = (rows: readonly Row[], holds: (row: Row) => boolean) =>
  rows.filter(holds).length / rows.length;
const valuesOf = (rows: readonly Row[], column: string) => [...new Set(rows.map((row) => row[column]!))];

function countBy(rows: readonly Row[], ...columns: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = columns.map((column) => row[column]).join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The label most raters gave, as a column of the acquisition table. */
function withConsensus({ acquisition, labels }: Drawn): Row[] {
  const votes = countBy(labels, 'image', 'label');
  const classes = valuesOf(labels, 'label');
  const of = (image: string) =>
    classes.toSorted((a, b) => (votes.get(`${image} ${b}`) ?? 0) - (votes.get(`${image} ${a}`) ?? 0))[0]!;
  return acquisition.map((row) => ({ ...row, label: of(row.image!) }));
}

/** Cohen's w of two columns. */
function associationOf(rows: readonly Row[], first: string, second: string): number {
  const [cells, a, b] = [countBy(rows, first, second), countBy(rows, first), countBy(rows, second)];
  let statistic = 0;
  for (const [i, n] of a) {
    for (const [j, m] of b) {
      const expected = (n * m) / rows.length;
      statistic += ((cells.get(`${i} ${j}`) ?? 0) - expected) ** 2 / expected;
    }
  }
  return Math.sqrt(statistic / rows.length);
}

/** Share of a measure's variance that a factor explains, image by image (η²). */
function varianceExplained(drawn: Drawn, factor: string, measureName: 'sharpness' | 'mean'): number {
  const value = (row: Row) => drawn.photographs.get(row.image!)![measureName];
  const grand = average(drawn.acquisition.map(value));
  const total = drawn.acquisition.reduce((sum, row) => sum + (value(row) - grand) ** 2, 0);
  const between = valuesOf(drawn.acquisition, factor).map((level) => {
    const members = drawn.acquisition.filter((row) => row[factor] === level).map(value);
    return members.length * (average(members) - grand) ** 2;
  });
  return between.reduce((sum, part) => sum + part, 0) / total;
}

/** Krippendorff's nominal α where every image has a label of each of the raters. */
function alphaOf({ labels }: Drawn, raters: readonly string[]): number {
  const kept = labels.filter((row) => raters.includes(row.annotator!));
  const perClass = [...countBy(kept, 'label').values()];
  const pairs = raters.length * (raters.length - 1);
  const images = kept.length / raters.length;
  const agreeing = [...countBy(kept, 'image', 'label').values()].reduce((sum, n) => sum + n * (n - 1), 0);
  const observed = 1 - agreeing / (images * pairs);
  const same = perClass.reduce((sum, n) => sum + n * (n - 1), 0);
  const expected = 1 - same / (kept.length * (kept.length - 1));
  return 1 - observed / expected;
}

function pairsOf({ photographs }: Drawn) {
  const images = [...photographs].sort(([a], [b]) => (a < b ? -1 : 1));
  return images.flatMap(([first, a], i) =>
    images.slice(i + 1).map(([second, b]) => ({
      names: [first, second] as const,
      sameBytes: a.digest === b.digest,
      distance: a.hash.reduce((sum, bit, k) => sum + (bit ^ b.hash[k]!), 0),
      correlation: a.thumbnail.reduce((sum, sample, k) => sum + sample * b.thumbnail[k]!, 0),
    })),
  );
}

const sortedPairs = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map((pair) => pair.toSorted().join(' ')).toSorted();

const RATERS = ['rater-1', 'rater-2', 'rater-3', 'rater-4'];
const FACTORS = ['site', 'device', 'operator', 'session', 'stage', 'tray', 'lamp'];

describe('the demo dataset', () => {
  it(
    'is the same bytes when drawn twice',
    async () => {
      const digestOf = async (directory: string) => {
        const files = (await readdir(directory, { recursive: true, withFileTypes: true }))
          .filter((file) => file.isFile())
          .map((file) => join(file.parentPath, file.name))
          .toSorted();
        const digest = createHash('sha256');
        for (const file of files) digest.update(file.slice(directory.length)).update(await readFile(file));
        return digest.digest('hex');
      };
      expect(await digestOf(await drawnDemo(true))).toBe(await digestOf(biased.dataset.directory));
    },
    PATIENCE_MS,
  );

  it('refuses a folder that holds something already', async () => {
    const again = drawDemoDataset(biased.dataset.directory, { biases: true });
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('has an acquisition record for every image, at most 8 MB of them', async () => {
    for (const { dataset, acquisition, photographs } of [biased, quiet]) {
      const names = [...photographs.keys()].toSorted();
      expect(acquisition.map((row) => row.image).toSorted()).toEqual(names);
      const folder = join(dataset.directory, 'images');
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8e6);
    }
    expect([quiet.dataset.images, quiet.dataset.plants]).toEqual([486, 243]);
    expect([biased.dataset.images, biased.dataset.plants]).toEqual([498, 243]);
  });

  it('has a label of each of four raters for every image', () => {
    for (const { labels, acquisition } of [biased, quiet]) {
      const given = countBy(labels, 'image', 'annotator');
      expect(valuesOf(labels, 'annotator')).toEqual(RATERS);
      expect(labels).toHaveLength(4 * acquisition.length);
      expect(given.size).toBe(labels.length);
    }
  });

  it('keeps capture times without a zone and declares targets that sum to 1', () => {
    for (const { acquisition, target } of [biased, quiet]) {
      const zoneless = /^2025-\d\d-\d\dT\d\d:\d\d:\d\d$/;
      expect(acquisition.filter((row) => !zoneless.test(row.capturedAt!))).toEqual([]);
      for (const factor of ['site', 'stage']) {
        const shares = target.filter((row) => row.factor === factor).map((row) => Number(row.share));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }
    }
  });

  it('says of itself that it is simulated and which biases it has', async () => {
    const { description } = demoDatasetDescription;
    expect(description).toMatch(/^Simulated/);
    for (const { done } of DEMO_BIASES) expect(description).toContain(done);
    const written = JSON.parse(await readFile(join(biased.dataset.directory, 'biases.json'), 'utf8'));
    expect(written.biases).toEqual(DEMO_BIASES);
    expect(written.duplicates).toEqual(biased.dataset.duplicates);
  });
});

describe('without biases', () => {
  it('every class grows on as many plants at every site, and at least 37 plants', () => {
    const plants = [...new Map(withConsensus(quiet).map((row) => [row.subject, row])).values()];
    expect(new Set(countBy(plants, 'site', 'label').values())).toEqual(new Set([27]));
  });

  it('no factor says anything of the label', () => {
    const rows = withConsensus(quiet);
    for (const factor of FACTORS) expect(associationOf(rows, 'label', factor)).toBeLessThan(0.03);
  });

  it('every camera and operator works at every site', () => {
    for (const factor of ['device', 'operator']) {
      expect(associationOf(quiet.acquisition, 'site', factor)).toBeLessThan(0.03);
    }
  });

  it('no factor explains how sharp or bright the images are', () => {
    for (const factor of FACTORS) {
      expect(varianceExplained(quiet, factor, 'sharpness')).toBeLessThan(0.02);
      expect(varianceExplained(quiet, factor, 'mean')).toBeLessThan(0.02);
    }
  });

  it('the shares are those of the target, and nothing is missing or excluded', () => {
    for (const { factor, level, share } of quiet.target) {
      expect(shareOf(quiet.acquisition, (row) => row[factor!] === level)).toBeCloseTo(Number(share), 9);
    }
    expect(quiet.acquisition.filter((row) => Object.values(row).includes(''))).toEqual([]);
    expect(quiet.exclusions).toEqual([]);
    expect(quiet.dataset.biases).toEqual([]);
  });

  it('the raters agree and none leans to a class', () => {
    expect(alphaOf(quiet, RATERS)).toBeGreaterThan(0.85);
    const perClass = new Set(countBy(quiet.labels, 'annotator', 'label').values());
    expect(perClass).toEqual(new Set([162]));
  });

  it('no two images look alike, not even of one plant', () => {
    const alike = pairsOf(quiet).filter((pair) => pair.correlation > 0.9 || pair.distance < 5);
    expect(alike).toEqual([]);
  });
});

describe('with biases', () => {
  it('camera-6 is used at the north site only and is the least sharp', () => {
    const soft = biased.acquisition.filter((row) => row.device === 'camera-6');
    expect(valuesOf(soft, 'site')).toContain('north');
    expect(valuesOf(soft, 'site')).toHaveLength(1);
    const sharpness = (rows: Row[]) => rows.map((row) => biased.photographs.get(row.image!)!.sharpness);
    const others = biased.acquisition.filter((row) => row.device !== 'camera-6');
    expect(Math.max(...sharpness(soft))).toBeLessThan(average(sharpness(others)));
    expect(varianceExplained(biased, 'device', 'sharpness')).toBeGreaterThan(0.5);
    expect(varianceExplained(biased, 'site', 'sharpness')).toBeGreaterThan(0.14);
  });

  it('rust goes with the south site, which is over-represented, before and after exclusions', () => {
    const excluded = new Set(biased.exclusions.map((row) => row.image));
    const all = withConsensus(biased);
    for (const rows of [all, all.filter((row) => !excluded.has(row.image!))]) {
      expect(associationOf(rows, 'label', 'site')).toBeGreaterThan(0.45);
      expect(3 * shareOf(rows, (row) => row.site === 'east')).toBeLessThan(0.5);
      expect(3 * shareOf(rows, (row) => row.site === 'south')).toBeGreaterThan(1.2);
    }
  });

  it('one lenient rater brings the agreement below .8', () => {
    expect(alphaOf(biased, RATERS)).toBeLessThan(0.8);
    expect(
      alphaOf(
        biased,
        RATERS.filter((rater) => rater !== 'rater-3'),
      ),
    ).toBeGreaterThan(0.85);
    const healthy = countBy(
      biased.labels.filter((row) => row.label === 'healthy'),
      'annotator',
    );
    expect(healthy.get('rater-3')!).toBeGreaterThan(1.5 * healthy.get('rater-1')!);
  });

  it('six files stand twice byte for byte and six look the same, all under two plants, and no others', () => {
    const pairs = pairsOf(biased);
    const { exact, near } = biased.dataset.duplicates;
    const same = pairs.filter((pair) => pair.sameBytes).map((pair) => pair.names);
    const alike = pairs.filter((pair) => pair.distance <= 7 && pair.correlation >= 0.98 && !pair.sameBytes);
    expect(exact).toHaveLength(6);
    expect(near).toHaveLength(6);
    expect(sortedPairs(same)).toEqual(sortedPairs(exact));
    expect(sortedPairs(alike.map((pair) => pair.names))).toEqual(sortedPairs(near));
    expect(Math.max(...alike.map((pair) => pair.distance))).toBeLessThanOrEqual(3);
    const plantOf = new Map(biased.acquisition.map((row) => [row.image, row.subject]));
    for (const [one, other] of [...exact, ...near]) expect(plantOf.get(one)).not.toBe(plantOf.get(other));
  });

  it('rust of the south site is excluded out of proportion', () => {
    const excluded = new Set(biased.exclusions.map((row) => row.image));
    const rows = withConsensus(biased);
    const share = (rust: boolean) =>
      shareOf(
        rows.filter((row) => (row.label === 'rust') === rust),
        (row) => excluded.has(row.image!),
      );
    expect(excluded.size).toBe(56);
    expect(excluded.size / rows.length).toBeGreaterThan(0.1);
    expect(share(true)).toBeGreaterThan(5 * share(false));
  });

  it('the operator is missing mostly at the south site', () => {
    const missing = (rows: Row[]) => shareOf(rows, (row) => row.operator === '');
    expect(missing(biased.acquisition)).toBeGreaterThan(0.2);
    expect(missing(biased.acquisition.filter((row) => row.site === 'south'))).toBeGreaterThan(0.4);
    expect(missing(biased.acquisition.filter((row) => row.site !== 'south'))).toBeLessThan(0.1);
  });
});
