import { setTimeout as sleep } from 'node:timers/promises';
import { requirePixelTerms } from '../acquisition/consent/require-consent.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError, type ErrorCode } from '../kernel/errors.ts';
import type { Context, Services } from '../platform/context.ts';
import type { ImmutableContent } from '../platform/http-route.ts';
import { sendOrder, workOnOrdered } from '../platform/ordered-work.ts';
import { parseSnapshotHeader } from '../snapshots/snapshot-header.ts';
import { currentView, visibleSnapshot } from '../snapshots/snapshots.store.ts';
import { formatOfPath } from './format-of-path.ts';
import { checkOptions } from './image-truth.ts';
import type { RenderingOptions } from './rendering.ts';
import { renderingAddress, viewOfPath } from './rendering-address.ts';
import { RENDERING_FORMATS, renderingFormat, renderingRequest } from './rendering-formats.codec.ts';
import type { RenderingRequest } from './rendering-request.ts';
import {
  claimRendering,
  findRendering,
  listRenderingFiles,
  type Rendering,
  updateRendering,
} from './renderings.store.ts';

const QUEUE = 'rendering';
/** Shorter than the patience of the clients that set themselves a limit: mlcroissant waits ten seconds. */
const WAIT_MILLISECONDS = 8_000;
const POLL_MILLISECONDS = 50;

/** Every form in which a snapshot is handed out, by name. */
export function listFormats() {
  return Object.entries(RENDERING_FORMATS).map(([name, { version, holdsPixels, purpose, limits }]) => ({
    ...{ name, version, holdsPixels, purpose, limits },
  }));
}

/** Asks for a form of a snapshot without waiting for it: a job makes it, unless it is made already. */
export async function orderRendering(
  context: Context,
  input: { snapshot: string; format: string; options: RenderingOptions },
): Promise<Rendering> {
  const { request, datasetId } = await requestFor(context, input);
  const entry = {
    action: 'rendering.order',
    subject: datasetScope(datasetId),
    detail: { snapshot: request.snapshot, format: request.format },
  };
  return recorded(context, entry, (within) => claim(within, request));
}

/** The bytes at a path below a snapshot's address, made at the first asking; UNAVAILABLE while they are being made. */
export async function openRendering(
  context: Context,
  input: { snapshot: string; path: string; options: RenderingOptions },
): Promise<ImmutableContent> {
  const { view, path } = viewOfPath(input.path);
  const format = formatOfPath(path);
  if (format === null) {
    const { digest } = await visibleSnapshot(context, input.snapshot);
    throw new DomainError('NOT_FOUND', `The snapshot ${digest} has no file "${input.path}".`);
  }
  const { request } = await requestFor(context, { ...input, format });
  if (view !== request.view)
    throw new DomainError(
      'WITHDRAWN',
      `Images of ${request.snapshot} were withdrawn since this was made; what is left is at ${renderingAddress(request, path)}.`,
    );
  const rendering = await made(context, await claimAndCommit(context, request));
  const files = await listRenderingFiles(context.db, [rendering.id]);
  const file = files.find((one) => one.path === path);
  if (!file) {
    const paths = files.map(({ path }) => path).join(', ');
    throw new DomainError(
      'NOT_FOUND',
      `The snapshot ${request.snapshot} as ${format} has no file "${input.path}", but ${paths || 'none'}.`,
    );
  }
  const { digest, size, mediaType } = file;
  return {
    digest,
    size,
    mediaType,
    read: (range) => context.blobs.read(digest, range),
    redirect: () => context.blobs.signedAddress(digest, mediaType),
  };
}

/** Who may fetch the snapshot may have its forms, but those that hold pixels only who may read these as well. */
async function requestFor(
  context: Context,
  { snapshot, format, options }: { snapshot: string; format: string; options: RenderingOptions },
): Promise<{ request: RenderingRequest; datasetId: string }> {
  const { digest, header, datasetId, revision } = await visibleSnapshot(context, snapshot);
  if (renderingFormat(format).holdsPixels) {
    requireMay(context, 'pixels.read', datasetScope(datasetId));
    await requirePixelTerms(context, { datasetId, asOf: revision });
  }
  checkOptions(options, parseSnapshotHeader(Buffer.from(header, 'utf8')));
  return {
    request: renderingRequest(
      { snapshot: digest, view: await currentView(context.db, digest) },
      format,
      options,
      context.origin,
    ),
    datasetId,
  };
}

function claimAndCommit(context: Context, request: RenderingRequest): Promise<Rendering> {
  return context.db.transaction((db) => claim({ ...context, db }, request));
}

async function claim({ db, jobs, now }: Context, request: RenderingRequest): Promise<Rendering> {
  const { rendering, isNew } = await claimRendering(db, request, now());
  if (isNew) await sendOrder({ db, jobs }, QUEUE, rendering.id);
  return rendering;
}

/** Waits as long as clients do. */
async function made({ db }: Context, asked: Rendering): Promise<Rendering> {
  const patience = Date.now() + WAIT_MILLISECONDS;
  let rendering = asked;
  while (rendering.state === 'WAITING' || rendering.state === 'RUNNING') {
    if (Date.now() > patience) {
      const { request, done, total } = rendering;
      const reached = total === 0 ? 'not begun' : `${done} of ${total} images read in this pass`;
      throw new DomainError(
        'UNAVAILABLE',
        `${request.format} of ${request.snapshot} is being made (${reached}); ask again in a moment, or have it made first: holotype render.`,
      );
    }
    await sleep(POLL_MILLISECONDS);
    rendering = (await findRendering(db, rendering.id))!;
  }
  if (rendering.state === 'FAILED') throw new DomainError(rendering.faultCode as ErrorCode, rendering.fault!);
  return rendering;
}

/** How a rendering is made: hears of the images read. */
export type RenderingMaker = (
  services: Services,
  request: RenderingRequest,
  progress: (done: number, total: number) => void,
) => Promise<unknown>;

/** Makes what is asked for, one after the other, for as long as the server runs. */
export function workOnRenderings(services: Services, make: RenderingMaker): void {
  workOnOrdered<Rendering>(services, {
    queue: QUEUE,
    noun: 'rendering',
    find: findRendering,
    update: updateRendering,
    make: (within, { request }, progress) => make(within, request, progress),
  });
}
