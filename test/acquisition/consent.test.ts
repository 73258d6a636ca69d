import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage, publish } from '../support/specimens.ts';

const FAR = '2999-01-01T00:00:00.000Z';
const PAST = '2001-01-01T00:00:00.000Z';
const ALL = ['TRAINING', 'SHARING_WITH_CONSUMERS', 'PUBLICATION_OF_PIXELS'];

describe('the consent of subjects', () => {
  let house: House;
  let count = 0;
  let slug: string;
  const images: Record<string, Buffer> = {};

  const consent = (subjects: string[], scopes: string[], until: string | null = null) =>
    succeed(
      house,
      'declareConsent',
      { dataset: slug, subjects, scopes, until },
      '... on Dataset { revision }',
    );
  const require = (terms: object = {}) =>
    succeed(house, 'declareTerms', { dataset: slug, licence: 'CC0-1.0', consent: 'REQUIRED', ...terms });
  const refusalToPublish = async (): Promise<Answer> => {
    const { body } = await house.send(
      'mutation ($input: PublishSnapshotInput!) { publishSnapshot(input: $input) { __typename } }',
      { input: { dataset: slug } },
    );
    return body.errors![0]!;
  };
  const pixelsOf = async (name: string, token: string): Promise<Answer> => {
    const response = await house.fetch(`/blobs/sha256/${digestOf(images[name]!)}`, { token });
    return { status: response.status, ...(response.ok ? {} : ((await response.json()) as Answer)) };
  };

  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.stop());
  beforeEach(async () => {
    slug = `faces-${++count}`;
    // No two datasets hold the same bytes: the terms of one would be enough for both.
    for (const [index, name] of ['a.png', 'b.png', 'c.png'].entries())
      images[name] = await noiseImage(10 * count + index);
    await newDataset(house, slug);
    await addImages(house, slug, images);
    await succeed(house, 'recordAcquisition', {
      dataset: slug,
      source: 'csv',
      rows: [
        { image: 'a.png', values: [{ name: 'subject', value: 'anna' }] },
        { image: 'b.png', values: [{ name: 'subject', value: 'bert' }] },
        { image: 'c.png', values: [{ name: 'subject', value: 'bert' }] },
      ],
    });
  });

  it('is asked of nobody while the terms do not require it', async () => {
    expect(await publish(house, slug)).toMatch(/^sha256:/);
    expect(await pixelsOf('a.png', await house.tokenOf('READER', slug))).toEqual({ status: 200 });
  });

  it('that lacks refuses to publish, naming scope, number of images and the way out, and leaves none out silently', async () => {
    await consent(['anna'], ALL);
    await require();
    const { message, extensions } = await refusalToPublish();
    expect(extensions.code).toBe('TERMS_FORBID');
    expect(message).toContain('TRAINING is lacking for 2 images.');
    expect(message).toContain('SHARING_WITH_CONSUMERS is lacking for 2 images.');
    expect(message).not.toContain('PUBLICATION_OF_PIXELS');
    expect(message).toMatch(/declareConsent.*exclude/);
    expect(message).not.toMatch(/anna|bert/);
    const exclusions = ['b.png', 'c.png'].map((image) => ({
      image,
      stage: 'RELEASED',
      reason: 'no consent',
    }));
    await succeed(house, 'excludeImages', { dataset: slug, exclusions });
    expect(await publish(house, slug)).toMatch(/^sha256:/);
  });

  it('cannot be given by an image that names no subject', async () => {
    await succeed(house, 'registerImages', {
      dataset: slug,
      images: [{ name: 'd.png', address: 'https://images.example/d.png' }],
    });
    await consent(['anna', 'bert'], ALL);
    await require();
    expect((await refusalToPublish()).message).toContain(
      'TRAINING is lacking for 1 image (1 of them name no subject).',
    );
  });

  it('is asked for the publication of pixels as well where the dataset is public', async () => {
    await consent(['anna', 'bert'], ['TRAINING', 'SHARING_WITH_CONSUMERS']);
    await require();
    await publish(house, slug);
    await require({ visibility: 'PUBLIC' });
    const anyone = await house.tokenOf(null);
    expect(await pixelsOf('a.png', anyone)).toMatchObject({
      status: 403,
      code: 'TERMS_FORBID',
      detail: expect.stringContaining('PUBLICATION_OF_PIXELS'),
    });
    await consent(['anna'], ALL);
    expect(await pixelsOf('a.png', anyone)).toEqual({ status: 200 });
  });

  it('that was taken back or has ended closes the pixels to consumers by every address, and not to those who work', async () => {
    await consent(['anna', 'bert'], ALL, FAR);
    await require();
    const snapshot = await publish(house, slug);
    const reader = await house.tokenOf('READER', slug);
    const bundle = async () =>
      (await house.fetch(`/snapshots/${snapshot}/images/0-2.tar`, { token: reader })).status;
    const archive = async () =>
      (await house.fetch(`/snapshots/${snapshot}/images.tar`, { token: reader })).status;
    expect([await bundle(), (await pixelsOf('b.png', reader)).status]).toEqual([200, 200]);
    for (const lapsed of [() => consent(['bert'], ALL, PAST), () => consent(['bert'], ['TRAINING'])]) {
      await lapsed();
      expect(await pixelsOf('b.png', reader)).toMatchObject({
        code: 'TERMS_FORBID',
        detail: expect.stringContaining('SHARING_WITH_CONSUMERS is lacking for 1 image.'),
      });
      expect([await bundle(), await archive()]).toEqual([403, 403]);
      expect(await pixelsOf('a.png', reader)).toEqual({ status: 200 });
      expect(await pixelsOf('b.png', await house.tokenOf('CURATOR', slug))).toEqual({ status: 200 });
      expect((await house.fetch(`/snapshots/${snapshot}`, { token: reader })).status).toBe(200);
    }
    await consent(['bert'], ALL);
    expect(await bundle()).toBe(200);
  });

  it('is kept by revision, told to who may know subjects, and named by no line of the record', async () => {
    const first = await consent(['anna', 'bert', 'anna'], ['TRAINING']);
    expect(await consent(['bert', 'anna'], ['TRAINING'])).toEqual(first);
    await consent(['anna'], []);
    const query = `{ dataset(slug: "${slug}") { subjectConsents { nodes { subject scopes until } } } }`;
    expect((await house.ask(query)).dataset.subjectConsents.nodes).toEqual([
      { subject: 'anna', scopes: [], until: null },
      { subject: 'bert', scopes: ['TRAINING'], until: null },
    ]);
    const reader = await house.send(query, {}, await house.tokenOf('READER', slug));
    expect(reader.body.errors![0]!.extensions.code).toBe('FORBIDDEN');
    const rows = await house.services.db.query(
      `SELECT detail FROM audit_event WHERE action = 'consent.declare' AND phase = 'ATTEMPT'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/anna|bert/);
  });

  it('is no withdrawal: nothing is erased, and the database lets no consent of a known subject go', async () => {
    await consent(['anna'], []);
    expect(await pixelsOf('a.png', house.token)).toEqual({ status: 200 });
    await expect(house.services.db.query(`DELETE FROM subject_consent`)).rejects.toThrow(/append-only/);
  });

  it('is erased with the last image of its subject by a withdrawal, and with no other', async () => {
    await consent(['anna', 'bert'], ALL);
    const withdraw = (what: object) =>
      succeed(house, 'withdrawImages', { dataset: slug, reason: 'CONSENT_WITHDRAWN', ...what });
    const query = `{ dataset(slug: "${slug}") { subjectConsents { nodes { subject } } images { nodes { imageId name } } } }`;
    const left = async () =>
      (await house.ask(query)).dataset.subjectConsents.nodes.map(({ subject }: Answer) => subject);
    await withdraw({ subject: 'anna' });
    expect(await left()).toEqual(['bert']);
    await withdraw({ images: ['b.png'] });
    expect(await left()).toEqual(['bert']);
    await withdraw({ images: ['c.png'] });
    expect(await left()).toEqual([]);
  });
});
