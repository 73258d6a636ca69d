import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { coincidenceTable } from '../src/statistics/coincidence-table.ts';
import { itemsBySize } from '../src/statistics/items-by-size.ts';
import { krippendorffAlpha } from '../src/statistics/krippendorff-alpha.ts';
import type { RatedColumns } from '../src/statistics/rated-columns.ts';
import { BUCKET_COUNT } from '../src/statistics/unit-bucket.ts';
import { type Benchmark, median, type Result, seconds, timed } from './result.ts';

const run = promisify(execFile);

const LABELS = 1_000_000;
const RATERS = 200;
const CLASSES = 10;
/** Of an item, on average: one to nine, so that labels are missing. */
const RATINGS_AN_ITEM = 5;
const ROUNDS = 3;
const METRICS = ['nominal', 'ordinal'] as const;
type Metric = (typeof METRICS)[number];
const TOLERANCE = 1e-9;
/** Kept in the temporary folder, so that a second run need not install it anew. */
const ENVIRONMENT = join(tmpdir(), 'holotype-bench-krippendorff');
const PYTHON = join(ENVIRONMENT, 'bin', 'python');

/** Reads the labels before it starts its clock, as we do; counts by item are what the package takes in its stride. */
const THEIRS = `
import sys, json, time, numpy as np, krippendorff
labels = np.loadtxt(sys.argv[1], dtype=np.int64, delimiter=',')
items, classes = int(labels[:, 0].max()) + 1, int(sys.argv[2])
answer = {}
for metric in sys.argv[3:]:
    times = []
    for round in range(${ROUNDS}):
        start = time.perf_counter()
        cells = np.bincount(labels[:, 0] * classes + labels[:, 2], minlength=items * classes)
        alpha = krippendorff.alpha(value_counts=cells.reshape(items, classes), level_of_measurement=metric)
        times.append(time.perf_counter() - start)
    answer[metric] = {'time': sorted(times)[len(times) // 2], 'alpha': float(alpha)}
print(json.dumps(answer))
`;

/** Krippendorff's α of a million labels, with its interval, against the package of that name: the same file, in the same run. */
export const agreement: Benchmark = async (scale) => {
  const columns = syntheticLabels(Math.round((LABELS * scale) / RATINGS_AN_ITEM));
  const labels = columns.classOf.length.toLocaleString('en');
  const subject = (metric: Metric) => `Krippendorff's α, ${metric}, ${labels} labels`;
  const ours = new Map<Metric, { time: number; alpha: number }>();
  for (const metric of METRICS) ours.set(metric, await ownAlpha(columns, metric));
  const absent = await install();
  if (absent !== null)
    return METRICS.map((metric) => ({
      subject: subject(metric),
      skipped: `ours took ${seconds(ours.get(metric)!.time)}; ${absent}`,
    }));
  const theirs = await packageAlphas(columns);
  return METRICS.flatMap((metric): Result[] => {
    const [own, other] = [ours.get(metric)!, theirs[metric]];
    const difference = Math.abs(own.alpha - other.alpha);
    return [
      {
        subject: subject(metric),
        measured: `${seconds(own.time)}, with its jackknife`,
        baseline: `krippendorff ${seconds(other.time)}`,
        ratio: own.time / other.time,
        budget: { rule: 'AT_MOST', limit: 1 },
      },
      {
        subject: `difference of α, ${metric}, in tolerances`,
        measured: `${own.alpha} − ${other.alpha}`,
        baseline: `tolerance ${TOLERANCE.toExponential(0)}`,
        ratio: difference / TOLERANCE,
        budget: { rule: 'AT_MOST', limit: 1 },
      },
    ];
  });
};

async function ownAlpha(columns: RatedColumns, metric: Metric): Promise<{ time: number; alpha: number }> {
  const values = Array.from({ length: CLASSES }, (_, place) => place);
  const basis = { imageCount: columns.itemCount, unitCount: columns.unitCount };
  const times: number[] = [];
  let alpha = Number.NaN;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { time, result } = await timed(async () =>
      krippendorffAlpha(coincidenceTable(columns, itemsBySize(columns), basis), values, metric),
    );
    times.push(time);
    alpha = result.value!;
  }
  return { time: median(times), alpha };
}

/** Null where it is there now, else why not. */
async function install(): Promise<string | null> {
  const there = () =>
    run(PYTHON, ['-c', 'import krippendorff']).then(
      () => true,
      () => false,
    );
  if (await there()) return null;
  try {
    await run('python3', ['-m', 'venv', ENVIRONMENT]);
  } catch {
    return 'no Python with venv to run krippendorff';
  }
  await run(PYTHON, ['-m', 'pip', 'install', '--quiet', 'krippendorff', 'numpy']).catch(() => undefined);
  return (await there()) ? null : 'krippendorff could not be installed from the Python registry';
}

async function packageAlphas({
  itemCount,
  offsets,
  classOf,
  raterOf,
}: RatedColumns): Promise<Record<Metric, { time: number; alpha: number }>> {
  const folder = await mkdtemp(join(tmpdir(), 'holotype-agreement-'));
  try {
    const source = join(folder, 'labels.csv');
    const lines: string[] = [];
    for (let item = 0; item < itemCount; item += 1)
      for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1)
        lines.push(`${item},${raterOf[place]},${classOf[place]}`);
    await writeFile(source, `${lines.join('\n')}\n`);
    const { stdout } = await run(PYTHON, ['-c', THEIRS, source, String(CLASSES), ...METRICS]);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One to nine raters an item, of whom one in five says any class or the next one. */
function syntheticLabels(itemCount: number): RatedColumns {
  let state = 20_261_122;
  const uniform = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const offsets = new Int32Array(itemCount + 1);
  const classOf: number[] = [];
  const raterOf: number[] = [];
  for (let item = 0; item < itemCount; item += 1) {
    const truth = uniform(CLASSES);
    const ratings = 1 + (item % (2 * RATINGS_AN_ITEM - 1));
    const first = uniform(RATERS);
    for (let rating = 0; rating < ratings; rating += 1) {
      raterOf.push((first + rating * 7) % RATERS);
      const slip = uniform(10);
      classOf.push(slip === 0 ? uniform(CLASSES) : slip === 1 ? Math.min(CLASSES - 1, truth + 1) : truth);
    }
    offsets[item + 1] = classOf.length;
  }
  return {
    itemCount,
    offsets,
    classOf: Int16Array.from(classOf),
    raterOf: Int32Array.from(raterOf),
    votes: new Int32Array(classOf.length).fill(1),
    unitOf: Int32Array.from({ length: itemCount }, (_, item) => item),
    bucketOf: Uint8Array.from({ length: itemCount }, (_, item) => item % BUCKET_COUNT),
    unitCount: itemCount,
    bucketCount: BUCKET_COUNT,
    classCount: CLASSES,
    raterCount: RATERS,
  };
}
