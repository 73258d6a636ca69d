import { canonicalJson } from '../kernel/canonical-json.ts';
import {
  type DocumentInput,
  dayOf,
  descriptionOf,
  licenceAddress,
  semanticVersion,
  snapshotAddress,
} from './about-snapshot.ts';
import type { MadeFile, RenderingFormat } from './rendering.ts';
import { type HeaderFile, headerFile } from './snapshot-header-file.ts';

/** RO-Crate 1.1 (w3id.org/ro/crate/1.1): laid beside `snapshot.json` in a pulled folder, it makes a crate of the folder. */
export const RO_CRATE: RenderingFormat = {
  kind: 'DOCUMENTS',
  version: 1,
  holdsPixels: false,
  purpose:
    'Makes an RO-Crate of a pulled folder: the header, the shards and the images, with licence and date.',
  limits: ['Images are one entity together: the manifest shards list each with its hash.'],
  needs: [],
  async *documents(input) {
    const crate = {
      '@context': 'https://w3id.org/ro/crate/1.1/context',
      '@graph': [...entities(input)],
    };
    yield {
      path: 'ro-crate-metadata.json',
      mediaType: 'application/ld+json',
      chunks: [`${canonicalJson(crate)}\n`],
    };
  },
};

function* entities(input: DocumentInput) {
  const { facts, source } = input;
  const { header, digest } = source;
  const files = [headerFile(source), ...facts.shards];
  const licence = licenceAddress(header.license) ?? '#licence';
  const hasImages = header.images.bytes > 0;
  yield {
    '@id': 'ro-crate-metadata.json',
    '@type': 'CreativeWork',
    about: { '@id': './' },
    conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
  };
  yield {
    '@id': './',
    '@type': 'Dataset',
    datePublished: dayOf(facts.publishedAt),
    description: descriptionOf(input),
    hasPart: [...files.map(({ path }) => ({ '@id': path })), ...(hasImages ? [{ '@id': 'images/' }] : [])],
    identifier: digest,
    license: { '@id': licence },
    name: header.title,
    publisher: facts.custodian === null ? undefined : { '@id': '#custodian' },
    url: snapshotAddress(input),
    version: semanticVersion(digest),
  };
  for (const file of files) yield fileEntity(file, snapshotAddress(input));
  if (hasImages)
    yield {
      '@id': 'images/',
      '@type': 'Dataset',
      name: 'Images',
      description: `${header.images.bytes} images as they came, named by their ids; manifest-*.jsonl has the SHA-256 of each.`,
    };
  if (facts.custodian !== null) yield { '@id': '#custodian', '@type': 'Organization', name: facts.custodian };
  yield {
    '@id': licence,
    '@type': 'CreativeWork',
    name: header.license ?? 'No licence was declared',
    description:
      header.license === null
        ? 'The publisher declared no licence; nothing is permitted by this document.'
        : `The licence that the publisher declared: ${header.license}.`,
  };
}

function fileEntity({ path, mediaType, digest, size }: MadeFile | HeaderFile, address: string) {
  return {
    '@id': path,
    '@type': 'File',
    contentSize: String(size),
    description:
      path === 'snapshot.json'
        ? 'The header: the SHA-256 of this file is the digest that names the snapshot.'
        : 'Lines of canonical JSON, one an image, in the order of the ids.',
    encodingFormat: mediaType,
    identifier: `sha256:${digest}`,
    name: path,
    url: path === 'snapshot.json' ? address : `${address}/${path}`,
  };
}
