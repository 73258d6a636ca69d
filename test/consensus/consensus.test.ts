import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

const [WIDTH, HEIGHT] = [32, 24];
const IMAGES = ['a.png', 'b.png', 'c.png', 'd.png'];
const RATERS = ['ann', 'bo', 'cy'];

describe('A consensus', () => {
  let house: House;
  const record = (annotations: object[]) =>
    succeed(house, 'recordAnnotations', { dataset: 'plants', source: 'test', strict: true, annotations });
  const order = async (name: string, method: string, more: object = {}): Promise<Answer> => {
    const ordered = await succeed(
      house,
      'orderConsensus',
      { dataset: 'plants', name, method, ...more },
      '... on ConsensusOrder { id }',
    );
    for (;;) {
      const { consensusOrder } = await house.ask(
        `query ($id: ID!) { consensusOrder(id: $id) { state fault done total consensus { id name digest inputDigest itemCount tiedCount unnamedVotes
           parameters { prior tolerance mostIterations overlapAbove supportAbove }
           fits { status faults classPrior { label share } annotators { annotator accuracy information confusion } labelSwitchRisks }
           items { nodes { image { name } label ties soft { label share } entropy votes { label votes } seenBy
             boxes { label x y width height support deviations } masks { label method mask { size counts } levels { probability } annotators { annotator sensitivity } } } } } } }`,
        { id: ordered.id },
      );
      if (consensusOrder.state === 'FAILED') throw new Error(consensusOrder.fault);
      if (consensusOrder.state === 'DONE') return consensusOrder.consensus;
      await sleep(50);
    }
  };
  const itemOf = ({ items }: Answer, name: string) =>
    items.nodes.find(({ image }: Answer) => image.name === name);

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    const images: Record<string, Buffer> = {};
    for (const [index, name] of IMAGES.entries())
      images[name] = await noiseImage(index + 1, { width: WIDTH, height: HEIGHT });
    await addImages(house, 'plants', images);
    await succeed(house, 'defineLabelSchema', {
      dataset: 'plants',
      classes: [{ name: 'healthy' }, { name: 'ill' }, { name: 'leaf' }],
    });
    await succeed(house, 'declareAnnotators', {
      dataset: 'plants',
      annotators: [
        { pseudonym: 'model', kind: 'MODEL' },
        { pseudonym: 'crowd', kind: 'GROUP' },
      ],
    });
    const said = (image: string, annotator: string, label: string, more: object = {}) => ({
      image,
      annotator,
      kind: 'CLASS',
      label,
      ...more,
    });
    await record([
      ...RATERS.map((rater) => said('a.png', rater, 'healthy')),
      said('b.png', 'ann', 'healthy'),
      said('b.png', 'bo', 'ill'),
      said('c.png', 'ann', 'ill'),
      said('c.png', 'bo', 'ill'),
      said('c.png', 'cy', 'healthy'),
      said('c.png', 'model', 'healthy'),
      said('c.png', 'ann', 'healthy', { pass: 2 }),
      said('d.png', 'crowd', 'ill', { votes: 7 }),
      said('d.png', 'crowd', 'healthy', { votes: 3 }),
    ]);
    const box = (image: string, annotator: string, x: number, label = 'leaf') => ({
      image,
      annotator,
      kind: 'BOX',
      label,
      geometry: { box: { x: String(x), y: '2', width: '10', height: '10' } },
    });
    await record([
      box('a.png', 'ann', 2),
      box('a.png', 'bo', 3),
      box('a.png', 'cy', 20),
      { image: 'b.png', annotator: 'cy', kind: 'EMPTY' },
    ]);
  });
  afterAll(() => house?.stop());

  it('keeps the share of each class, ties as ties, and says nothing of one opinion', async () => {
    const shares = await order('votes', 'VOTE_SHARE');
    expect(itemOf(shares, 'a.png')).toMatchObject({
      label: 'healthy',
      soft: [{ label: 'healthy', share: '1' }],
      entropy: '0',
    });
    expect(itemOf(shares, 'b.png')).toMatchObject({ label: null, ties: ['healthy', 'ill'] });
    expect(itemOf(shares, 'c.png')).toMatchObject({
      label: 'ill',
      votes: [
        { label: 'healthy', votes: 1 },
        { label: 'ill', votes: 2 },
      ],
    });
    expect(shares.tiedCount).toBe(1);
  });

  it('counts people who are only counted, and neither models nor later looks', async () => {
    const shares = await order('votes', 'VOTE_SHARE');
    expect(itemOf(shares, 'd.png').soft).toEqual([
      { label: 'healthy', share: '0.3' },
      { label: 'ill', share: '0.7' },
    ]);
    expect(shares.unnamedVotes).toBe(10);
  });

  it('replaces no rating, stands beside others, and is the same when asked again', async () => {
    const first = await order('votes', 'VOTE_SHARE');
    const again = await order('votes', 'VOTE_SHARE');
    expect([again.id, again.digest]).toEqual([first.id, first.digest]);
    const other = await order('fewer', 'VOTE_SHARE', { annotators: ['ann', 'model'] });
    expect(other.id).not.toBe(first.id);
    const { dataset } = await house.ask(
      '{ dataset(slug: "plants") { annotationCount consensuses { nodes { name } } } }',
    );
    expect(dataset.annotationCount).toBe(16);
    expect(dataset.consensuses.nodes.map(({ name }: Answer) => name)).toEqual(['fewer', 'votes']);
  });

  it('has the same bytes when it is made anew of the same ratings', async () => {
    const first = await order('votes', 'VOTE_SHARE');
    const anew = await order('votes under another name', 'VOTE_SHARE');
    expect([anew.digest, anew.inputDigest]).toEqual([first.digest, first.inputDigest]);
    expect(anew.id).not.toBe(first.id);
  });

  it('fits Dawid and Skene’s model with a confusion matrix for each annotator', async () => {
    const fitted = await order('truth', 'DAWID_SKENE');
    expect(fitted.parameters).toMatchObject({
      prior: null,
      tolerance: '0.000001',
      mostIterations: 200,
      overlapAbove: null,
    });
    expect(fitted.fits).toHaveLength(1);
    expect(fitted.fits[0].annotators.map(({ annotator }: Answer) => annotator)).toEqual(RATERS);
    for (const { confusion } of fitted.fits[0].annotators)
      for (const row of confusion)
        expect(row.map(Number).reduce((a: number, b: number) => a + b)).toBeCloseTo(1, 6);
    expect(itemOf(fitted, 'a.png').label).toBe('healthy');
  });

  it('fuses the boxes that more than half of those who saw the image drew', async () => {
    const fused = await order('boxes', 'WEIGHTED_BOXES_FUSION');
    expect(itemOf(fused, 'a.png')).toMatchObject({
      seenBy: 3,
      boxes: [{ label: 'leaf', x: '2.5', width: '10', support: '0.666666667' }],
    });
    expect(itemOf(fused, 'b.png')).toMatchObject({ seenBy: 3, boxes: [] });
  });

  it('refuses parameters that the method does not have, with every reason', async () => {
    const refused = await mutate(house, 'orderConsensus', {
      dataset: 'plants',
      name: 'x',
      method: 'VOTE_SHARE',
      parameters: { prior: '0', mostIterations: 5 },
      annotators: [],
    });
    expect(refused.code).toBe('BAD_INPUT');
    expect(refused.reasons.map(({ path }: Answer) => path[0]).sort()).toEqual([
      'annotators',
      'mostIterations',
      'prior',
    ]);
  });

  it('tells each image’s soft label where the image is', async () => {
    const { id } = await order('votes', 'VOTE_SHARE');
    const { dataset } = await house.ask(
      'query ($id: ID!) { dataset(slug: "plants") { images { nodes { name consensus(id: $id) { label } } } } }',
      { id },
    );
    expect(dataset.images.nodes.find(({ name }: Answer) => name === 'c.png').consensus.label).toBe('ill');
  });

  it('travels with the snapshot beside every rating, named and with what it was made of', async () => {
    const { digest } = await order('votes', 'VOTE_SHARE');
    await order('truth', 'DAWID_SKENE');
    const plain = await succeed(
      house,
      'publishSnapshot',
      { dataset: 'plants' },
      '... on Snapshot { digest header }',
    );
    const carrying = await succeed(
      house,
      'publishSnapshot',
      { dataset: 'plants', consensuses: ['votes', 'truth'] },
      '... on Snapshot { digest header }',
    );
    expect(carrying.digest).not.toBe(plain.digest);
    expect(JSON.parse(plain.header).policy.consensus).toBe('none: every rater kept');
    const header = JSON.parse(carrying.header);
    expect(header.policy.consensus).toBe('beside every rating, by name');
    expect(header.consensus.map(({ name, method }: Answer) => [name, method])).toEqual([
      ['truth', 'DAWID_SKENE'],
      ['votes', 'VOTE_SHARE'],
    ]);
    expect(header.consensus[1].digest).toBe(digest);
    const response = await house.fetch(`/snapshots/${carrying.digest}/annotations-00000.jsonl`);
    const documents = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const rated = documents.filter(({ consensus }: Answer) => consensus);
    expect(rated).toHaveLength(4);
    const [divided] = rated.filter(({ consensus }: Answer) =>
      consensus.some(({ ties }: Answer) => ties?.length === 2),
    );
    expect(divided.annotations.length).toBeGreaterThanOrEqual(2);
    expect(divided.consensus.map(({ name }: Answer) => name)).toEqual(['truth', 'votes']);
  });

  it('is not published with ratings that it was not made of', async () => {
    await succeed(house, 'recordAnnotations', {
      dataset: 'plants',
      source: 'test',
      annotations: [{ image: 'b.png', annotator: 'cy', kind: 'CLASS', label: 'ill' }],
    });
    const refused = await mutate(house, 'publishSnapshot', { dataset: 'plants', consensuses: ['votes'] });
    expect(refused).toMatchObject({ code: 'CONFLICT' });
    expect(refused.message).toMatch(/order it again/);
  });

  it('can be stopped before it is made', async () => {
    const ordered = await succeed(
      house,
      'orderConsensus',
      { dataset: 'plants', name: 'stopped', method: 'VOTE_SHARE' },
      '... on ConsensusOrder { id }',
    );
    const { cancelConsensus } = await house.ask(
      'mutation ($id: ID!) { cancelConsensus(id: $id) { ... on ConsensusOrder { state } } }',
      { id: ordered.id },
    );
    expect(['CANCELLED', 'DONE']).toContain(cancelConsensus.state);
  });

  it('stands among the jobs of its dataset, with reports and forms of snapshots, the latest first', async () => {
    await order('listed', 'VOTE_SHARE');
    const JOBS = `query ($first: Int, $after: String, $open: Boolean) { dataset(slug: "plants") { jobs(first: $first, after: $after, open: $open) { nodes {
      __typename id kind state what error orderedAt finishedAt cancellable progress { done total }
      ... on ReportJob { reportKind revision report } ... on ConsensusJob { name consensus } ... on RenderingJob { snapshot format } ... on SuccessorJob { snapshot } }
      pageInfo { hasNextPage endCursor } } } }`;
    const jobs = async (variables: object = {}, token?: string): Promise<Answer> =>
      (await house.ask(JOBS, variables, token)).dataset.jobs;
    await succeed(house, 'orderReport', { dataset: 'plants', kind: 'SELECTION' });
    const snapshot = await publish(house, 'plants');
    await succeed(house, 'orderRendering', { snapshot, format: 'csv' });
    await expect.poll(async () => (await jobs({ open: true })).nodes, { timeout: 30_000 }).toEqual([]);
    const { nodes } = await jobs();
    const [rendering, report, consensus] = nodes;
    expect(rendering).toMatchObject({ __typename: 'RenderingJob', state: 'DONE', snapshot, format: 'csv' });
    expect(report).toMatchObject({ __typename: 'ReportJob', reportKind: 'SELECTION', error: null });
    expect(report.what).toBe(`Report SELECTION of revision ${report.revision}`);
    expect(consensus).toMatchObject({ name: 'listed', state: 'DONE', cancellable: false });
    const asked = await house.ask('query ($id: ID!) { biasReport(id: $id) { kind } }', { id: report.report });
    expect(asked.biasReport.kind).toBe('SELECTION');

    const paged: Answer[] = [];
    for (let after: string | null = null; ; ) {
      const page: Answer = await jobs({ first: 2, after });
      paged.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(paged).toEqual(nodes);
    const viewer = await house.tokenOf('VIEWER', 'plants');
    expect((await jobs({}, viewer)).nodes).toEqual(nodes);
    const forged = Buffer.from(JSON.stringify({ moment: '2026-99-99T00:00:00.000000Z', id: 'x' })).toString(
      'base64url',
    );
    const { body } = await house.send(JOBS, { after: forged });
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_INPUT');
  });
});
