import type { PublicationRule } from '../../stewardship/publication/publication-rule.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';

export interface ToldFinding {
  readonly rule: { readonly key: string };
  readonly outcome: string;
  readonly sentence: string;
  readonly waiver: { readonly reason: string; readonly waivedBy: string } | null;
}

/** A proposal as the command line tells it. */
export interface ToldProposal {
  readonly id: string;
  readonly digest: string;
  readonly state: string;
  readonly tag: string | null;
  readonly message: string;
  readonly proposer: string;
  readonly proposedAt: string;
  readonly rulesVersion: number;
  readonly imageCount: number;
  readonly annotationCount: number;
  readonly reviews: readonly {
    readonly reviewer: string;
    readonly verdict: string;
    readonly comment: string;
    readonly at: string;
  }[];
  readonly findings: readonly ToldFinding[];
}

export interface ToldRules {
  readonly version: number;
  readonly declaredBy: string | null;
  readonly declaredAt: string | null;
  readonly rules: readonly {
    readonly key: string;
    readonly threshold: number | null;
    readonly meaning: string;
  }[];
}

const FIELDS = `id digest state tag message proposer proposedAt rulesVersion imageCount annotationCount
  reviews { reviewer verdict comment at } findings { rule { key } outcome sentence waiver { reason waivedBy } }`;
const RULES = 'version declaredBy declaredAt rules { key threshold meaning }';

/** The mutations whose answer is a proposal. */
type Deed = 'proposeSnapshot' | 'reviewProposal' | 'waiveRule' | 'withdrawProposal';

/** Does one of the deeds that a proposal comes from, or goes through. */
export async function changeProposal(access: ServerAccess, deed: Deed, input: object): Promise<ToldProposal> {
  const type = `${deed[0]!.toUpperCase()}${deed.slice(1)}Input`;
  const query = `mutation Change($input: ${type}!) { changed: ${deed}(input: $input) { ... on SnapshotProposal { ${FIELDS} } ${PROBLEM} } }`;
  const { changed } = await ask<{ changed: ToldProposal }>(access, query, { input });
  return accepted(changed);
}

/** Publishes an approved proposal, and gives its digest. */
export async function publishProposal(access: ServerAccess, proposal: string): Promise<{ digest: string }> {
  const query = `mutation Publish($input: PublishProposalInput!) { publishProposal(input: $input) { ... on Snapshot { digest } ${PROBLEM} } }`;
  const { publishProposal: published } = await ask<{ publishProposal: { digest: string } }>(access, query, {
    input: { proposal },
  });
  return accepted(published);
}

export async function readProposal(access: ServerAccess, id: string): Promise<ToldProposal> {
  const query = `query Proposal($id: ID!) { proposal(id: $id) { ${FIELDS} } }`;
  return (await ask<{ proposal: ToldProposal }>(access, query, { id })).proposal;
}

/** The proposals of a dataset, latest first. */
export async function* listProposals(
  access: ServerAccess,
  slug: string,
  open: boolean,
): AsyncGenerator<ToldProposal> {
  const query = `query Proposals($slug: String!, $open: Boolean!, $after: String) { dataset(slug: $slug) {
    proposals(first: 100, open: $open, after: $after) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } } }`;
  let after: string | null = null;
  do {
    const answer: ProposalPage = await ask<ProposalPage>(access, query, { slug, open, after });
    const { nodes, pageInfo } = answer.dataset.proposals;
    yield* nodes;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}

interface ProposalPage {
  readonly dataset: {
    readonly proposals: {
      readonly nodes: readonly ToldProposal[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** The rules in force. */
export async function readRules(access: ServerAccess, slug: string): Promise<ToldRules> {
  const query = `query Rules($slug: String!) { dataset(slug: $slug) { publicationRules { ${RULES} } } }`;
  const { dataset } = await ask<{ dataset: { publicationRules: ToldRules } }>(access, query, { slug });
  return dataset.publicationRules;
}

/** Declares these rules in place of those in force. */
export async function declareRules(
  access: ServerAccess,
  dataset: string,
  rules: readonly PublicationRule[],
): Promise<ToldRules> {
  const query = `mutation Declare($input: DeclarePublicationRulesInput!) { declarePublicationRules(input: $input) {
    ... on PublicationRules { ${RULES} } ${PROBLEM} } }`;
  const { declarePublicationRules } = await ask<{ declarePublicationRules: ToldRules }>(access, query, {
    input: { dataset, rules },
  });
  return accepted(declarePublicationRules);
}
