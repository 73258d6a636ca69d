import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ClassRatings } from '../src/statistics/class-ratings.ts';
import { dawidSkene as fitDawidSkene } from '../src/statistics/dawid-skene.ts';
import { type Benchmark, median, type Result, seconds, timed } from './result.ts';

const run = promisify(execFile);

const ANNOTATORS = 1000;
/** As many at every scale: with fewer, cells of the confusion matrices are empty, and those two treat differently. */
const ITEMS_AN_ANNOTATOR = 200;
const CLASSES = 10;
const RATINGS_AN_ITEM = 5;
const ITERATIONS = 10;
const ROUNDS = 3;
/** crowd-kit keeps every cell of its confusion matrices above 1e-10, which 0 is not: so far may the soft labels differ. */
const TOLERANCE = 1e-6;
/** Kept in the temporary folder, so that a second run need not install it anew. */
const ENVIRONMENT = join(tmpdir(), 'holotype-bench-crowd-kit');
const PYTHON = join(ENVIRONMENT, 'bin', 'python');

/** Reads the ratings before it starts its clock, as we do, and leaves P(class | ratings), items in order, classes in order. */
const THEIRS = `
import sys, time, numpy as np, pandas as pd, crowdkit
from crowdkit.aggregation import DawidSkene
source, target, iterations = sys.argv[1], sys.argv[2], int(sys.argv[3])
ratings = pd.read_csv(source)
start = time.perf_counter()
model = DawidSkene(n_iter=iterations, tol=-1e300)
soft = model.fit_predict_proba(ratings)
spent = time.perf_counter() - start
soft.sort_index(axis=0).sort_index(axis=1).to_numpy(dtype='<f8').tofile(target)
print(spent, len(model.loss_history_), crowdkit.__version__ if hasattr(crowdkit, '__version__') else '')
`;

/**
 * Dawid–Skene on a million labels against crowd-kit: the same file, the same start from vote shares, no prior, the same
 * number of iterations, in the same run.
 */
export const dawidSkene: Benchmark = async (scale) => {
  const absent = await installCrowdKit();
  const annotators = Math.max(RATINGS_AN_ITEM * 4, Math.round(ANNOTATORS * scale));
  const ratings = syntheticRatings(annotators * ITEMS_AN_ANNOTATOR, annotators);
  const subject = `Dawid–Skene, ${ratings.itemOf.length.toLocaleString('en')} labels, ${ITERATIONS} iterations`;
  const options = { prior: 0, tolerance: -1, mostIterations: ITERATIONS };
  const times: number[] = [];
  let softLabels = new Float64Array();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { time, result } = await timed(async () => fitDawidSkene(ratings, options));
    times.push(time);
    softLabels = Float64Array.from(result.softLabels);
  }
  if (absent !== null) return [{ subject, skipped: `ours took ${seconds(median(times))}; ${absent}` }];
  const theirs = await crowdKit(ratings);
  return [...compared(subject, median(times), softLabels, theirs)];
};

interface Theirs {
  readonly time: number;
  readonly softLabels: Float64Array;
}

function compared(subject: string, time: number, softLabels: Float64Array, theirs: Theirs): Result[] {
  const isSameLength = softLabels.length === theirs.softLabels.length;
  let furthest = isSameLength ? 0 : Number.POSITIVE_INFINITY;
  softLabels.forEach((share, at) => {
    furthest = Math.max(furthest, Math.abs(share - (theirs.softLabels[at] ?? Number.POSITIVE_INFINITY)));
  });
  return [
    {
      subject,
      measured: seconds(time),
      baseline: `crowd-kit ${seconds(theirs.time)}`,
      ratio: time / theirs.time,
      budget: { rule: 'AT_MOST', limit: 1 },
    },
    {
      subject: 'largest difference of a soft label, in tolerances',
      measured: furthest.toExponential(1),
      baseline: `tolerance ${TOLERANCE.toExponential(0)}`,
      ratio: furthest / TOLERANCE,
      budget: { rule: 'AT_MOST', limit: 1 },
    },
  ];
}

/** Null where it is there now, else why not. */
async function installCrowdKit(): Promise<string | null> {
  const there = () =>
    run(PYTHON, ['-c', 'import crowdkit']).then(
      () => true,
      () => false,
    );
  if (await there()) return null;
  try {
    await run('python3', ['-m', 'venv', ENVIRONMENT]);
  } catch {
    return 'no Python with venv to run crowd-kit';
  }
  await run(PYTHON, ['-m', 'pip', 'install', '--quiet', 'crowd-kit']).catch(() => undefined);
  return (await there()) ? null : 'crowd-kit could not be installed from the Python registry';
}

async function crowdKit({ itemOf, annotatorOf, labelOf }: ClassRatings): Promise<Theirs> {
  const folder = await mkdtemp(join(tmpdir(), 'holotype-dawid-skene-'));
  try {
    const [source, target] = [join(folder, 'ratings.csv'), join(folder, 'soft.f64')];
    const lines = ['task,worker,label'];
    itemOf.forEach((item, at) => {
      lines.push(`${item},${annotatorOf[at]},${labelOf[at]}`);
    });
    await writeFile(source, `${lines.join('\n')}\n`);
    const { stdout } = await run(PYTHON, ['-c', THEIRS, source, target, String(ITERATIONS)]);
    const [time, iterations] = stdout.trim().split(' ').map(Number);
    if (iterations !== ITERATIONS)
      throw new Error(`crowd-kit made ${iterations} iterations, not ${ITERATIONS}.`);
    const bytes = await readFile(target);
    return {
      time: time!,
      softLabels: new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Annotators of skill .3 to .9 who err at random; each item's five are different people. */
function syntheticRatings(items: number, annotators: number): ClassRatings {
  const random = mulberry32(1979);
  const below = (limit: number) => Math.floor(random() * limit);
  const skill = Float64Array.from({ length: annotators }, () => 0.3 + 0.6 * random());
  const length = items * RATINGS_AN_ITEM;
  const [itemOf, annotatorOf, labelOf] = [
    new Int32Array(length),
    new Int32Array(length),
    new Int32Array(length),
  ];
  for (let item = 0, at = 0; item < items; item += 1) {
    const truth = below(CLASSES);
    const first = below(annotators);
    const step = 1 + below(Math.floor(annotators / RATINGS_AN_ITEM) - 1);
    for (let rating = 0; rating < RATINGS_AN_ITEM; rating += 1, at += 1) {
      const annotator = (first + rating * step) % annotators;
      itemOf[at] = item;
      annotatorOf[at] = annotator;
      labelOf[at] = random() < skill[annotator]! ? truth : below(CLASSES);
    }
  }
  return { items, annotators, classes: CLASSES, itemOf, annotatorOf, labelOf };
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
