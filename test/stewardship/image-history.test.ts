import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

const dataset = 'plants';
const HISTORY = `query ($images: [String!]!, $asOf: Int) { dataset(slug: "plants") {
  images(first: 10, asOf: $asOf, filter: { imageIds: $images }) { nodes { name history {
    __typename revision at
    ... on AcquisitionRecorded { fields { name before after } }
    ... on ImageExcluded { stage reason }
    ... on ImageLabelled { annotator said superseded }
  } } } } }`;

describe('the history of an image', () => {
  let house: House;
  let ids: Record<string, string>;

  const record = (image: string, values: Record<string, string>) =>
    succeed(house, 'recordAcquisition', {
      dataset,
      source: 'test',
      rows: [{ image, values: Object.entries(values).map(([name, value]) => ({ name, value })) }],
    });
  const say = (image: string, annotator: string, label: string, more: object = {}, round?: string) =>
    succeed(house, 'recordAnnotations', {
      dataset,
      round,
      source: 'test',
      strict: true,
      annotations: [{ image, annotator, kind: 'CLASS', label, ...more }],
    });
  const historyOf = async (image: string, asOf: number | null = null, token?: string): Promise<Answer[]> => {
    const { dataset: found } = await house.ask(HISTORY, { images: [ids[image]], asOf }, token);
    return found.images.nodes[0].history;
  };
  const told = async (...given: Parameters<typeof historyOf>) =>
    (await historyOf(...given)).map(({ revision, at, ...rest }) => rest);

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, dataset);
    await addImages(house, dataset, { 'a.png': await noiseImage(1), 'b.png': await noiseImage(2) });
    const { dataset: found } = await house.ask(
      '{ dataset(slug: "plants") { images { nodes { name imageId } } } }',
    );
    ids = Object.fromEntries(found.images.nodes.map(({ name, imageId }: Answer) => [name, imageId]));
    await succeed(house, 'declareFactors', { dataset, factors: [{ name: 'plot', kind: 'NOMINAL' }] });
    await succeed(house, 'defineLabelSchema', { dataset, classes: [{ name: 'ill' }, { name: 'healthy' }] });
    await succeed(house, 'declareAnnotators', {
      dataset,
      annotators: [{ pseudonym: 'ann' }, { pseudonym: 'bo' }],
    });
    await record('a.png', { site: 'north', plot: 'p1', latitude: '51.9' });
    await say('a.png', 'ann', 'ill');
    await succeed(house, 'excludeImages', {
      dataset,
      exclusions: [{ image: 'a.png', stage: 'ELIGIBLE', reason: 'a hand in the picture' }],
    });
    await succeed(house, 'readmitImages', { dataset, images: ['a.png'] });
    await record('a.png', { site: 'south' });
  });
  afterAll(() => house?.stop());

  it('tells what each revision did to it, the latest first', async () => {
    expect(await told('a.png')).toEqual([
      { __typename: 'AcquisitionRecorded', fields: [{ name: 'site', before: 'north', after: 'south' }] },
      { __typename: 'ImageReadmitted' },
      { __typename: 'ImageExcluded', stage: 'ELIGIBLE', reason: 'a hand in the picture' },
      { __typename: 'ImageLabelled', annotator: 'ann', said: 1, superseded: 0 },
      {
        __typename: 'AcquisitionRecorded',
        fields: [
          { name: 'site', before: null, after: 'north' },
          { name: 'plot', before: null, after: 'p1' },
        ],
      },
      { __typename: 'ImageRegistered' },
    ]);
  });

  it('gives the moment of each revision', async () => {
    const history = await historyOf('a.png');
    const { dataset: found } = await house.ask(
      '{ dataset(slug: "plants") { revisions(first: 100) { nodes { number at } } } }',
    );
    const moments = new Map(found.revisions.nodes.map(({ number, at }: Answer) => [number, at]));
    expect(history.map(({ at }) => at)).toEqual(history.map(({ revision }) => moments.get(revision)));
  });

  it('ends with the revision asked', async () => {
    const [, , excluded] = await historyOf('a.png');
    const then = await told('a.png', excluded.revision);
    expect(then[0]).toMatchObject({ __typename: 'ImageExcluded' });
    expect(then).toHaveLength(4);
  });

  it('is of that image alone, and never tells a restricted field', async () => {
    await record('b.png', { latitude: '52.1' });
    expect(await told('b.png')).toEqual([{ __typename: 'ImageRegistered' }]);
  });

  it('counts a correction as said and superseded at once', async () => {
    await say('b.png', 'ann', 'ill');
    const { dataset: found } = await house.ask(
      'query ($images: [String!]!) { dataset(slug: "plants") { images(filter: { imageIds: $images }) { nodes { annotations { id } } } } }',
      { images: [ids['b.png']] },
    );
    await say('b.png', 'ann', 'healthy', { supersedes: found.images.nodes[0].annotations[0].id });
    expect((await told('b.png')).slice(0, 2)).toEqual([
      { __typename: 'ImageLabelled', annotator: 'ann', said: 1, superseded: 1 },
      { __typename: 'ImageLabelled', annotator: 'ann', said: 1, superseded: 0 },
    ]);
  });

  it('says nothing to a viewer of what is under seal in a blind round', async () => {
    await succeed(house, 'openRound', { dataset, name: 'blind', blind: true });
    await say('b.png', 'bo', 'ill', {}, 'blind');
    const isOfBo = ({ annotator }: Answer) => annotator === 'bo';
    const viewer = await house.tokenOf('VIEWER', dataset);
    expect((await told('b.png', null, viewer)).filter(isOfBo)).toEqual([]);
    expect((await told('b.png')).filter(isOfBo)).toHaveLength(1);
    await succeed(house, 'closeRound', { dataset, name: 'blind' });
    expect((await told('b.png', null, viewer)).filter(isOfBo)).toHaveLength(1);
  });
});
