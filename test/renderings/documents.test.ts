import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LossTally } from '../../src/interchange/loss-tally.ts';
import { canonicalJson } from '../../src/kernel/canonical-json.ts';
import { BAGIT } from '../../src/renderings/bagit.ts';
import { BIOIMAGEIO } from '../../src/renderings/bioimageio.codec.ts';
import { CROISSANT } from '../../src/renderings/croissant.ts';
import { FACTS } from '../../src/renderings/facts.ts';
import { MLFLOW } from '../../src/renderings/mlflow.ts';
import type { DocumentFacts, RenderingFormat, RenderingSource } from '../../src/renderings/rendering.ts';
import { RO_CRATE } from '../../src/renderings/ro-crate.ts';
import type { Statement } from '../../src/renderings/snapshot-documents.ts';
import { snapshotFacts } from '../../src/renderings/snapshot-facts.ts';
import { type SnapshotHeader, snapshotDigest } from '../../src/snapshots/snapshot-header.ts';
import { bytesOf, EVERYONE, memorySource, type Specimen, written } from './memory-source.ts';

const said = (annotator: string, label: string, more: Partial<Statement> = {}): Statement => ({
  id: `${annotator}-${label}-${more.pass ?? 1}`,
  annotator: { name: annotator, kind: annotator === 'net' ? 'MODEL' : 'HUMAN' },
  kind: 'CLASS',
  label,
  ...more,
});
const captured = (day: string) => ({ acquisition: { capturedAt: { value: `${day}T10:00:00` } } });
const SPECIMENS: readonly Specimen[] = [
  { part: 'train', bytes: 'one', statements: [said('ann', 'leaf'), said('bo', 'leaf'), said('net', 'stem')] },
  {
    part: 'train',
    bytes: 'three',
    statements: [said('ann', 'leaf'), said('bo', 'stem')],
    metadata: captured('2026-03-02'),
  },
  {
    part: 'test',
    bytes: 'seven',
    statements: [said('ann', 'stem'), said('ann', 'leaf', { pass: 2 })],
    metadata: captured('2026-02-01'),
  },
  { part: 'test' },
];

/** A source whose digest is that of its header, as a published one's is. */
function published(specimens = SPECIMENS, more: Partial<SnapshotHeader> = {}): RenderingSource {
  const source = memorySource(specimens);
  const header = { ...source.header, ...more };
  return { ...source, header, digest: snapshotDigest(canonicalJson(header)) };
}

const file = (path: string) => ({
  path,
  mediaType: 'application/octet-stream',
  digest: 'a'.repeat(64),
  size: 10,
});
const ABOUT: DocumentFacts = {
  origin: 'https://data.example',
  view: 0,
  publishedAt: new Date('2026-03-04T23:00:00Z'),
  annotationCount: 7,
  description: '',
  custodian: null,
  dataUseTerms: [],
  shards: [file('manifest-00000.jsonl')],
  files: ['train.parquet', 'test.parquet', 'images.tar', 'annotations.csv', 'images.csv'].map(file),
};

async function documents(
  format: RenderingFormat,
  source: RenderingSource,
  more: Partial<DocumentFacts> = {},
): Promise<Map<string, Buffer>> {
  if (format.kind !== 'DOCUMENTS') throw new Error('It writes no documents.');
  const files = new Map<string, Buffer>();
  const input = { source, options: EVERYONE, losses: new LossTally(), facts: { ...ABOUT, ...more } };
  for await (const { path, chunks } of format.documents(input)) files.set(path, await bytesOf(chunks));
  return files;
}
const json = (bytes: Buffer | undefined) => JSON.parse(bytes!.toString());

describe('the facts of a snapshot', () => {
  it('count images, statements, raters, classes, times and what is missing', async () => {
    const facts = await snapshotFacts(published());
    expect(facts).toMatchObject({
      images: { all: 4, withBytes: 3, byReference: 1, withdrawn: 0, octets: 13 },
      parts: [
        { split: 'holdout', part: 'test', images: 2 },
        { split: 'holdout', part: 'train', images: 2 },
      ],
      statements: {
        all: 7,
        kinds: [{ value: 'CLASS', count: 7 }],
        labels: [
          { value: 'leaf', count: 4 },
          { value: 'stem', count: 3 },
        ],
        perImage: { least: 0, most: 3, mean: '1.75' },
        labelledImages: 3,
      },
      raters: { models: ['net'], perImage: { least: 0, most: 3, mean: '1.5' } },
      captured: { first: '2026-02-01', last: '2026-03-02' },
    });
    expect(facts.missing.find(({ name }) => name === 'capturedAt')).toMatchObject({ images: 2 });
  });

  it('tell the agreement of people at their first look alone', async () => {
    const { agreement } = await snapshotFacts(published());
    // Two items, (leaf, leaf) and (leaf, stem): observed disagreement 2/4, expected 6/12.
    expect(agreement).toEqual({ images: 2, unanimous: 1, alpha: '0' });
  });

  it('show no count below five of people, nor one that would tell it', async () => {
    const { statements } = await snapshotFacts(published(SPECIMENS, { sensitivity: 'PERSONAL' }));
    expect(statements.labels.map(({ count }) => count)).toEqual([null, null]);
  });

  it('are of an empty snapshot as well', async () => {
    const facts = await snapshotFacts(published([]));
    expect(facts).toMatchObject({ captured: null, agreement: { images: 0, alpha: null } });
  });
});

describe('the documents of a snapshot', () => {
  it('are the same bytes every time', async () => {
    const { files } = await written(FACTS, published());
    for (const format of [CROISSANT, RO_CRATE, BAGIT, BIOIMAGEIO, MLFLOW])
      for (const [path, bytes] of await documents(format, published())) files.set(path, bytes);
    const digests = [...files].map(([path, bytes]) => [
      path,
      createHash('sha256').update(bytes).digest('hex').slice(0, 16),
    ]);
    expect(Object.fromEntries(digests)).toMatchInlineSnapshot(`
      {
        "bag.tar": "c6e652df28a56364",
        "bioimageio.md": "4a6d2bdacf2e2788",
        "bioimageio.yaml": "1669ff59f45beec4",
        "croissant.json": "1eda37cfd10623c8",
        "facts.json": "f65a2524e7de98b3",
        "mlflow.json": "4f2a9f055b4630c6",
        "ro-crate-metadata.json": "4a439f5b1972478e",
      }
    `);
  });

  it('invent nothing where nothing is known', async () => {
    const source = published(SPECIMENS, { license: null });
    const croissant = json((await documents(CROISSANT, source)).get('croissant.json'));
    expect(croissant).not.toHaveProperty('license');
    expect(croissant).not.toHaveProperty('creator');
    expect(croissant['rai:hasSyntheticData']).toBe('Not recorded.');
    const crate = json((await documents(RO_CRATE, source)).get('ro-crate-metadata.json'));
    const licence = crate['@graph'].find((entity: { '@id': string }) => entity['@id'] === '#licence');
    expect(licence.name).toBe('No licence was declared');
    const yaml = (await documents(BIOIMAGEIO, source)).get('bioimageio.yaml')!.toString();
    expect(yaml).not.toContain('license');
  });

  it('name the BioImage.IO dataset by the characters that it allows, five at least', async () => {
    const name = async (title: string) =>
      /^name: (.*)$/m.exec(
        (await documents(BIOIMAGEIO, published(SPECIMENS, { title }))).get('bioimageio.yaml')!.toString(),
      )![1];
    expect(await name('Blätter & Stiele, (2026)')).toBe('Blatter Stiele (2026)');
    expect(await name('葉')).toMatch(/^dataset [0-9a-f]{12}$/);
    expect(await name('x'.repeat(300))).toHaveLength(128);
  });

  it('refuse to bag a header that does not give the digest', async () => {
    await expect(documents(BAGIT, memorySource(SPECIMENS))).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('keep line breaks of a description out of the lines of a bag', async () => {
    const bag = await documents(BAGIT, published(), { description: 'One.\nPayload-Oxum: 0.0' });
    const info = bag.get('bag.tar')!.toString('latin1');
    expect(info).toContain('External-Description: One. Payload-Oxum: 0.0\n');
    expect(info.match(/^Payload-Oxum: /gm)).toHaveLength(1);
  });
});
