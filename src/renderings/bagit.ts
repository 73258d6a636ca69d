import { createHash } from 'node:crypto';
import { sha256Hex } from '../kernel/sha256.ts';
import { type DocumentInput, dayOf, descriptionOf, shortDigest, snapshotAddress } from './about-snapshot.ts';
import { pathName } from './part-paths.ts';
import type { RenderingFormat, TreeMember } from './rendering.ts';
import { type HeaderFile, headerFile } from './snapshot-header-file.ts';
import { tar } from './tar.ts';
import { textMember } from './tree-members.ts';

/**
 * A bag by reference (RFC 8493): its payload `data/` is a pulled folder, of which `snapshot.json` lies in the bag
 * and `fetch.txt` names the addresses of the shards and the images. It is complete when they were fetched.
 */
export const BAGIT: RenderingFormat = {
  kind: 'DOCUMENTS',
  version: 1,
  holdsPixels: false,
  purpose: 'A BagIt bag by reference: the SHA-256 and the address of every file of a pulled folder.',
  limits: ['The bag is complete once what fetch.txt names was fetched, with a token.'],
  needs: [],
  async *documents(input) {
    const { source, losses } = input;
    losses.add(
      'images',
      'Images by reference lie elsewhere and are not in the bag.',
      source.header.images.reference,
    );
    yield { path: 'bag.tar', mediaType: 'application/x-tar', chunks: tar(bagMembers(input)) };
  },
};

interface BagFile {
  /** In the bag, below its folder. */
  readonly path: string;
  readonly digest: string;
  readonly size: number;
  /** Null: it lies in the bag. */
  readonly address: string | null;
}

async function* bagMembers(input: DocumentInput): AsyncGenerator<TreeMember> {
  const { source, facts } = input;
  const header = headerFile(source);
  const folder = `${pathName(source.header.dataset)}-${shortDigest(source.digest)}`;
  const member = (path: string, text: string) => textMember(`${folder}/${path}`, text);
  const [fetch, manifest] = [new LineFile(fetchLine), new LineFile(manifestLine)];
  const payload = { octets: 0, files: 0 };
  for await (const file of bagFiles(input, header)) {
    payload.octets += file.size;
    payload.files++;
    fetch.count(file);
    manifest.count(file);
  }
  const declaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
  const information = [
    ...(facts.custodian === null ? [] : [['Source-Organization', facts.custodian]]),
    ['External-Identifier', source.digest],
    ['External-Description', descriptionOf(input)],
    ['Bagging-Date', dayOf(facts.publishedAt)],
    ['Payload-Oxum', `${payload.octets}.${payload.files}`],
  ];
  const info = information.map(([label, value]) => `${label}: ${value!.replace(/\s+/g, ' ')}\n`).join('');
  const tags: readonly [string, string][] = [
    ['bag-info.txt', sha256Hex(info)],
    ['bagit.txt', sha256Hex(declaration)],
    ['fetch.txt', fetch.digest()],
    ['manifest-sha256.txt', manifest.digest()],
  ];
  yield member('bag-info.txt', info);
  yield member('bagit.txt', declaration);
  yield member(`data/${header.path}`, header.text);
  yield { path: `${folder}/fetch.txt`, size: fetch.size, chunks: fetch.lines(bagFiles(input, header)) };
  yield {
    path: `${folder}/manifest-sha256.txt`,
    size: manifest.size,
    chunks: manifest.lines(bagFiles(input, header)),
  };
  yield member('tagmanifest-sha256.txt', tags.map(([name, digest]) => `${digest}  ${name}\n`).join(''));
}

async function* bagFiles(input: DocumentInput, header: HeaderFile): AsyncGenerator<BagFile> {
  const { source, facts } = input;
  yield { ...header, path: `data/${header.path}`, address: null };
  for (const { path, digest, size } of facts.shards)
    yield { path: `data/${path}`, digest, size, address: `${snapshotAddress(input)}/${path}` };
  for await (const { entry } of source.images(null)) {
    const { path, pixels, sha256, size } = entry;
    if (pixels === 'reference') continue;
    const address = `${facts.origin}/blobs/sha256/${sha256}`;
    yield { path: `data/${path}`, digest: sha256!, size: size!, address };
  }
}

const fetchLine = ({ address, size, path }: BagFile) =>
  address === null ? '' : `${address} ${size} ${path}\n`;
const manifestLine = ({ digest, path }: BagFile) => `${digest}  ${path}\n`;

/** A file of a line a file: its size and hash are taken in one pass, and it is written in another. */
class LineFile {
  private readonly line: (file: BagFile) => string;
  private readonly hash = createHash('sha256');
  size = 0;

  constructor(line: (file: BagFile) => string) {
    this.line = line;
  }

  count(file: BagFile): void {
    const text = this.line(file);
    this.size += Buffer.byteLength(text);
    this.hash.update(text);
  }

  digest(): string {
    return this.hash.digest('hex');
  }

  async *lines(files: AsyncIterable<BagFile>): AsyncGenerator<string> {
    for await (const file of files) yield this.line(file);
  }
}
