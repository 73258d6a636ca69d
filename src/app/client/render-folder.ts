import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Loss } from '../../interchange/export-plan.ts';
import { LossTally } from '../../interchange/loss-tally.ts';
import { compareText } from '../../kernel/compare-text.ts';
import { DomainError } from '../../kernel/errors.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { checkOptions } from '../../renderings/image-truth.ts';
import { pathName } from '../../renderings/part-paths.ts';
import { partsAlone } from '../../renderings/parts-alone.ts';
import type {
  RenderedFile,
  RenderingOptions,
  RenderingSource,
  TreeMember,
} from '../../renderings/rendering.ts';
import { renderingFormat } from '../../renderings/rendering-formats.codec.ts';
import { folderSource } from './folder-source.ts';

/** A form of a snapshot that a folder holds beside it. */
export interface FolderRendering extends RenderingOptions {
  readonly format: string;
  /** Of the exporter. */
  readonly version: number;
  /** SHA-256 of the lines `HEX␠␠PATH` of its files in the order of their paths, as `sha256sum` prints them. */
  readonly digest: string;
}

export interface RenderedFolder extends FolderRendering {
  readonly directory: string;
  readonly files: number;
  readonly losses: readonly Loss[];
  readonly limits: readonly string[];
}

/** One file of a rendering, at its place in the rendering's folder. */
export type LaidFile = Pick<RenderedFile, 'path' | 'chunks'> & Pick<TreeMember, 'image'>;

/** Where the form lies in a pulled folder. */
export function renderingFolder(format: string, { consensus, annotator }: RenderingOptions): string {
  if (consensus !== null) return `${format}.consensus.${pathName(consensus)}`;
  return annotator === null ? format : `${format}.annotator.${pathName(annotator)}`;
}

/**
 * Writes a form of a pulled snapshot into its folder, from the bytes that were proved there and with the code that a server
 * renders with: nothing that a server says of it has to be believed. Images are linked where the file system can, else copied.
 */
export async function renderFolder(
  directory: string,
  format: string,
  options: RenderingOptions,
  parts: readonly string[] | null,
): Promise<RenderedFolder> {
  const target = join(directory, renderingFolder(format, options));
  const unfinished = `${target}.part`;
  await rm(unfinished, { recursive: true, force: true });
  const source = partsAlone(await folderSource(directory), parts);
  const losses = new LossTally();
  const hashes: string[] = [];
  for await (const file of laidFiles(source, format, options, losses)) {
    const path = join(unfinished, file.path);
    await mkdir(dirname(path), { recursive: true });
    const sha256 = file.image ? await linkImage(directory, file.image, path) : await writeChunks(file, path);
    hashes.push(`${file.path}\0${sha256}`);
  }
  await mkdir(unfinished, { recursive: true });
  await rm(target, { recursive: true, force: true });
  await rename(unfinished, target);
  const { version, limits } = renderingFormat(format);
  const digest = listDigest(hashes);
  return {
    format,
    version,
    ...options,
    digest,
    directory: target,
    files: hashes.length,
    losses: losses.losses,
    limits,
  };
}

/** The files of a form, each at its place; of a tree its members. */
export async function* laidFiles(
  source: RenderingSource,
  name: string,
  options: RenderingOptions,
  losses: LossTally,
): AsyncGenerator<LaidFile> {
  checkOptions(options, source.header);
  const format = renderingFormat(name);
  const input = { source, options, losses };
  if (format.kind === 'FILES') {
    for await (const file of format.files(input)) yield { ...file, path: withoutFolder(file.path, name) };
  } else if (format.kind === 'TREES') {
    for await (const { path, members } of format.trees(input)) {
      const folder = withoutFolder(path, name).replace(/[^/]*$/, '');
      for await (const member of members()) yield { ...member, path: `${folder}${member.path}` };
    }
  } else {
    throw new DomainError(
      'BAD_INPUT',
      `format: ${name} names addresses of its server; fetch it there, below /snapshots/${source.digest}/.`,
    );
  }
}

/** `coco/train.json` lies in the folder `coco` already. */
function withoutFolder(path: string, format: string): string {
  return path.startsWith(`${format}/`) ? path.slice(format.length + 1) : path;
}

async function linkImage(
  directory: string,
  image: NonNullable<LaidFile['image']>,
  path: string,
): Promise<string> {
  const held = join(directory, image.path);
  await link(held, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw error;
    return copyFile(held, path);
  });
  return image.sha256!;
}

async function writeChunks({ chunks }: LaidFile, path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await file.appendFile(chunk);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** Of `PATH NUL HEX` each. */
function listDigest(hashes: readonly string[]): string {
  const lines = [...hashes].sort(compareText).map((line) => {
    const [path, sha256] = line.split('\0');
    return `${sha256}  ${path}\n`;
  });
  return sha256Hex(lines.join(''));
}
