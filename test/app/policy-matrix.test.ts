import { randomUUID } from 'node:crypto';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruleOf } from '../../src/app/enforce-rules.ts';
import { graphqlSchema } from '../../src/app/graphql-schema.ts';
import { ROUTES } from '../../src/app/http-application.ts';
import { PRIVILEGES, type Privilege, ROLES, type Role } from '../../src/kernel/actor.ts';
import { type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage, publish } from '../support/specimens.ts';

/** What the law says of each privilege, written beside the code and not read from it. */
const LAW: Readonly<Record<Privilege, readonly string[]>> = {
  READ: ['dataset.read', 'snapshot.fetch', 'run.report'],
  READ_PIXELS: ['pixels.read'],
  READ_RESTRICTED: ['restricted.read'],
  ANNOTATE: ['annotation.write'],
  CURATE: ['dataset.create', 'dataset.curate', 'blob.write', 'split.write'],
  PUBLISH: ['snapshot.publish', 'snapshot.deprecate'],
  REVIEW: ['snapshot.review'],
  GOVERN: ['terms.declare', 'rules.declare', 'image.withdraw', 'consumers.read'],
  READ_AUDIT: ['audit.read'],
  ADMINISTER: ['access.administer'],
};
const ROLE_LAW: Readonly<Record<Role, readonly Privilege[]>> = {
  VIEWER: ['READ'],
  READER: ['READ', 'READ_PIXELS'],
  ANNOTATOR: ['READ', 'READ_PIXELS', 'ANNOTATE'],
  REVIEWER: ['READ', 'READ_PIXELS', 'READ_RESTRICTED', 'REVIEW'],
  CURATOR: ['READ', 'READ_PIXELS', 'READ_RESTRICTED', 'ANNOTATE', 'CURATE', 'PUBLISH'],
  STEWARD: ['READ', 'READ_PIXELS', 'READ_RESTRICTED', 'GOVERN'],
  AUDITOR: ['READ', 'READ_AUDIT'],
  ADMINISTRATOR: PRIVILEGES,
};
/** Single privileges that are walked beside the roles: one that reads nothing, and each half of a reader. */
const ALONE: readonly Privilege[] = ['ANNOTATE', 'READ', 'READ_PIXELS'];
const HOLDERS: readonly (Role | Privilege)[] = [...ROLES, ...ALONE];
const actionsOf = (holder: Role | Privilege): readonly string[] =>
  (holder in ROLE_LAW ? ROLE_LAW[holder as Role] : [holder as Privilege]).flatMap((one) => LAW[one]);

/** What a request names of one dataset; of `unknown` everything is well-formed, and nothing is there. */
interface Target {
  readonly slug: string;
  readonly digest: string;
  readonly image: string;
  readonly bytes: string;
  readonly split: string;
  readonly tag: string;
  readonly report: string;
  readonly run: string;
  readonly consensus: string;
  readonly proposal: string;
}

const UNKNOWN: Target = {
  slug: 'no-such',
  digest: `sha256:${'0'.repeat(64)}`,
  image: '2'.repeat(32),
  bytes: '1'.repeat(64),
  split: 'halves',
  tag: 'v1',
  report: '3'.repeat(32),
  run: randomUUID(),
  consensus: randomUUID(),
  proposal: randomUUID(),
};

/** Fields that take an id, each with what of a dataset it names. Null: it names nothing of a dataset. */
const IDS: Readonly<Record<string, (target: Target) => string>> = {
  biasReport: ({ report }) => report,
  compareReports: ({ report }) => report,
  trainingRun: ({ run }) => run,
  withdrawTrainingRun: ({ run }) => run,
  consensus: ({ consensus }) => consensus,
  proposal: ({ proposal }) => proposal,
  reviewProposal: ({ proposal }) => proposal,
  waiveRule: ({ proposal }) => proposal,
  publishProposal: ({ proposal }) => proposal,
  withdrawProposal: ({ proposal }) => proposal,
};
/** Fields whose ids are of orders that end by themselves, of several kinds at once, or of the instance: judged by tests of their own. */
const ELSEWHERE = new Set([
  'withdrawal',
  'createDataset',
  'node',
  'nodes',
  'consensusOrder',
  'cancelConsensus',
  'reportOrder',
  'rendering',
  'revokeToken',
]);

/** Every route's address. One that is missing here fails the walk. */
const ADDRESSES: Readonly<Record<string, (target: Target) => string>> = {
  'put /blobs/sha256/:digest': ({ bytes }) => `/blobs/sha256/${bytes}`,
  'get /blobs/sha256/:digest': ({ bytes }) => `/blobs/sha256/${bytes}`,
  'get /previews/:recipe/:size/sha256/:digest': ({ bytes }) => `/previews/1/thumbnail/sha256/${bytes}`,
  'get /datasets/:slug/splits/:name': ({ slug, split }) => `/datasets/${slug}/splits/${split}`,
  'get /datasets/:slug/splits/:name/:file': ({ slug, split }) =>
    `/datasets/${slug}/splits/${split}/certificate.json`,
  'get /datasets/:slug/tags/:tag': ({ slug, tag }) => `/datasets/${slug}/tags/${tag}`,
  'get /snapshots/:prefix': (target) => `/snapshots/${prefixOf(target)}`,
  'get /snapshots/:digest': ({ digest }) => `/snapshots/${digest}`,
  'get /snapshots/:digest/:file': ({ digest }) => `/snapshots/${digest}/manifest-00000.jsonl`,
  'get /snapshots/:digest/proofs/:image': ({ digest, image }) => `/snapshots/${digest}/proofs/${image}`,
  'get /snapshots/:digest/attestations': ({ digest }) => `/snapshots/${digest}/attestations`,
  'get /snapshots/:digest/certificates/:file': ({ digest, split }) =>
    `/snapshots/${digest}/certificates/${split}.json`,
  'get /datasets/:slug/documents/:file': ({ slug }) => `/datasets/${slug}/documents/datasheet.json`,
  'get /snapshots/:digest/documents/:file': ({ digest }) => `/snapshots/${digest}/documents/datasheet.json`,
  'get /snapshots/:digest/withdrawals.jsonl': ({ digest }) => `/snapshots/${digest}/withdrawals.jsonl`,
  'get /snapshots/:digest/withdrawals/head': ({ digest }) => `/snapshots/${digest}/withdrawals/head`,
  'get /snapshots/:digest/:certificate': ({ digest }) => `/snapshots/${digest}/certificate.json`,
  'get /snapshots/:digest/images/:name': ({ digest }) => `/snapshots/${digest}/images/0-0.tar`,
  'get /snapshots/:digest/*path': ({ digest }) => `/snapshots/${digest}/annotations.csv`,
  'get /reports/:report/:card': ({ report }) => `/reports/${report}/TARGET_COVERAGE.svg`,
  'get /reports/:file': ({ report }) => `/reports/${report}.json`,
};
const prefixOf = ({ digest }: Target) => digest.slice('sha256:'.length, -20);

/** What some want beside their own rule: another's run is a curator's to withdraw, a bundle holds pixels. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  withdrawTrainingRun: ['dataset.curate'],
  'get /snapshots/:digest/images/:name': ['pixels.read'],
};
/** Routes of no dataset, or whose body names it: judged by tests of their own. */
const OTHER_ROUTES = new Set([
  'get /audit/events.jsonl',
  'get /backup/blobs',
  'get /backup/blobs/:digest',
  'get /backup/database',
  'get /keys',
  'post /runs',
  'put /runs/:id/outcomes',
  'put /blobs/sha256/:digest',
]);

interface Cell {
  readonly code: string;
  readonly text: string;
}

describe('the matrix of who may do what, where', () => {
  let house: House;
  let schema: GraphQLSchema;
  let own: Target;
  let other: Target;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    house = await openHouse();
    schema = await graphqlSchema();
    own = await furnish(house, 'fenland', 1);
    other = await furnish(house, 'moorland', 2);
    for (const holder of HOLDERS) {
      tokens.set(`${holder} on own`, await house.tokenOf(holder as Role, 'fenland'));
      tokens.set(`${holder} on the instance`, await house.tokenOf(holder as Role, null));
    }
  });
  afterAll(() => house?.stop());

  /** The answer without what the request itself names. */
  const plain = (text: string, target: Target) =>
    Object.entries({ ...target, prefix: prefixOf(target) }).reduce(
      (held, [name, value]) => held.replaceAll(value, `<${name}>`),
      text,
    );

  const ask = async (document: string, holder: string, target: Target): Promise<Cell> => {
    const { body } = await house.send(document, {}, tokens.get(holder)!);
    const problem = Object.values(body.data ?? {}).find(
      (value) => (value as { code?: string } | null)?.code,
    ) as { code: string; message: string } | undefined;
    const fault = body.errors?.[0];
    const code =
      fault?.extensions.code ??
      problem?.code ??
      (Object.values(body.data ?? {})[0] === null ? 'NULL' : 'DONE');
    return { code, text: plain(`${code} ${fault?.message ?? problem?.message ?? ''}`, target) };
  };

  const fetchCell = async (
    method: string,
    address: string,
    holder: string,
    target: Target,
  ): Promise<Cell> => {
    const response = await house.fetch(address, {
      method: method.toUpperCase(),
      token: tokens.get(holder)!,
      redirect: 'manual',
    });
    if (response.ok || response.status === 302) {
      await response.arrayBuffer();
      return { code: 'DONE', text: 'DONE' };
    }
    const body = (await response.json()) as { code: string; message?: string; detail?: string };
    return { code: body.code, text: plain(`${body.code} ${body.message ?? body.detail ?? ''}`, target) };
  };

  /** What the law expects of a holder on the dataset it holds something of, on another one, and on none. */
  async function judge(
    what: string,
    rules: readonly string[],
    cell: (holder: string, target: Target) => Promise<Cell>,
    seeing = 'dataset.read',
  ): Promise<string[]> {
    const wrong: string[] = [];
    const note = (holder: string, place: string, expected: string, { text }: Cell) =>
      wrong.push(`${what}: ${holder}, ${place} dataset: expected ${expected}, was ${text}`);
    for (const place of ['on own', 'on the instance'])
      for (const held of HOLDERS) {
        const holder = `${held} ${place}`;
        const actions = actionsOf(held);
        const unknown = await cell(holder, UNKNOWN);
        if (unknown.code === 'DONE') note(holder, 'no', 'a refusal', unknown);
        for (const [name, target] of [
          ['own', own],
          ['other', other],
        ] as const) {
          const answer = await cell(holder, target);
          const reaches = name === 'own' || place === 'on the instance';
          const sees = reaches && actions.includes(seeing);
          if (sees && rules.every((rule) => actions.includes(rule))) {
            if (['FORBIDDEN', 'UNAUTHENTICATED'].includes(answer.code) || answer.text === unknown.text)
              note(holder, name, 'to be let through', answer);
          } else if (sees) {
            // Who may see the dataset is told that this is not allowed, or sees nothing of it.
            if (answer.code !== 'FORBIDDEN' && answer.text !== unknown.text)
              note(holder, name, 'FORBIDDEN', answer);
          } else if (answer.text !== unknown.text)
            note(holder, name, `what is said of none: ${unknown.text}`, answer);
        }
      }
    return wrong;
  }

  it('is kept by every query and mutation that names something of a dataset', async () => {
    const wrong: string[] = [];
    const walked: string[] = [];
    for (const root of [schema.getQueryType()!, schema.getMutationType()!])
      for (const field of Object.values(root.getFields())) {
        const rule = ruleOf(root, field);
        if (
          rule === undefined ||
          ['public', 'authenticated', 'inherit'].includes(rule) ||
          ELSEWHERE.has(field.name)
        )
          continue;
        if (documentOf(root, field, own) === documentOf(root, field, other)) continue;
        walked.push(field.name);
        wrong.push(
          ...(await judge(field.name, [rule, ...(ALSO[field.name] ?? [])], (holder, target) =>
            ask(documentOf(root, field, target), holder, target),
          )),
        );
      }
    expect(wrong).toEqual([]);
    expect(walked.length).toBeGreaterThan(30);
  });

  it('is kept by every field of a dataset and of a snapshot that has a rule of its own', async () => {
    const wrong: string[] = [];
    for (const [name, open] of [
      ['Dataset', ({ slug }: Target) => `dataset(slug: "${slug}")`],
      ['Snapshot', ({ digest }: Target) => `snapshot(digest: "${digest}")`],
    ] as const) {
      const type = schema.getType(name) as GraphQLObjectType;
      for (const field of Object.values(type.getFields())) {
        const rule = ruleOf(type, field);
        if (rule === undefined || ['public', 'authenticated', 'inherit'].includes(rule)) continue;
        const document = (target: Target) => `{ ${open(target)} { ${callOf(field, target)} } }`;
        wrong.push(
          ...(await judge(`${name}.${field.name}`, [rule], (holder, target) =>
            ask(document(target), holder, target),
          )),
        );
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is kept by every route that names something of a dataset', async () => {
    const wrong: string[] = [];
    for (const { method, path, rule } of ROUTES) {
      const name = `${method} ${path}`;
      if (OTHER_ROUTES.has(name)) continue;
      const address = ADDRESSES[name];
      if (address === undefined) throw new Error(`${name} stands in no row of the matrix`);
      const seeing = /^\/(blobs|previews)\//.test(path) ? 'pixels.read' : 'dataset.read';
      wrong.push(
        ...(await judge(
          name,
          [rule, ...(ALSO[name] ?? [])],
          (holder, target) => fetchCell(method, address(target), holder, target),
          seeing,
        )),
      );
    }
    expect(wrong).toEqual([]);
  });

  /** Every root field and route that names something of a dataset, as a cell to be asked for. */
  function everything(): {
    name: string;
    rule: string;
    cell: (holder: string, target: Target) => Promise<Cell>;
  }[] {
    const fields = [schema.getQueryType()!, schema.getMutationType()!].flatMap((root) =>
      Object.values(root.getFields())
        .map((field) => ({ root, field, rule: ruleOf(root, field) as string }))
        .filter(
          ({ field, rule }) =>
            !['public', 'authenticated', 'inherit'].includes(rule) && !ELSEWHERE.has(field.name),
        )
        .filter(({ root, field }) => documentOf(root, field, own) !== documentOf(root, field, other))
        .map(({ root, field, rule }) => ({
          name: field.name,
          rule,
          cell: (holder: string, target: Target) => ask(documentOf(root, field, target), holder, target),
        })),
    );
    const routes = ROUTES.map(({ method, path, rule }) => ({ method, rule, name: `${method} ${path}` }))
      .filter(({ name }) => !OTHER_ROUTES.has(name))
      .map(({ method, rule, name }) => ({
        name,
        rule,
        cell: (holder: string, target: Target) => fetchCell(method, ADDRESSES[name]!(target), holder, target),
      }));
    return [...fields, ...routes];
  }

  it('opens of a public dataset reading and pixels to everybody of the instance, and nothing else', async () => {
    const commons = await furnish(house, 'commonland', 3);
    await succeed(house, 'declareTerms', { dataset: 'commonland', licence: 'CC0-1.0', visibility: 'PUBLIC' });
    tokens.set('anybody', await house.tokenOf(null));
    const open = [...LAW.READ, ...LAW.READ_PIXELS];
    const wrong: string[] = [];
    for (const { name, rule, cell } of everything()) {
      const isOpen = [rule, ...(ALSO[name] ?? [])].every((one) => open.includes(one));
      const { code, text } = await cell('anybody', commons);
      const unknown = await cell('anybody', UNKNOWN);
      if (
        isOpen ? code === 'FORBIDDEN' || text === unknown.text : code !== 'FORBIDDEN' && text !== unknown.text
      )
        wrong.push(`${name}: ${text}`);
    }
    expect(wrong).toEqual([]);
  });

  it('gives of an embargoed dataset neither pixels nor snapshots to who does not work on it, and to strangers nothing', async () => {
    const sealed = await furnish(house, 'sealedland', 4);
    await succeed(house, 'declareTerms', {
      dataset: 'sealedland',
      licence: 'CC0-1.0',
      visibility: 'PUBLIC',
      embargoUntil: '2999-01-01T00:00:00Z',
    });
    tokens.set('a reader', await house.tokenOf('READER', 'sealedland'));
    tokens.set('a curator', await house.tokenOf('CURATOR', 'sealedland'));
    tokens.set('anybody', await house.tokenOf(null));
    const wrong: string[] = [];
    const forbidden: string[] = [];
    for (const { name, rule, cell } of everything()) {
      const [unknown, stranger, reader, curator] = [
        await cell('anybody', UNKNOWN),
        await cell('anybody', sealed),
        await cell('a reader', sealed),
        await cell('a curator', sealed),
      ];
      if (stranger.text !== unknown.text) wrong.push(`${name}, anybody: ${stranger.text}`);
      if (reader.code === 'TERMS_FORBID') forbidden.push(name);
      if (curator.code === 'TERMS_FORBID') wrong.push(`${name}, a curator: ${curator.text}`);
      if (rule === 'pixels.read' && reader.code !== 'TERMS_FORBID')
        wrong.push(`${name}, a reader: ${reader.text}`);
    }
    expect(wrong).toEqual([]);
    expect(forbidden).toEqual(
      expect.arrayContaining([
        'get /blobs/sha256/:digest',
        'get /snapshots/:digest',
        'get /snapshots/:digest/:file',
        'get /snapshots/:digest/images/:name',
        'get /snapshots/:digest/*path',
        'snapshot',
      ]),
    );
  });

  it('gives by a token of one dataset nothing of another, public or not, though its principal administers the instance', async () => {
    const issue = { principal: 'administrator', label: 'narrow', scopes: ['READ', 'WRITE', 'ADMINISTER'] };
    const issued = await succeed(
      house,
      'issueToken',
      { ...issue, datasets: ['fenland'] },
      '... on IssuedToken { token }',
    );
    tokens.set('a narrowed token', issued.token);
    const wrong: string[] = [];
    const judgeAll = async () => {
      for (const { name, cell } of everything()) {
        const unknown = await cell('a narrowed token', UNKNOWN);
        const there = await cell('a narrowed token', other);
        if (there.text !== unknown.text) wrong.push(`${name}, another dataset: ${there.text}`);
        const here = await cell('a narrowed token', own);
        if (here.code === 'FORBIDDEN' || here.text === unknown.text)
          wrong.push(`${name}, its own: ${here.text}`);
      }
    };
    await judgeAll();
    await succeed(house, 'declareTerms', { dataset: 'moorland', licence: 'CC0-1.0', visibility: 'PUBLIC' });
    await judgeAll();
    expect(wrong).toEqual([]);
  });

  it.each([
    ['who holds a role on a dataset alone', 'ADMINISTRATOR on own'],
    ['a token of one dataset', 'a narrowed token'],
  ])('gives nothing of the instance to %s', async (_, holder) => {
    const administrator = tokens.get(holder)!;
    for (const document of [
      '{ principals { nodes { name } } }',
      '{ principal(name: "administrator") { name } }',
      'mutation { disablePrincipal(input: { name: "administrator" }) { __typename } }',
      'mutation { createDataset(input: { slug: "mine", title: "mine" }) { __typename } }',
      'mutation { createPrincipal(input: { name: "mine", kind: HUMAN }) { __typename } }',
      '{ auditEvents { nodes { action } } }',
      '{ verifyAuditChain { intact } }',
    ]) {
      const { body } = await house.send(document, {}, administrator);
      expect([document, body.errors?.[0]?.extensions.code]).toEqual([document, 'FORBIDDEN']);
    }
    for (const path of ['/audit/events.jsonl', '/backup/database', '/backup/blobs', '/backup/blobs/x'])
      expect([path, (await house.fetch(path, { token: administrator })).status]).toEqual([path, 403]);
  });
});

/** A dataset with one of everything that a request can name. */
async function furnish(house: House, slug: string, seed: number): Promise<Target> {
  await newDataset(house, slug);
  const bytes = [await noiseImage(10 * seed), await noiseImage(10 * seed + 1)];
  await addImages(house, slug, { [`${slug}-a.png`]: bytes[0]!, [`${slug}-b.png`]: bytes[1]! });
  await succeed(house, 'defineLabelSchema', { dataset: slug, classes: [{ name: 'well' }, { name: 'ill' }] });
  await succeed(house, 'recordAnnotations', {
    dataset: slug,
    source: 'test',
    annotations: ['a', 'b'].map((name) => ({
      image: `${slug}-${name}.png`,
      annotator: 'ann',
      kind: 'CLASS',
      label: 'ill',
    })),
  });
  await succeed(house, 'createSplit', {
    dataset: slug,
    name: 'halves',
    strategy: 'IMPORTED',
    assignment: ['a', 'b'].map((name, index) => ({
      image: `${slug}-${name}.png`,
      part: index === 0 ? 'train' : 'test',
    })),
  });
  await succeed(house, 'freezeSplit', { dataset: slug, name: 'halves' });
  const ordered = await succeed(
    house,
    'orderConsensus',
    { dataset: slug, name: 'votes', method: 'VOTE_SHARE' },
    '... on ConsensusOrder { id }',
  );
  const consensus = await consensusOf(house, ordered.id);
  const digest = await publish(house, slug, { splits: ['halves'], tag: 'v1' });
  const { dataset } = await house.ask(
    'query ($slug: String!) { dataset(slug: $slug) { images { nodes { id } } selectionReport { id } } }',
    { slug },
  );
  const { id: run } = await succeed(
    house,
    'reportTrainingRun',
    { snapshot: digest, model: 'm', metrics: [{ part: 'test', name: 'accuracy', value: 0.5 }] },
    '... on TrainingRun { id }',
  );
  const { id: proposal } = await succeed(
    house,
    'proposeSnapshot',
    { dataset: slug, message: 'without the split' },
    '... on SnapshotProposal { id }',
  );
  return {
    slug,
    digest,
    image: /[0-9a-f]{32}/.exec(Buffer.from(dataset.images.nodes[0].id, 'base64url').toString())![0],
    bytes: digestOf(bytes[0]!),
    split: 'halves',
    tag: 'v1',
    report: dataset.selectionReport.id,
    run,
    consensus,
    proposal,
  };
}

/** The consensus of an order, once it is made. */
async function consensusOf(house: House, order: string): Promise<string> {
  for (;;) {
    const { consensusOrder } = await house.ask(
      'query ($id: ID!) { consensusOrder(id: $id) { state fault consensus { id } } }',
      { id: order },
    );
    if (consensusOrder.fault) throw new Error(consensusOrder.fault);
    if (consensusOrder.consensus) return consensusOrder.consensus.id;
  }
}

/** A request of this root field that names the target wherever it can, and else says the least that is well-formed. */
function documentOf(root: GraphQLObjectType, field: GraphQLField<unknown, unknown>, target: Target): string {
  return `${root.name === 'Query' ? 'query' : 'mutation'} { ${callOf(field, target)} }`;
}

function callOf(field: GraphQLField<unknown, unknown>, target: Target): string {
  const given = field.args
    .filter(
      ({ name, type, defaultValue }) =>
        (isNonNullType(type) && defaultValue === undefined) || ownValue(name, target) !== null,
    )
    .map(({ name, type }) => `${name}: ${literal(name, type, target, field.name)}`);
  return `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${selectionOf(field)}`;
}

/** A leaf has none; a result says its problem. */
function selectionOf({ type: declared }: GraphQLField<unknown, unknown>): string {
  let type: unknown = declared;
  while (isNonNullType(type) || isListType(type)) type = type.ofType;
  if (isLeafType(type)) return '';
  return isUnionType(type) && type.getTypes().some(({ name }) => name.endsWith('Problem'))
    ? ' { __typename ... on Problem { code message } }'
    : ' { __typename }';
}

/** What an argument or an input field of this name means of a dataset; null: nothing. */
function ownValue(name: string, target: Target): string | null {
  if (name === 'slug' || name === 'dataset') return target.slug;
  if (name === 'snapshot' || name === 'digest' || name === 'snapshots') return target.digest;
  return null;
}

/** The least that a document must give for this input. */
function literal(name: string, type: GraphQLInputType, target: Target, field: string): string {
  if (isNonNullType(type)) return literal(name, type.ofType, target, field);
  if (isListType(type))
    return ownValue(name, target) === null ? '[]' : `[${literal(name, type.ofType, target, field)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const members = Object.values(type.getFields()).filter(
      (member) =>
        (isNonNullType(member.type) && member.defaultValue === undefined) ||
        member.name === 'dataset' ||
        member.name === 'snapshot',
    );
    return `{ ${members.map((member) => `${member.name}: ${literal(member.name, member.type, target, field)}`).join(', ')} }`;
  }
  const own = ownValue(name, target);
  if (own !== null) return JSON.stringify(own);
  if (type.name === 'ID' || name === 'run') return JSON.stringify(IDS[field]?.(target) ?? 'x');
  const literals: Record<string, string> = {
    Int: '1',
    Float: '1',
    Boolean: 'false',
    DateTimeISO: '"2099-01-01T00:00:00Z"',
  };
  return literals[type.name] ?? '"x"';
}
