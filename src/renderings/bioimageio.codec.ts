import { stringify } from 'yaml';
import {
  contentSentence,
  type DocumentInput,
  descriptionOf,
  formsAddress,
  licenceAddress,
  semanticVersion,
  shortDigest,
  snapshotAddress,
} from './about-snapshot.ts';
import { partsOf, sizeOfPart } from './part-paths.ts';
import type { RenderingFormat } from './rendering.ts';

const LONGEST_DESCRIPTION = 1024;
const LONGEST_NAME = 128;

/** A dataset description of the BioImage Model Zoo, format 0.3 (spec-bioimage-io), and the page that it refers to. */
export const BIOIMAGEIO: RenderingFormat = {
  kind: 'DOCUMENTS',
  version: 1,
  holdsPixels: false,
  purpose: 'A dataset description (RDF 0.3) for the BioImage Model Zoo, whose models can name it.',
  limits: [
    'Names are letters, digits and `_+- ()`: other characters of the title are left out.',
    'Authors and a cover are for people to add: the snapshot has none.',
  ],
  needs: [],
  async *documents(input) {
    yield {
      path: 'bioimageio.yaml',
      mediaType: 'application/yaml',
      chunks: [stringify(description(input), { lineWidth: 0 })],
    };
    yield { path: 'bioimageio.md', mediaType: 'text/markdown', chunks: [page(input)] };
  },
};

function description(input: DocumentInput) {
  const { header, digest } = input.source;
  const address = snapshotAddress(input);
  const license = licenceAddress(header.license) === null ? {} : { license: header.license };
  return {
    type: 'dataset',
    format_version: '0.3.0',
    name: plainName(header.title, shortDigest(digest)),
    description: shortened(descriptionOf(input)),
    version: semanticVersion(digest),
    ...license,
    authors: [],
    cite: [{ text: `${header.title}, ${digest}`, url: address }],
    documentation: `${formsAddress(input)}/bioimageio.md`,
    source: `${formsAddress(input)}/croissant.json`,
    tags: [],
    attachments: [{ source: `${address}/snapshot.json`, sha256: digest.slice('sha256:'.length) }],
    config: { holotype: { snapshot: digest, dataset: header.dataset } },
  };
}

function plainName(title: string, digest: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_+\- ()]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return (plain.length < 5 ? `${plain} dataset ${digest}`.trim() : plain).slice(0, LONGEST_NAME).trim();
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_DESCRIPTION
    ? text
    : `${characters.slice(0, LONGEST_DESCRIPTION - 1).join('')}…`;
}

function page(input: DocumentInput): string {
  const { header, digest } = input.source;
  const parts = partsOf(header).map(({ split, part }) => {
    const name = split === null ? part : `${split}: ${part}`;
    return `- ${name}: ${sizeOfPart(header, { split, part })} images`;
  });
  return [
    `# ${header.title}`,
    descriptionOf(input),
    `This is ${contentSentence(header)} It is named by its digest, \`${digest}\`, and never changes.`,
    parts.join('\n'),
    `Classes: ${header.classes.map(({ name }) => name).join(', ') || 'none'}.`,
    `Licence: ${header.license ?? 'none was declared'}.`,
    `Fetched below <${snapshotAddress(input)}>, which asks for a token.`,
  ].join('\n\n');
}
