import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from '../support/count-statements.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { newDataset } from '../support/specimens.ts';

const NAMES = Array.from({ length: 12 }, (_, index) => `${String(index).padStart(2, '0')}.png`);
const FINDINGS =
  'findings { rule { key threshold } outcome sentence figure { value imageCount unitCount method } waiver { reason waivedBy } }';
const PROPOSAL = `... on SnapshotProposal { id digest header state message proposer rulesVersion reviews { reviewer verdict comment } waivers { rule } ${FINDINGS} }`;
const REASON = 'The guideline is in print and follows with the next version.';
const outcomes = ({ findings }: Answer): Record<string, string> =>
  Object.fromEntries(findings.map(({ rule, outcome }: Answer) => [rule.key, outcome]));

describe('the publication gate', () => {
  let house: House;
  let proposer: string;
  let reviewer: string;
  let second: string;
  let steward: string;
  const declare = (dataset: string, rules: object[]) =>
    succeed(house, 'declarePublicationRules', { dataset, rules }, '... on PublicationRules { version }');
  const propose = (dataset: string, input: object = {}, token = proposer) =>
    mutate(house, 'proposeSnapshot', { dataset, message: 'for the paper', ...input }, PROPOSAL, token);
  const review = (proposal: string, verdict: string, token: string, comment = '') =>
    mutate(house, 'reviewProposal', { proposal, verdict, comment }, PROPOSAL, token);
  const waive = (proposal: string, rule: string, token = steward, reason = REASON) =>
    mutate(house, 'waiveRule', { proposal, rule, reason }, PROPOSAL, token);
  const publishIt = (proposal: string) =>
    mutate(house, 'publishProposal', { proposal }, '... on Snapshot { digest header tags }', proposer);
  const publicationOf = async (digest: string) =>
    (
      await house.ask(
        `query ($digest: String!) { snapshot(digest: $digest) { publication {
         proposer message rulesVersion publishedBy reviews { reviewer verdict comment } waivers { rule reason waivedBy } ${FINDINGS} } } }`,
        { digest },
      )
    ).snapshot.publication;

  /** Twelve images by reference, two raters who agree but once, a split, and nobody's rules. */
  async function fill(dataset: string, input: object = {}): Promise<void> {
    await newDataset(house, dataset, input);
    await succeed(house, 'registerImages', {
      dataset,
      images: NAMES.map((name) => ({ name, address: `https://images.example/${dataset}/${name}` })),
    });
    await succeed(house, 'defineLabelSchema', { dataset, classes: [{ name: 'well' }, { name: 'ill' }] });
    await succeed(house, 'recordAcquisition', {
      dataset,
      source: 'csv',
      rows: NAMES.map((image, index) => ({
        image,
        values: [
          { name: 'subject', value: `plant ${index}` },
          ...(index < 3 ? [] : [{ name: 'site', value: index % 2 === 0 ? 'north' : 'south' }]),
        ],
      })),
    });
    await succeed(house, 'recordAnnotations', {
      dataset,
      source: 'test',
      annotations: ['ann', 'bo'].flatMap((annotator) =>
        NAMES.map((image, index) => ({
          ...{ image, annotator, kind: 'CLASS' },
          label: (index % 2 === 0) !== (annotator === 'bo' && index === 0) ? 'well' : 'ill',
        })),
      ),
    });
    const assignment = NAMES.map((image, index) => ({ image, part: index < 6 ? 'train' : 'test' }));
    await succeed(house, 'createSplit', { dataset, name: 'halves', strategy: 'IMPORTED', assignment });
    await succeed(house, 'freezeSplit', { dataset, name: 'halves' });
  }

  beforeAll(async () => {
    house = await openHouse();
    proposer = await house.tokenOf('CURATOR');
    reviewer = await house.tokenOf('REVIEWER');
    second = await house.tokenOf('REVIEWER');
    steward = await house.tokenOf('STEWARD');
    await fill('gated');
    await declare('gated', [{ kind: 'REVIEWED_BY_ANOTHER' }, { kind: 'LICENCE_PRESENT' }]);
  });
  afterAll(() => house?.stop());

  it('publishes what was proposed, byte for byte, once another has approved it', async () => {
    await fill('plants');
    await declare('plants', [{ kind: 'REVIEWED_BY_ANOTHER', threshold: 2 }, { kind: 'SPLIT_PRESENT' }]);
    const made = await propose('plants', { splits: ['halves'], tag: 'v1' });
    expect(outcomes(made)).toEqual({ REVIEWED_BY_ANOTHER: 'AWAITED', SPLIT_PRESENT: 'PASSED' });
    expect((await review(made.id, 'APPROVE', reviewer, 'read it all')).state).toBe('PROPOSED');
    expect((await publishIt(made.id)).code).toBe('RULES_NOT_MET');
    expect((await review(made.id, 'APPROVE', second)).state).toBe('APPROVED');
    const published = await publishIt(made.id);
    expect(published).toMatchObject({ digest: made.digest, header: made.header, tags: ['v1'] });
    const header = await house.fetch(`/snapshots/${made.digest}`);
    expect(await header.text()).toBe(made.header);
    expect((await house.fetch(`/snapshots/${made.digest}/manifest-00000.jsonl`)).status).toBe(200);
    expect(await publishIt(made.id)).toEqual(published);
    const record = await publicationOf(made.digest);
    expect(record).toMatchObject({ message: 'for the paper', rulesVersion: 1, proposer: made.proposer });
    expect(record.reviews).toMatchObject([
      { verdict: 'APPROVE', comment: 'read it all' },
      { verdict: 'APPROVE' },
    ]);
    expect(outcomes(record)).toEqual({ REVIEWED_BY_ANOTHER: 'PASSED', SPLIT_PRESENT: 'PASSED' });
  });

  it('hands nothing of a proposal to anybody before it is published', async () => {
    const made = await propose('gated');
    for (const path of ['', '/manifest-00000.jsonl', '/attestations'])
      expect((await house.fetch(`/snapshots/${made.digest}${path}`)).status).toBe(404);
    const { body } = await house.send('query ($digest: String!) { snapshot(digest: $digest) { digest } }', {
      digest: made.digest,
    });
    expect(body.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await propose('gated')).id).toBe(made.id);
    await succeed(house, 'withdrawProposal', { proposal: made.id });
    expect((await publishIt(made.id)).code).toBe('CONFLICT');
  });

  it('lets nobody review a proposal of their own, nor waive a rule for it, administrators included', async () => {
    const own = await propose('gated', {}, house.token);
    expect((await review(own.id, 'APPROVE', house.token)).code).toBe('OWN_PROPOSAL');
    expect((await waive(own.id, 'LICENCE_PRESENT', house.token)).code).toBe('OWN_PROPOSAL');
    const curator = await house.send(
      'mutation ($input: ReviewProposalInput!) { reviewProposal(input: $input) { __typename } }',
      { input: { proposal: own.id, verdict: 'APPROVE' } },
      proposer,
    );
    expect(curator.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    await succeed(house, 'withdrawProposal', { proposal: own.id });
  });

  it('ends a proposal with one refusal, which needs a comment', async () => {
    const made = await propose('gated');
    expect((await review(made.id, 'REJECT', reviewer)).code).toBe('BAD_INPUT');
    const refused = await review(made.id, 'REJECT', reviewer, 'the north is missing');
    expect(refused).toMatchObject({ state: 'REJECTED', reviews: [{ comment: 'the north is missing' }] });
    expect((await review(made.id, 'REJECT', reviewer, 'the north is missing')).state).toBe('REJECTED');
    expect((await review(made.id, 'APPROVE', second)).code).toBe('CONFLICT');
    expect((await publishIt(made.id)).code).toBe('CONFLICT');
    expect((await propose('gated')).id).not.toBe(made.id);
  });

  it('counts a reviewer once, whose word stays as it was given', async () => {
    const { dataset } = await house.ask(
      '{ dataset(slug: "gated") { proposals(open: true) { nodes { id state } } } }',
    );
    const [{ id }] = dataset.proposals.nodes;
    await review(id, 'APPROVE', reviewer);
    expect((await review(id, 'APPROVE', reviewer)).reviews).toHaveLength(1);
    expect((await review(id, 'REJECT', reviewer, 'on second thoughts')).code).toBe('CONFLICT');
    await succeed(house, 'withdrawProposal', { proposal: id });
  });

  it('publishes at once where rules ask for nobody’s word, and else refuses with every rule that is broken', async () => {
    await fill('open');
    await declare('open', [{ kind: 'LICENCE_PRESENT' }, { kind: 'SPLIT_PRESENT' }]);
    const publish = (input: object = {}) =>
      mutate(house, 'publishSnapshot', { dataset: 'open', ...input }, '... on Snapshot { digest }');
    const { digest } = await publish({ splits: ['halves'] });
    expect(await publicationOf(digest)).toMatchObject({ message: null, rulesVersion: 1, reviews: [] });
    await declare('open', [
      { kind: 'GUIDELINE_PRESENT' },
      { kind: 'DATA_USE_TERMS_PRESENT' },
      { kind: 'NO_UNPINNED_PIXELS' },
      { kind: 'REVIEWED_BY_ANOTHER' },
      { kind: 'LICENCE_PRESENT' },
    ]);
    const refused = await publish();
    expect(refused.code).toBe('RULES_NOT_MET');
    expect(refused.message).toContain('holotype propose');
    expect(refused.reasons.map(({ path }: Answer) => path[1])).toEqual([
      'DATA_USE_TERMS_PRESENT',
      'GUIDELINE_PRESENT',
      'NO_UNPINNED_PIXELS',
      'REVIEWED_BY_ANOTHER',
    ]);
    // What is out already is published by nobody again: it may be named anew.
    expect((await publish({ splits: ['halves'], tag: 'first' })).digest).toBe(digest);
    expect(await publicationOf(digest)).toMatchObject({ rulesVersion: 1 });
  });

  it('publishes without a word where no rules are declared, and tells so', async () => {
    await fill('free');
    const { digest } = await succeed(
      house,
      'publishSnapshot',
      { dataset: 'free' },
      '... on Snapshot { digest }',
    );
    expect(await publicationOf(digest)).toMatchObject({ rulesVersion: 0, findings: [], message: null });
  });

  it('holds a snapshot against figures, and lets nothing through that cannot be told', async () => {
    await fill('measured', { licence: null });
    await declare('measured', [
      { kind: 'AGREEMENT_AT_LEAST', threshold: 0.99 },
      { kind: 'MISSING_METADATA_AT_MOST', subject: 'site', threshold: 0.25 },
      { kind: 'MISSING_METADATA_AT_MOST', subject: 'subject', threshold: 0 },
      { kind: 'MISSING_METADATA_AT_MOST', subject: 'weather', threshold: 1 },
      { kind: 'NO_RED_LEAKAGE' },
      { kind: 'NO_RED_CARD', subject: 'ADVERSARIAL' },
      { kind: 'LICENCE_PRESENT' },
    ]);
    const made = await propose('measured', { splits: ['halves'] });
    expect(outcomes(made)).toMatchObject({
      AGREEMENT_AT_LEAST: 'FAILED',
      'MISSING_METADATA_AT_MOST:site': 'PASSED',
      'MISSING_METADATA_AT_MOST:subject': 'PASSED',
      'MISSING_METADATA_AT_MOST:weather': 'NOT_ESTIMABLE',
      NO_RED_LEAKAGE: 'NOT_ESTIMABLE',
      'NO_RED_CARD:ADVERSARIAL': 'NOT_ESTIMABLE',
      LICENCE_PRESENT: 'FAILED',
    });
    const found = (key: string) => made.findings.find(({ rule }: Answer) => rule.key === key);
    expect(found('MISSING_METADATA_AT_MOST:site').figure).toMatchObject({ value: 0.25, imageCount: 12 });
    expect(found('AGREEMENT_AT_LEAST').figure.method).toContain('Krippendorff');
    expect(found('NO_RED_LEAKAGE').sentence).toContain('not enough data to tell');
    expect((await publishIt(made.id)).reasons).toHaveLength(5);
  });

  it('fails a split that leaks, whatever waiver it was frozen by', async () => {
    await fill('leaking');
    const assignment = NAMES.map((image, index) => ({ image, part: index % 2 === 0 ? 'train' : 'test' }));
    await succeed(house, 'recordAcquisition', {
      dataset: 'leaking',
      source: 'csv',
      rows: NAMES.map((image, index) => ({
        image,
        values: [{ name: 'subject', value: `plant ${index >> 1}` }],
      })),
    });
    await succeed(house, 'createSplit', {
      dataset: 'leaking',
      name: 'pairs',
      strategy: 'IMPORTED',
      assignment,
    });
    await succeed(house, 'freezeSplit', { dataset: 'leaking', name: 'pairs', waiver: 'known' });
    await declare('leaking', [{ kind: 'NO_RED_LEAKAGE' }]);
    const made = await propose('leaking', { splits: ['pairs'] });
    expect(outcomes(made)).toEqual({ NO_RED_LEAKAGE: 'FAILED' });
    expect(made.findings[0].sentence).toContain('By its certificate the split pairs leaks.');
  });

  it('waives a broken rule in writing alone, shows what was found beside it, and never waives a review', async () => {
    await fill('waived');
    await declare('waived', [{ kind: 'GUIDELINE_PRESENT' }, { kind: 'REVIEWED_BY_ANOTHER' }]);
    const made = await propose('waived');
    expect((await waive(made.id, 'GUIDELINE_PRESENT', steward, 'because')).code).toBe('BAD_INPUT');
    expect((await waive(made.id, 'LICENCE_PRESENT')).code).toBe('NOT_FOUND');
    expect((await waive(made.id, 'REVIEWED_BY_ANOTHER')).code).toBe('BAD_INPUT');
    expect(outcomes(await waive(made.id, 'GUIDELINE_PRESENT'))).toMatchObject({
      GUIDELINE_PRESENT: 'WAIVED',
    });
    expect((await publishIt(made.id)).code).toBe('RULES_NOT_MET');
    await review(made.id, 'APPROVE', reviewer);
    const { digest } = await publishIt(made.id);
    const record = await publicationOf(digest);
    expect(record.waivers).toMatchObject([{ rule: 'GUIDELINE_PRESENT', reason: REASON }]);
    expect(record.findings[0]).toMatchObject({
      outcome: 'WAIVED',
      sentence: 'No guideline is kept.',
      waiver: { reason: REASON },
    });
  });

  it('publishes no proposal of which an image went since, or that older rules let through', async () => {
    await fill('stale');
    await declare('stale', [{ kind: 'LICENCE_PRESENT' }]);
    const before = await propose('stale');
    await succeed(house, 'recordAnnotations', {
      dataset: 'stale',
      source: 'test',
      annotations: [{ image: NAMES[0], annotator: 'cleo', kind: 'CLASS', label: 'ill' }],
    });
    const added = await propose('stale', { tag: 'later' });
    expect((await publishIt(before.id)).digest).toBe(before.digest);
    await succeed(house, 'excludeImages', {
      dataset: 'stale',
      exclusions: [{ image: NAMES[1], stage: 'ELIGIBLE', reason: 'blurred' }],
    });
    const gone = await publishIt(added.id);
    expect(gone).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('propose it again') });
    const anew = await propose('stale', { tag: 'later' });
    await declare('stale', [{ kind: 'SPLIT_PRESENT' }]);
    expect((await publishIt(anew.id)).message).toContain('declared anew');
  });

  it('publishes no proposal that names a licence which is granted no more', async () => {
    await fill('relicensed');
    const made = await propose('relicensed');
    await succeed(house, 'describeDataset', { dataset: 'relicensed', title: 'again', licence: 'CC-BY-4.0' });
    const refused = await publishIt(made.id);
    expect(refused).toMatchObject({ code: 'CONFLICT' });
    expect(refused.message).toContain('from CC0-1.0 to CC-BY-4.0');
    expect((await publishIt((await propose('relicensed')).id)).header).toContain('"license":"CC-BY-4.0"');
  });

  it('publishes no proposal that holds an image withdrawn since', async () => {
    await fill('consented');
    await declare('consented', [{ kind: 'LICENCE_PRESENT' }]);
    const made = await propose('consented');
    await succeed(house, 'withdrawImages', {
      dataset: 'consented',
      subject: 'plant 4',
      reason: 'CONSENT_WITHDRAWN',
    });
    expect((await publishIt(made.id)).code).toBe('CONFLICT');
  });

  it('keeps rules by version: the same again make none, and an old version is read as it was', async () => {
    await fill('ruled');
    const rules = [{ kind: 'SPLIT_PRESENT' }, { kind: 'LICENCE_PRESENT' }];
    expect((await declare('ruled', rules)).version).toBe(1);
    expect((await declare('ruled', rules.toReversed())).version).toBe(1);
    expect((await declare('ruled', [])).version).toBe(2);
    const { dataset } = await house.ask(
      `{ dataset(slug: "ruled") { one: publicationRules(version: 1) { rules { key } } now: publicationRules { version rules { key } }
         none: publicationRules(version: 3) { version } } }`,
    );
    expect(dataset).toEqual({
      one: { rules: [{ key: 'LICENCE_PRESENT' }, { key: 'SPLIT_PRESENT' }] },
      now: { version: 2, rules: [] },
      none: null,
    });
  });

  it('refuses rules that say nothing, with every fault', async () => {
    const { code, reasons } = await mutate(house, 'declarePublicationRules', {
      dataset: 'ruled',
      rules: [
        { kind: 'AGREEMENT_AT_LEAST' },
        { kind: 'MISSING_METADATA_AT_MOST', subject: 'site', threshold: 7 },
        { kind: 'NO_RED_CARD', subject: 'MOOD' },
        { kind: 'LICENCE_PRESENT', threshold: 1 },
        { kind: 'SPLIT_PRESENT' },
        { kind: 'SPLIT_PRESENT' },
        { kind: 'REVIEWED_BY_ANOTHER', threshold: 0.5 },
      ],
    });
    expect(code).toBe('BAD_INPUT');
    expect(reasons.map(({ path }: Answer) => path[1])).toEqual(['0', '1', '2', '3', '5', '6']);
  });

  it('looks the same unknown and forbidden', async () => {
    const made = await propose('gated');
    const stranger = await house.tokenOf('REVIEWER', 'free');
    const ask = async (id: string) => {
      const read = await house.send('query ($id: ID!) { proposal(id: $id) { id } }', { id }, stranger);
      const said = await review(id, 'APPROVE', stranger);
      return JSON.stringify([read.body, said]).replaceAll(id, 'ID');
    };
    expect(await ask(made.id)).toBe(await ask('00000000-0000-4000-8000-000000000000'));
  });

  it('reads proposals and publications of a page with as many statements as of one', async () => {
    const document = `query ($first: Int!) { dataset(slug: "gated") { proposals(first: $first) { nodes { id state ${FINDINGS} reviews { comment } waivers { rule } } } } }`;
    const read = (first: number) => countStatements(() => house.ask(document, { first }));
    expect(await read(5)).toEqual(await read(1));
    await succeed(house, 'describeDataset', { dataset: 'free', title: 'free, again' });
    await succeed(house, 'publishSnapshot', { dataset: 'free' });
    const published = `query ($first: Int!) { dataset(slug: "free") { snapshots(first: $first) { nodes { publication { ${FINDINGS} } } } } }`;
    const readPublished = (first: number) => countStatements(() => house.ask(published, { first }));
    expect((await house.ask(published, { first: 2 })).dataset.snapshots.nodes).toHaveLength(2);
    expect(await readPublished(2)).toEqual(await readPublished(1));
  });

  it('puts every step on the record, attempt and outcome', async () => {
    const events = await house.services.db.query(
      `SELECT action, phase, count(*)::int AS n FROM audit_event WHERE action LIKE 'proposal.%' OR action = 'rules.declare' GROUP BY 1, 2`,
    );
    const count = (action: string, phase: string) =>
      events.find((event: Answer) => event.action === action && event.phase === phase)?.n ?? 0;
    for (const action of [
      'rules.declare',
      'proposal.make',
      'proposal.review',
      'proposal.waive',
      'proposal.withdraw',
    ]) {
      expect(count(action, 'SUCCEEDED')).toBeGreaterThan(0);
      expect(count(action, 'ATTEMPT')).toBe(count(action, 'SUCCEEDED') + count(action, 'FAILED'));
    }
  });
});
