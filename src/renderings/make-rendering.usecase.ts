import { findDescription } from '../catalogue/dataset.store.ts';
import { LossTally } from '../interchange/loss-tally.ts';
import { DomainError } from '../kernel/errors.ts';
import { holdMadeBlobs } from '../platform/blob-lock.ts';
import type { Services } from '../platform/context.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import { findSnapshot, listSnapshotFiles, lockedView } from '../snapshots/snapshots.store.ts';
import type {
  DocumentFacts,
  MadeFile,
  RenderedFile,
  RenderingInput,
  RenderingOptions,
  Tree,
} from './rendering.ts';
import { renderingFormat, renderingRequest } from './rendering-formats.codec.ts';
import { type RenderingRequest, renderingId } from './rendering-request.ts';
import { claimRendering, completeRendering, findRendering, listRenderingFiles } from './renderings.store.ts';
import { snapshotContent } from './snapshot-content.store.ts';
import { tar } from './tar.ts';
import { destroyUnreferenced } from './unreferenced-blobs.store.ts';

const NO_OPTIONS: RenderingOptions = { consensus: null, annotator: null };

/** Hears how many images were read in the present pass, of how many. */
export type RenderingProgress = (done: number, total: number) => void;

/**
 * Makes a rendering, unless it is made: its files go to the blob store one after another, a few images in memory at a time,
 * and then it appears with all of them. Says of what files it is.
 */
export async function makeRendering(
  services: Services,
  request: RenderingRequest,
  progress: RenderingProgress,
): Promise<readonly MadeFile[]> {
  const { db, blobs, now } = services;
  const id = renderingId(request);
  if ((await findRendering(db, id))?.state === 'DONE') return listRenderingFiles(db, [id]);
  const snapshot = await findSnapshot(db, request.snapshot);
  if (!snapshot) throw new DomainError('NOT_FOUND', `No snapshot ${request.snapshot} is here.`);
  const hear = (images: number) => progress(images, snapshot.imageCount);
  const input: RenderingInput = {
    source: await snapshotContent(db, blobs, snapshot, hear),
    options: request.options,
    losses: new LossTally(),
  };
  const files: MadeFile[] = [];
  for await (const { path, mediaType, chunks } of renderedFiles(
    services,
    request,
    snapshot,
    input,
    progress,
  )) {
    const { digest, size } = await blobs.put(bytesOf(chunks), {});
    files.push({ path, mediaType, digest, size });
  }
  const { losses } = input.losses;
  const isCurrent = await db.transaction(async (within) => {
    if ((await lockedView(within, request.snapshot)) !== request.view) return false;
    await claimRendering(within, request, now());
    await holdMadeBlobs({ db: within, blobs }, files);
    await completeRendering(within, id, { files, losses }, now());
    return true;
  });
  if (isCurrent) return files;
  // Images were withdrawn while it was made: nobody may have what holds them. What another form holds as well holds none of them.
  await destroyUnreferenced(
    services,
    files.map(({ digest }) => digest),
  );
  throw new DomainError('WITHDRAWN', `Images of ${request.snapshot} were withdrawn; ask for it anew.`);
}

async function* renderedFiles(
  services: Services,
  { format: name, view, origin }: RenderingRequest,
  snapshot: Snapshot,
  input: RenderingInput,
  progress: RenderingProgress,
): AsyncIterable<RenderedFile> {
  const format = renderingFormat(name);
  if (format.kind === 'FILES') return yield* format.files(input);
  if (format.kind === 'TREES') return yield* tarsOf(format.trees(input));
  const files: MadeFile[] = [];
  for (const needed of format.needs) {
    const plain = renderingRequest({ snapshot: snapshot.digest, view }, needed, NO_OPTIONS, origin!);
    files.push(...(await makeRendering(services, plain, progress)));
  }
  const about = { origin: origin!, view };
  yield* format.documents({ ...input, facts: await documentFacts(services, snapshot, about, files) });
}

async function* tarsOf(trees: AsyncIterable<Tree>): AsyncIterable<RenderedFile> {
  for await (const { path, members } of trees)
    yield { path, mediaType: 'application/x-tar', chunks: tar(members()) };
}

async function documentFacts(
  { db }: Services,
  snapshot: Snapshot,
  about: { readonly origin: string; readonly view: number },
  files: readonly MadeFile[],
): Promise<DocumentFacts> {
  const { datasetId, revision, publishedAt, annotationCount } = snapshot;
  const described = await findDescription(db, { datasetId, asOf: revision });
  const { description, custodian, dataUseTerms } = described;
  const shards = (await listSnapshotFiles(db, [snapshot.digest])).map(
    ({ name, digest, size }): MadeFile => ({ path: name, mediaType: 'application/jsonl', digest, size }),
  );
  return { ...about, publishedAt, annotationCount, description, custodian, dataUseTerms, shards, files };
}

async function* bytesOf(chunks: RenderedFile['chunks']): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
}
