import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { DatasetObject } from '../../catalogue/catalogue.schema.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { PageArgs, toConnection } from '../../governance/connection.schema.ts';
import { orProblem } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import {
  PublishSnapshotInput,
  PublishSnapshotResult,
  SnapshotObject,
} from '../../snapshots/snapshots.schema.ts';
import { declarePublicationRules } from './declare-rules.usecase.ts';
import { proposalView, rulesView } from './proposal-view.ts';
import { proposeSnapshot } from './propose-snapshot.usecase.ts';
import { publicationLoader, reporterOf, rulesLoader } from './publication.loaders.ts';
import {
  DeclarePublicationRulesInput,
  DeclarePublicationRulesResult,
  ProposeSnapshotInput,
  ProposeSnapshotResult,
  PublicationObject,
  PublicationRulesObject,
  PublishProposalInput,
  PublishProposalResult,
  ReviewProposalInput,
  ReviewProposalResult,
  SnapshotProposalConnection,
  SnapshotProposalObject,
  WaiveRuleInput,
  WaiveRuleResult,
  WithdrawProposalInput,
  WithdrawProposalResult,
} from './publication.schema.ts';
import { publishProposal } from './publish-proposal.usecase.ts';
import { publishSnapshot } from './publish-snapshot.usecase.ts';
import { listDatasetProposals, readProposal } from './read-proposals.usecase.ts';
import { reviewProposal } from './review-proposal.usecase.ts';
import { waiveRule } from './waive-rule.usecase.ts';
import { withdrawProposal } from './withdraw-proposal.usecase.ts';

@ArgsType()
class ProposalsArgs extends PageArgs {
  @Field(() => Boolean, { defaultValue: false, description: 'Only those that have not ended.' })
  open: boolean;
}

@Resolver(() => DatasetObject)
export class DatasetPublicationResolver {
  @FieldResolver(() => PublicationRulesObject, {
    nullable: true,
    description: 'The rules that its snapshots have to meet; null: that version was never declared.',
  })
  async publicationRules(
    @Ctx() context: Context,
    @Root() { id: datasetId }: Dataset,
    @Arg('version', () => Int, { nullable: true, description: 'The latest unless said.' })
    version: number | null = null,
  ) {
    const rules = await perRequest(context, rulesLoader).load({ datasetId, version });
    return rules && rulesView(rules);
  }

  @FieldResolver(() => SnapshotProposalConnection, { description: 'What was proposed of it, latest first.' })
  async proposals(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => ProposalsArgs) asked: ProposalsArgs,
  ) {
    const { edges, nodes, pageInfo } = toConnection(await listDatasetProposals(context, dataset, asked));
    return {
      edges: edges.map(({ cursor, node }) => ({ cursor, node: proposalView(node) })),
      nodes: nodes.map(proposalView),
      pageInfo,
    };
  }
}

@Resolver(() => SnapshotObject)
export class SnapshotPublicationResolver {
  @FieldResolver(() => PublicationObject, {
    nullable: true,
    description: 'How it came to be published; null: from before there was a record.',
  })
  publication(@Ctx() context: Context, @Root() { digest }: SnapshotObject) {
    return perRequest(context, publicationLoader).load(digest);
  }

  @Mutation(() => PublishSnapshotResult as never, {
    description:
      'Publishes the kept images as of now, where the rules of the dataset ask for nobody’s word and all are met; the same content gives the same digest.',
  })
  @Guard('snapshot.publish')
  publishSnapshot(
    @Ctx() context: Context,
    @Arg('input', () => PublishSnapshotInput, { description: 'What.' }) input: PublishSnapshotInput,
  ) {
    return orProblem(publishSnapshot(context, input, reporterOf(context)));
  }
}

@Resolver(() => SnapshotProposalObject)
export class ProposalResolver {
  @Query(() => SnapshotProposalObject, { description: 'The proposal of this id.' })
  @Guard('dataset.read')
  async proposal(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return proposalView(await readProposal(context, id));
  }

  @Mutation(() => DeclarePublicationRulesResult as never, {
    description:
      'Declares the rules that snapshots of a dataset have to meet, as a new version of all of them.',
  })
  @Guard('rules.declare')
  declarePublicationRules(
    @Ctx() context: Context,
    @Arg('input', () => DeclarePublicationRulesInput, { description: 'Which.' })
    input: DeclarePublicationRulesInput,
  ) {
    return orProblem(declarePublicationRules(context, input).then(rulesView));
  }

  @Mutation(() => ProposeSnapshotResult as never, {
    description: 'Makes a snapshot of the kept images as of now and checks it, for others to review.',
  })
  @Guard('snapshot.publish')
  proposeSnapshot(
    @Ctx() context: Context,
    @Arg('input', () => ProposeSnapshotInput, { description: 'What.' }) input: ProposeSnapshotInput,
  ) {
    return orProblem(proposeSnapshot(context, input, reporterOf(context)).then(proposalView));
  }

  @Mutation(() => ReviewProposalResult as never, {
    description: 'Says of another’s proposal, once, whether it should be published; one refusal ends it.',
  })
  @Guard('snapshot.review')
  reviewProposal(
    @Ctx() context: Context,
    @Arg('input', () => ReviewProposalInput, { description: 'What is said.' }) input: ReviewProposalInput,
  ) {
    return orProblem(reviewProposal(context, input).then(proposalView));
  }

  @Mutation(() => WaiveRuleResult as never, {
    description: 'Lets another’s proposal through one rule that it does not meet, in writing.',
  })
  @Guard('rules.declare')
  waiveRule(
    @Ctx() context: Context,
    @Arg('input', () => WaiveRuleInput, { description: 'Which rule, and why.' }) input: WaiveRuleInput,
  ) {
    return orProblem(waiveRule(context, input).then(proposalView));
  }

  @Mutation(() => PublishProposalResult as never, {
    description: 'Publishes an approved proposal: the very content that was reviewed, under its digest.',
  })
  @Guard('snapshot.publish')
  publishProposal(
    @Ctx() context: Context,
    @Arg('input', () => PublishProposalInput, { description: 'Which.' }) input: PublishProposalInput,
  ) {
    return orProblem(publishProposal(context, input));
  }

  @Mutation(() => WithdrawProposalResult as never, { description: 'Takes a proposal back.' })
  @Guard('snapshot.publish')
  withdrawProposal(
    @Ctx() context: Context,
    @Arg('input', () => WithdrawProposalInput, { description: 'Which.' }) input: WithdrawProposalInput,
  ) {
    return orProblem(withdrawProposal(context, input).then(proposalView));
  }
}
