import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { House } from './house.ts';

/** A small image of seeded noise: every seed gives other bytes and another look. */
export async function noiseImage(seed: number, size = { width: 64, height: 48 }): Promise<Buffer> {
  const pixels = Buffer.alloc(size.width * size.height * 3);
  let state = (seed * 2654435761 + 12345) >>> 0;
  for (let index = 0; index < pixels.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[index] = state >>> 24;
  }
  return sharp(pixels, { raw: { ...size, channels: 3 } })
    .blur(3)
    .normalise()
    .png()
    .toBuffer();
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function newDataset(house: Pick<House, 'ask'>, slug: string, input: object = {}): Promise<void> {
  const { createDataset } = await house.ask(
    'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { __typename ... on Problem { message } } }',
    { input: { slug, title: slug, licence: 'CC0-1.0', ...input } },
  );
  if (createDataset.__typename !== 'Dataset') throw new Error(createDataset.message);
}

/** Uploads and registers images by name; returns the bulk report. */
export async function addImages(
  house: Pick<House, 'ask' | 'fetch'>,
  dataset: string,
  images: Record<string, Buffer>,
) {
  for (const bytes of Object.values(images)) {
    const response = await house.fetch(`/blobs/sha256/${digestOf(bytes)}`, {
      method: 'PUT',
      body: new Uint8Array(bytes),
    });
    if (!response.ok) throw new Error(await response.text());
  }
  const rows = Object.entries(images).map(([name, bytes]) => ({ name, digest: digestOf(bytes) }));
  const { registerImages } = await house.ask(
    `mutation ($input: RegisterImagesInput!) { registerImages(input: $input) {
       __typename ... on BulkReport { revision taken alreadyThere refused { row name field code message } } ... on Problem { code message reasons { path code message } } } }`,
    { input: { dataset, images: rows } },
  );
  return registerImages;
}

/** Publishes the kept images and gives the digest. */
export async function publish(
  house: Pick<House, 'ask'>,
  dataset: string,
  input: object = {},
): Promise<string> {
  const { publishSnapshot } = await house.ask(
    'mutation ($input: PublishSnapshotInput!) { publishSnapshot(input: $input) { ... on Snapshot { digest } ... on Problem { message } } }',
    { input: { dataset, ...input } },
  );
  if (!publishSnapshot.digest) throw new Error(publishSnapshot.message);
  return publishSnapshot.digest;
}
