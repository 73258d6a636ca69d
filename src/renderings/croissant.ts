import {
  type DocumentInput,
  dayOf,
  descriptionOf,
  formsAddress,
  licenceAddress,
  semanticVersion,
  shortDigest,
  snapshotAddress,
} from './about-snapshot.ts';
import { CROISSANT_CONTEXT } from './croissant-context.ts';
import { distribution, recordSets } from './croissant-records.ts';
import type { RenderingFormat } from './rendering.ts';
import { responsibleAi } from './responsible-ai.ts';
import { type SnapshotFacts, snapshotFacts } from './snapshot-facts.ts';

/** Croissant 1.1 with RAI 1.0 (docs.mlcommons.org/croissant), in the form that stock mlcroissant loads by URL. */
export const CROISSANT: RenderingFormat = {
  kind: 'DOCUMENTS',
  version: 1,
  holdsPixels: false,
  purpose: 'Croissant 1.1 with responsible-AI fields: one address from which mlcroissant loads everything.',
  limits: [
    'Use cases, social impact and whether images are synthetic are for people to add: nothing here is guessed.',
    'The one label of an image is what most people said; the labels of all raters stand beside it.',
  ],
  needs: ['parquet', 'tar', 'csv'],
  async *documents(input) {
    const facts = await snapshotFacts(input.source);
    yield {
      path: 'croissant.json',
      mediaType: 'application/ld+json; profile="http://mlcommons.org/croissant/1.1"',
      chunks: [`${JSON.stringify(croissant(input, facts), null, 1)}\n`],
    };
  },
};

function croissant(input: DocumentInput, facts: SnapshotFacts) {
  const { facts: about, source } = input;
  const { header, digest } = source;
  const address = snapshotAddress(input);
  const content = {
    header,
    address: formsAddress(input),
    files: about.files,
    mediaTypes: facts.images.mediaTypes.map(({ value }) => value).filter((value) => value !== 'unknown'),
  };
  const license = licenceAddress(header.license) ?? header.license;
  const version = semanticVersion(digest);
  return {
    '@context': CROISSANT_CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'],
    name: header.title,
    description: descriptionOf(input),
    ...(license === null ? {} : { license }),
    url: address,
    version,
    datePublished: dayOf(about.publishedAt),
    ...(about.custodian === null ? {} : { creator: { '@type': 'sc:Organization', name: about.custodian } }),
    identifier: digest,
    isLiveDataset: false,
    citeAs: `@misc{holotype_${shortDigest(digest)}, title={${plain(header.title)}}, version={${version}}, note={${digest}}}`,
    ...responsibleAi(facts, input),
    distribution: distribution(content),
    recordSet: recordSets(content),
  };
}

/** BibTeX reads braces, backslashes and `%` as its own. */
function plain(title: string): string {
  return title.replace(/[{}\\%]/g, ' ');
}
