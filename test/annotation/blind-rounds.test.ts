import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

const IMAGES = ['a.png', 'b.png', 'c.png', 'd.png'];

describe('A blind round', () => {
  let house: House;
  const tokens: Record<string, string> = {};

  const record = (annotator: string, image: string, label: string, more: object = {}, token?: string) =>
    mutate(
      house,
      'recordAnnotations',
      {
        dataset: 'plants',
        source: 'test',
        round: 'first',
        annotations: [{ image, annotator, kind: 'CLASS', label }],
        ...more,
      },
      '... on BulkReport { taken refused { field code message } }',
      token ?? tokens[annotator],
    );
  const labelsSeen = async (token: string): Promise<string[]> => {
    const { dataset } = await house.ask(
      '{ dataset(slug: "plants") { annotations(first: 100) { nodes { annotator label } } images { nodes { annotations { annotator label } } } } }',
      {},
      token,
    );
    const listed = dataset.annotations.nodes.map(({ annotator, label }: Answer) => `${annotator} ${label}`);
    const ofImages = dataset.images.nodes.flatMap(({ annotations }: Answer) =>
      annotations.map(({ annotator, label }: Answer) => `${annotator} ${label}`),
    );
    expect(ofImages.sort()).toEqual(listed.sort());
    return listed;
  };

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    const images: Record<string, Buffer> = {};
    for (const [index, name] of IMAGES.entries())
      images[name] = await noiseImage(index + 1, { width: 32, height: 24 });
    await addImages(house, 'plants', images);
    await succeed(house, 'defineLabelSchema', {
      dataset: 'plants',
      classes: [{ name: 'healthy' }, { name: 'ill' }],
    });
    await succeed(house, 'declareAnnotators', {
      dataset: 'plants',
      annotators: ['ann', 'bo', 'cy'].map((pseudonym) => ({ pseudonym })),
    });
    for (const annotator of ['ann', 'bo']) {
      await house.ask(
        'mutation ($input: CreatePrincipalInput!) { createPrincipal(input: $input) { __typename } }',
        {
          input: { name: `account-${annotator}`, kind: 'HUMAN' },
        },
      );
      await house.ask('mutation ($input: RoleInput!) { grantRole(input: $input) { __typename } }', {
        input: { principal: `account-${annotator}`, role: 'ANNOTATOR', dataset: 'plants' },
      });
      const { issueToken } = await house.ask(
        'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { ... on IssuedToken { token } } }',
        {
          input: {
            principal: `account-${annotator}`,
            label: 'test',
            scopes: ['READ', 'WRITE'],
            expiresAt: null,
          },
        },
      );
      tokens[annotator] = issueToken.token;
      await succeed(house, 'tieAnnotatorAccount', {
        dataset: 'plants',
        annotator,
        account: `account-${annotator}`,
      });
    }
    await succeed(house, 'openRound', { dataset: 'plants', name: 'first', blind: true });
  });
  afterAll(() => house?.stop());

  it('lets an annotator read the own statements and nobody else’s', async () => {
    expect(await record('ann', 'a.png', 'ill')).toMatchObject({ taken: 1, refused: [] });
    expect(await record('bo', 'a.png', 'healthy')).toMatchObject({ taken: 1 });
    expect(await labelsSeen(tokens.ann!)).toEqual(['ann ill']);
    expect(await labelsSeen(tokens.bo!)).toEqual(['bo healthy']);
  });

  it('hides every statement from who only reads, and shows all to who curates', async () => {
    expect(await labelsSeen(await house.tokenOf('READER', 'plants'))).toEqual([]);
    expect((await labelsSeen(house.token)).sort()).toEqual(['ann ill', 'bo healthy']);
  });

  it('gives no statement of another away by a filter or a tally', async () => {
    const found = async (token?: string) => {
      const { dataset } = await house.ask(
        `{ dataset(slug: "plants") { ill: imageCount(filter: { classes: ["ill"] }) healthy: imageCount(filter: { classes: ["healthy"] })
           differ: imageCount(filter: { disagreement: true }) tally(by: CLASS) { rows { value images } } } }`,
        {},
        token,
      );
      const { ill, healthy, differ, tally } = dataset;
      return { ill, healthy, differ, classes: tally.rows.map(({ value }: Answer) => value).sort() };
    };
    expect(await found(tokens.ann)).toEqual({ ill: 1, healthy: 0, differ: 0, classes: ['ill'] });
    expect(await found(tokens.bo)).toEqual({ ill: 0, healthy: 1, differ: 0, classes: ['healthy'] });
    const reader = await house.tokenOf('READER', 'plants');
    expect(await found(reader)).toEqual({ ill: 0, healthy: 0, differ: 0, classes: [] });
    expect(await found()).toEqual({ ill: 1, healthy: 1, differ: 1, classes: ['healthy', 'ill'] });
  });

  it('gives no statement of another away by its id', async () => {
    const { dataset } = await house.ask(
      '{ dataset(slug: "plants") { annotations(annotator: "bo") { nodes { id } } } }',
    );
    const { body } = await house.send(
      'query ($id: ID!) { node(id: $id) { ... on Annotation { label } } }',
      { id: dataset.annotations.nodes[0].id },
      tokens.ann,
    );
    expect(body.data?.node ?? null).toBeNull();
  });

  it('lets nobody speak under another account’s pseudonym', async () => {
    const { refused } = await record('bo', 'b.png', 'ill', {}, tokens.ann);
    expect(refused).toMatchObject([{ field: 'annotator', code: 'FORBIDDEN' }]);
  });

  it('keeps its labels out of reports and snapshots while it is open', async () => {
    const { dataset } = await house.ask('{ dataset(slug: "plants") { agreementReport { raterCount } } }');
    expect(dataset.agreementReport.raterCount).toBe(0);
    const published = await succeed(
      house,
      'publishSnapshot',
      { dataset: 'plants' },
      '... on Snapshot { annotationCount }',
    );
    expect(published.annotationCount).toBe(0);
  });

  it('deals images, tells who has what open, and takes only what it assigned', async () => {
    await succeed(house, 'openRound', { dataset: 'plants', name: 'dealt', blind: true });
    await succeed(house, 'assignRound', {
      dataset: 'plants',
      round: 'dealt',
      annotators: ['ann', 'bo'],
      ratingsPerImage: 1,
    });
    const queue = async (token?: string): Promise<Answer[]> => {
      const { dataset } = await house.ask(
        '{ dataset(slug: "plants") { rounds { name progress { assigned done } assignments(open: true) { nodes { annotator image { name } } } } } }',
        {},
        token,
      );
      return dataset.rounds.find(({ name }: Answer) => name === 'dealt');
    };
    const own = (await queue(tokens.ann)) as Answer;
    expect(own.assignments.nodes.map(({ annotator }: Answer) => annotator)).toEqual(['ann', 'ann']);
    const mine = own.assignments.nodes[0].image.name;
    expect(await record('ann', mine, 'ill', { round: 'dealt' })).toMatchObject({ taken: 1 });
    expect((await queue(tokens.ann)) as Answer).toMatchObject({ progress: { assigned: 4, done: 1 } });
    const others = IMAGES.find(
      (name) => !own.assignments.nodes.some(({ image }: Answer) => image.name === name),
    )!;
    const { refused } = await record('ann', others, 'ill', { round: 'dealt' });
    expect(refused).toMatchObject([{ code: 'NOT_ASSIGNED' }]);
  });

  it('is open to all once it is closed, and at the revisions before stays sealed', async () => {
    const { dataset: before } = await house.ask('{ dataset(slug: "plants") { revision } }');
    await succeed(house, 'closeRound', { dataset: 'plants', name: 'first' });
    expect((await labelsSeen(tokens.ann!)).filter((said) => said === 'bo healthy')).toHaveLength(1);
    const { dataset } = await house.ask(
      'query ($asOf: Int) { dataset(slug: "plants") { annotations(annotator: "bo", asOf: $asOf) { nodes { label } } } }',
      { asOf: before.revision },
      tokens.ann,
    );
    expect(dataset.annotations.nodes).toEqual([]);
  });

  it('numbers the looks of a REPEAT round after those before', async () => {
    await succeed(house, 'openRound', { dataset: 'plants', name: 'again', purpose: 'REPEAT' });
    expect(await record('ann', 'a.png', 'healthy', { round: 'again' })).toMatchObject({ taken: 1 });
    const { dataset } = await house.ask(
      '{ dataset(slug: "plants") { annotations(annotator: "ann") { nodes { round pass label } } } }',
    );
    expect(dataset.annotations.nodes.filter(({ round }: Answer) => round === 'again')).toMatchObject([
      { pass: 2 },
    ]);
  });

  it('asks for another rating first where there is none, then where raters differ', async () => {
    const { dataset } = await house.ask(
      '{ dataset(slug: "plants") { ratingQueue { ratings need image { name } } } }',
    );
    const order = dataset.ratingQueue.map(({ ratings }: Answer) => ratings);
    expect(order).toHaveLength(4);
    expect(dataset.ratingQueue.at(0).ratings).toBe(0);
    expect(
      dataset.ratingQueue.every(
        ({ need }: Answer, index: number, all: Answer[]) => index === 0 || need <= all[index - 1].need,
      ),
    ).toBe(true);
  });
});
