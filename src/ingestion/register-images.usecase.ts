import { randomBytes } from 'node:crypto';
import { insertAcquisitions } from '../acquisition/acquisition.store.ts';
import { acquisitionFromExif } from '../acquisition/acquisition-from-exif.ts';
import { EMPTY_RECORD, mergeAcquisition } from '../acquisition/acquisition-record.ts';
import { type BulkReport, type RefusedRow, refusedRow, refuseIfStrict } from '../catalogue/bulk.ts';
import { visibleDataset } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import {
  findImagesByName,
  findWithdrawn,
  type Image,
  insertImages,
  type NewImage,
} from '../catalogue/image.store.ts';
import { revise } from '../catalogue/revise.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError, isDomainError, type Reason } from '../kernel/errors.ts';
import { imageId } from '../kernel/image-id.ts';
import { holdBlobs, missingBlobs } from '../platform/blob-lock.ts';
import type { Context } from '../platform/context.ts';
import { type ContentFacts, findContentFacts, insertContentFacts } from './content-facts.store.ts';
import {
  declaredMediaType,
  type ImageRegistration,
  nameFault,
  registrationFaults,
} from './image-registration.ts';
import { closeRefusals, replaceRefusals } from './refusals.store.ts';
import { refusedImages } from './refused-image.ts';

export interface RegistrationInput {
  readonly dataset: string;
  readonly strict: boolean;
  readonly images: readonly ImageRegistration[];
}

type Judged = { readonly faults: readonly Reason[] } | { readonly facts: ContentFacts | null };

/**
 * Registers images whose bytes were uploaded, or which stay elsewhere. Decoding happens before the transaction. What is
 * refused and so lost enters the exclusion ledger; registered later, it leaves it.
 */
export async function registerImages(context: Context, input: RegistrationInput): Promise<BulkReport> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'dataset.curate', datasetScope(dataset.id));
  const judged = await judge(context, input.images);
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'images.register',
    summary: `registration of ${input.images.length} images`,
  } as const;
  return revise(context, request, async ({ db, actor }, target) => {
    const names = input.images.map(({ name }) => name);
    const held = new Map(
      (await findImagesByName(db, target.datasetId, target.dataset.revision, names)).map((image) => [
        image.name,
        image,
      ]),
    );
    const formed = input.images.filter((_, row) => !('faults' in judged[row]!));
    const withdrawn = await findWithdrawn(db, target.datasetId, {
      digests: formed.flatMap(({ digest }) => digest ?? []),
      ids: formed.map(({ name, digest }) => imageId(name, digest)),
    });
    await holdBlobs(db);
    const gone = await missingContent({ ...context, db }, formed, held);
    const refused: RefusedRow[] = [];
    const fresh = new Map<string, { image: NewImage; facts: ContentFacts | null }>();
    let alreadyThere = 0;
    input.images.forEach((image, row) => {
      const verdict = judged[row]!;
      const taken = fresh.get(image.name)?.image ?? toHeld(held.get(image.name));
      if ('faults' in verdict)
        refused.push(...verdict.faults.map((fault) => refusedRow(row, image.name, fault)));
      else if (withdrawn.has(image.digest ?? '') || withdrawn.has(imageId(image.name, image.digest)))
        refused.push(refusedRow(row, image.name, withdrawnImage(image.name)));
      else if (taken && taken.digest === image.digest && taken.address === image.address) alreadyThere += 1;
      else if (taken) refused.push(refusedRow(row, image.name, duplicateName(image.name)));
      else if (gone.has(image.digest ?? '') && verdict.facts)
        refused.push(refusedRow(row, image.name, destroyedMeanwhile(image)));
      else
        fresh.set(image.name, {
          image: toNewImage(image, verdict.facts, target.dataset),
          facts: verdict.facts,
        });
    });
    refuseIfStrict(input.strict, refused);
    const rows = [...fresh.values()];
    await insertImages(
      db,
      target,
      rows.map(({ image }) => image),
    );
    const records = rows.map(({ image, facts }) => ({
      imageId: image.image_id,
      record: recordFromExif(facts),
    }));
    await insertAcquisitions(db, { ...target, unitField: target.dataset.unit }, records);
    const lost = refusedImages(refused, (name) => held.has(name) || fresh.has(name));
    const newlyLost = await replaceRefusals(db, target, lost, actor?.principalId ?? null);
    await closeRefusals(db, target, [...fresh.keys()]);
    const changed = fresh.size + newlyLost > 0;
    const revision = changed ? target.revision : target.dataset.revision;
    return {
      changed,
      result: { datasetId: target.datasetId, revision, taken: fresh.size, alreadyThere, refused },
    };
  });
}

/** Digests of new images whose bytes, or what was known of them, a withdrawal destroyed since they were judged. */
async function missingContent(
  { db, blobs }: Context,
  images: readonly ImageRegistration[],
  held: ReadonlyMap<string, Image>,
): Promise<Set<string>> {
  const digests = new Set(
    images
      .filter(({ name, address, digest }) => address === null && held.get(name)?.digest !== digest)
      .map(({ digest }) => digest!),
  );
  const known = new Set((await findContentFacts(db, [...digests])).map(({ digest }) => digest));
  const missing = await missingBlobs(blobs, [...digests]);
  return new Set([...digests].filter((digest) => missing.has(digest) || !known.has(digest)));
}

/** Row by row: its faults, or the facts of the bytes (null for a reference). Each digest is decoded once. */
async function judge(context: Context, images: readonly ImageRegistration[]): Promise<Judged[]> {
  const byBytes = images.filter((image) => image.address === null && registrationFaults(image).length === 0);
  const digests = [...new Set(byBytes.map(({ digest }) => digest!))];
  const known = new Map((await findContentFacts(context.db, digests)).map((facts) => [facts.digest, facts]));
  const probed = new Map<string, Promise<Judged>>();
  for (const digest of digests) {
    const facts = known.get(digest);
    probed.set(digest, facts ? Promise.resolve({ facts }) : probe(context, digest));
  }
  return Promise.all(
    images.map(async (image): Promise<Judged> => {
      const faults = registrationFaults(image);
      if (faults.length > 0) return { faults };
      if (image.address !== null) return { facts: null };
      const verdict = await probed.get(image.digest!)!;
      if ('faults' in verdict) {
        const named = verdict.faults.map((fault) => ({
          ...fault,
          message: namingImage(fault.message, image),
        }));
        return { faults: named };
      }
      const lie = nameFault(image.name, verdict.facts!.mediaType);
      return lie ? { faults: [lie] } : verdict;
    }),
  );
}

/** The probe sees a blob's path alone; people know the image by its name. */
function namingImage(message: string, { name, digest }: ImageRegistration): string {
  const named = message.replaceAll(`"${digest!.slice(2)}"`, `"${name}"`);
  return named === message ? `${name}: ${message}` : named;
}

async function probe(context: Context, digest: string): Promise<Judged> {
  try {
    const stored = await context.blobs.stat(digest);
    if (!stored) throw notUploaded(digest);
    const { maxPixels, decodeSeconds } = context.limits;
    const limits = { maxPixels, timeoutSeconds: decodeSeconds };
    const facts = await context.blobs.local(digest, (path) => context.probe.probe(path, limits));
    const thumbnail = await context.blobs.put(once(facts.thumbnail), {});
    const { size } = stored;
    const bytes = { digest, size, thumbnailDigest: thumbnail.digest };
    const kept = await context.db.transaction(async (db) => {
      await holdBlobs(db);
      if ((await context.blobs.stat(digest)) === null) throw notUploaded(digest);
      return insertContentFacts(db, facts, bytes);
    });
    // Referred to now: if it was not destroyed before, it will not be.
    if ((await context.blobs.stat(thumbnail.digest)) === null)
      await context.blobs.put(once(facts.thumbnail), {});
    return { facts: kept };
  } catch (error) {
    // Bytes that were destroyed while they were read may look corrupt.
    const fault = (await context.blobs.stat(digest)) ? error : notUploaded(digest);
    if (!isDomainError(fault)) throw fault;
    return { faults: [{ path: ['digest'], code: fault.code, message: fault.message }] };
  }
}

function notUploaded(digest: string): DomainError {
  return new DomainError(
    'BLOB_MISSING',
    `the bytes ${digest} were not uploaded; PUT them to /blobs/sha256/${digest} first.`,
  );
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function recordFromExif(facts: ContentFacts | null) {
  if (!facts?.exif) return EMPTY_RECORD;
  const { columns, restricted } = acquisitionFromExif(facts.exif);
  const values = Object.entries({ ...columns, ...restricted }).map(([name, value]) => ({
    name,
    value: value!,
  }));
  return mergeAcquisition(EMPTY_RECORD, values, 'exif', new Map());
}

function toNewImage(image: ImageRegistration, facts: ContentFacts | null, dataset: Dataset): NewImage {
  const personal = dataset.sensitivity === 'PERSONAL';
  const random = () => randomBytes(16).toString('hex');
  return {
    image_id: personal ? random() : imageId(image.name, image.digest),
    name: image.name,
    digest: image.digest,
    pixels: facts ? 'BYTES' : 'REFERENCE',
    address: image.address,
    media_type: facts?.mediaType ?? declaredMediaType(image),
    size: facts?.size ?? image.size,
    width: facts?.width ?? image.width,
    height: facts?.height ?? image.height,
    salt: personal ? random() : null,
    annotation_salt: personal ? random() : null,
    metadata_salt: personal ? random() : null,
  };
}

function toHeld(image: Image | undefined): Pick<NewImage, 'digest' | 'address'> | undefined {
  return image && { digest: image.digest, address: image.address };
}

function withdrawnImage(name: string): Reason {
  return {
    path: ['digest'],
    code: 'WITHDRAWN',
    message: `"${name}" was withdrawn from the dataset, and does not come back.`,
  };
}

function destroyedMeanwhile({ name, digest }: ImageRegistration): Reason {
  return {
    path: ['digest'],
    code: 'BLOB_MISSING',
    message: `${name}: the bytes ${digest} were destroyed meanwhile, with an image that was withdrawn; PUT them to /blobs/sha256/${digest} again.`,
  };
}

function duplicateName(name: string): Reason {
  return {
    path: ['name'],
    code: 'DUPLICATE_NAME',
    message: `"${name}" is in the dataset with other bytes; give the new image another name.`,
  };
}
