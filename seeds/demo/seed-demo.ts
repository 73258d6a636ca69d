import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSplit, freezeSplit } from '../../src/app/client/divide-dataset.ts';
import { excludeImages } from '../../src/app/client/exclude-images.ts';
import { accepted, ask, PROBLEM } from '../../src/app/client/graphql.ts';
import type { ServerAccess } from '../../src/app/client/http.ts';
import { importDataset } from '../../src/app/client/import-dataset.ts';
import type { Progress } from '../../src/app/client/import-report.ts';
import { publishDataset } from '../../src/app/client/publish-dataset.ts';
import { readRows } from '../../src/app/client/read-rows.ts';
import { DomainError } from '../../src/kernel/errors.ts';
import { type DemoDescription, demoDatasetDescription } from './demo-dataset-description.ts';
import { drawDemoDataset } from './draw-demo-dataset.ts';

const TAG = 'v1';
const SPLIT = 'by-plant';

/** The copies are one of the biases put in on purpose (`copies-under-another-plant`), for the certificate to find. */
const WAIVER =
  'Plants are kept whole, but twelve photographs were filed again under other plants on purpose, six byte for byte and ' +
  'six re-encoded. The split is frozen with them to show what a certificate says of a leak.';

/**
 * Draws the demo and brings it in as any client would: images, metadata, labels, exclusions, a frozen split, a
 * published snapshot. Returns its digest. Each step may be repeated, so a seeding cut off is completed by the next.
 */
export async function seedDemo(access: ServerAccess, progress: Progress): Promise<string> {
  const published = await publishedDigest(access);
  if (published) return published;
  const folder = await mkdtemp(join(tmpdir(), 'holotype-demo-'));
  try {
    const drawn = join(folder, 'greenhouse');
    await drawDemoDataset(drawn, { biases: true });
    await bringInDemo(access, drawn, demoDatasetDescription, progress);
    await freezeByPlant(access);
    const wish = { dataset: demoDatasetDescription.slug, splits: [SPLIT], tag: TAG, parent: null };
    return (await publishDataset(access, wish)).digest;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Images, metadata, labels, exclusions and target of a drawn demo, as a dataset of this description. */
export async function bringInDemo(
  access: ServerAccess,
  drawn: string,
  description: DemoDescription,
  progress: Progress,
): Promise<void> {
  await importDrawn(access, drawn, description, progress);
  await excludeImages(access, description.slug, join(drawn, 'exclusions.csv'));
  await declareTarget(access, description.slug, join(drawn, 'target.csv'));
}

async function publishedDigest(access: ServerAccess): Promise<string | null> {
  const { slug } = demoDatasetDescription;
  type Answer = {
    datasets: { nodes: { slug: string; snapshots: { nodes: { digest: string; tags: string[] }[] } }[] };
  };
  const { datasets } = await ask<Answer>(
    access,
    '{ datasets(first: 500) { nodes { slug snapshots { nodes { digest tags } } } } }',
  );
  const held = datasets.nodes.find((dataset) => dataset.slug === slug);
  return held?.snapshots.nodes.find(({ tags }) => tags.includes(TAG))?.digest ?? null;
}

async function importDrawn(
  access: ServerAccess,
  drawn: string,
  { slug, ...create }: DemoDescription,
  progress: Progress,
): Promise<void> {
  const shared = {
    dataset: slug,
    create,
    byReference: false,
    mapping: new Map<string, string>(),
    annotator: null,
    origin: 1,
    namePattern: null,
    round: null,
    strict: true,
    images: null,
    progress,
  } as const;
  const acquisition = join(drawn, 'acquisition.csv');
  const reports = [
    await importDataset(access, { ...shared, format: 'images', path: join(drawn, 'images'), acquisition }),
    await importDataset(access, {
      ...shared,
      format: 'table',
      path: join(drawn, 'labels.csv'),
      acquisition: null,
    }),
  ];
  const [refused] = reports.flatMap((report) => report.refused);
  if (refused) throw new DomainError(refused.code, `The demo could not be brought in: ${refused.message}`);
}

/** Without it a report can only describe; with it, it can say what is over- and under-represented. */
async function declareTarget(access: ServerAccess, dataset: string, path: string): Promise<void> {
  const shares = await readRows(path, ['factor', 'level', 'share']);
  const input = {
    dataset,
    target: 'even',
    source: 'Simulated: every site and every stage is to be met equally often.',
    dated: null,
    shares: shares.map(({ factor, level, share }) => ({ factor, level, share })),
  };
  const { declareTarget } = await ask<{ declareTarget: { revision: number } }>(
    access,
    `mutation Target($input: DeclareTargetInput!) {
       declareTarget(input: $input) { ... on Dataset { revision } ${PROBLEM} } }`,
    { input },
  );
  accepted(declareTarget);
}

async function freezeByPlant(access: ServerAccess): Promise<void> {
  const dataset = demoDatasetDescription.slug;
  const { dataset: held } = await ask<{ dataset: { split: { state: string } | null } }>(
    access,
    'query Split($slug: String!, $name: String!) { dataset(slug: $slug) { split(name: $name) { state } } }',
    { slug: dataset, name: SPLIT },
  );
  if (held.split?.state === 'FROZEN') return;
  const draft = await createSplit(access, {
    dataset,
    name: SPLIT,
    strategy: 'GROUPED_STRATIFIED',
    seed: '7',
    groupBy: 'subject',
    stratifyBy: 'label',
    parts: [
      { name: 'train', share: '0.7' },
      { name: 'validation', share: '0.15' },
      { name: 'test', share: '0.15' },
    ],
    folds: null,
    assignment: [],
  });
  const waiver = draft.certificate.leaks ? WAIVER : null;
  await freezeSplit(access, { dataset, name: SPLIT, waiver });
}
