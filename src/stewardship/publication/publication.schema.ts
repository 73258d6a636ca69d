import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EstimateObject } from '../../bias/cards/estimate.schema.ts';
import { connectionOf } from '../../governance/connection.schema.ts';
import { resultOf } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { PublishSnapshotInput, SnapshotObject } from '../../snapshots/snapshots.schema.ts';
import type { ProposalState } from './proposal.ts';
import { RULE_KINDS, type RuleKind } from './publication-rule.ts';

const RuleKindEnum = Object.fromEntries(Object.keys(RULE_KINDS).map((kind) => [kind, kind])) as {
  [K in RuleKind]: K;
};
registerEnumType(RuleKindEnum, {
  name: 'PublicationRuleKind',
  description: 'What a rule of publication may ask for: a closed set.',
  valuesConfig: Object.fromEntries(
    Object.entries(RULE_KINDS).map(([kind, { meaning }]) => [kind, { description: meaning }]),
  ) as { [K in RuleKind]: { description: string } },
});
const OutcomeEnum = {
  PASSED: 'PASSED',
  FAILED: 'FAILED',
  NOT_ESTIMABLE: 'NOT_ESTIMABLE',
  AWAITED: 'AWAITED',
  WAIVED: 'WAIVED',
} as const;
registerEnumType(OutcomeEnum, {
  name: 'PublicationRuleOutcome',
  description: 'How a snapshot stands to a rule; only PASSED and WAIVED let it through.',
  valuesConfig: {
    PASSED: { description: 'The rule is met.' },
    FAILED: { description: 'It is broken.' },
    NOT_ESTIMABLE: { description: 'Not enough data to tell, and so not met: grey is not green.' },
    AWAITED: { description: 'People have not said enough yet.' },
    WAIVED: { description: 'It is not met, and somebody said in writing why it need not be.' },
  },
});
const StateEnum = {
  PROPOSED: 'PROPOSED',
  APPROVED: 'APPROVED',
  PUBLISHED: 'PUBLISHED',
  REJECTED: 'REJECTED',
  WITHDRAWN: 'WITHDRAWN',
} as const;
registerEnumType(StateEnum, {
  name: 'ProposalState',
  description: 'How a proposal stands.',
  valuesConfig: {
    PROPOSED: { description: 'Something is still asked for: a review, or a rule that is not met.' },
    APPROVED: { description: 'Every rule is met or waived: it can be published.' },
    PUBLISHED: { description: 'It is a snapshot.' },
    REJECTED: { description: 'A reviewer refused it.' },
    WITHDRAWN: { description: 'It was taken back.' },
  },
});
const VerdictEnum = { APPROVE: 'APPROVE', REJECT: 'REJECT' } as const;
registerEnumType(VerdictEnum, {
  name: 'ReviewVerdict',
  description: 'What a reviewer says of a proposal.',
  valuesConfig: {
    APPROVE: { description: 'It should be published.' },
    REJECT: { description: 'It should not; one refusal ends the proposal.' },
  },
});

@ObjectType('PublicationRule', { description: 'What a snapshot has to meet before it is published.' })
@Guard('inherit')
export class PublicationRuleObject {
  @Field(() => RuleKindEnum, { description: 'What it asks for.' }) kind: RuleKind;
  @Field(() => String, { nullable: true, description: 'The field or the kind of card it is about.' })
  subject: string | null;
  @Field(() => Float, { nullable: true, description: 'What the figure is held against.' }) threshold:
    | number
    | null;
  @Field(() => String, { description: 'Its name among the rules: KIND, or KIND:SUBJECT.' }) key: string;
  @Field(() => String, { description: 'In a sentence.' }) meaning: string;
}

@ObjectType('PublicationRules', {
  description: 'The rules of a dataset in one version, which never changes.',
})
@Guard('inherit')
export class PublicationRulesObject {
  @Field(() => Int, { description: 'From 1; 0: none were ever declared.' }) version: number;
  @Field(() => [PublicationRuleObject], { description: 'By key.' }) rules: readonly PublicationRuleObject[];
  @Field(() => String, { nullable: true, description: 'Who declared them.' }) declaredBy: string | null;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When.' }) declaredAt: Date | null;
}

@ObjectType('PublicationWaiver', { description: 'Why a rule that is not met need not be, in writing.' })
@Guard('inherit')
export class PublicationWaiverObject {
  @Field(() => String, { description: 'Key of the rule.' }) rule: string;
  @Field(() => String, { description: 'The reason.' }) reason: string;
  @Field(() => String, { description: 'Who waived it; never the proposer.' }) waivedBy: string;
  @Field(() => GraphQLDateTimeISO, { description: 'When.' }) at: Date;
}

@ObjectType('PublicationReview', { description: 'What somebody else said of a proposal.' })
@Guard('inherit')
export class PublicationReviewObject {
  @Field(() => String, { description: 'Who; never the proposer.' }) reviewer: string;
  @Field(() => VerdictEnum, { description: 'Whether it should be published.' }) verdict: 'APPROVE' | 'REJECT';
  @Field(() => String, { description: 'In words.' }) comment: string;
  @Field(() => GraphQLDateTimeISO, { description: 'When.' }) at: Date;
}

@ObjectType('PublicationFinding', { description: 'How a snapshot stands to one rule.' })
@Guard('inherit')
export class PublicationFindingObject {
  @Field(() => PublicationRuleObject, { description: 'The rule.' }) rule: PublicationRuleObject;
  @Field(() => OutcomeEnum, { description: 'Whether it lets the snapshot through.' })
  outcome: keyof typeof OutcomeEnum;
  @Field(() => String, { description: 'What was found.' }) sentence: string;
  @Field(() => EstimateObject, {
    nullable: true,
    description: 'The figure it rests on; null where it is no matter of figures.',
  })
  figure: EstimateObject | null;
  @Field(() => PublicationWaiverObject, { nullable: true, description: 'WAIVED: why.' })
  waiver: PublicationWaiverObject | null;
}

/** What a proposal and a publication have in common. */
@ObjectType({ description: 'What a proposal and a publication have in common.' })
@Guard('inherit')
abstract class PublicationRecord {
  @Field(() => String, { description: 'Who proposed it, or published it at once.' }) proposer: string;
  @Field(() => GraphQLDateTimeISO, { description: 'When.' }) proposedAt: Date;
  @Field(() => Int, { description: 'The version of the rules it was held against; 0: there were none.' })
  rulesVersion: number;
  @Field(() => [PublicationFindingObject], { description: 'How it stands to each rule, by key.' })
  findings: readonly PublicationFindingObject[];
  @Field(() => [PublicationReviewObject], { description: 'What others said of it, in order.' })
  reviews: readonly PublicationReviewObject[];
  @Field(() => [PublicationWaiverObject], { description: 'The rules that were waived, by key.' })
  waivers: readonly PublicationWaiverObject[];
}

@ObjectType('SnapshotProposal', {
  description:
    'A snapshot that was made and checked, and is to be reviewed. It can be fetched once it is published, under the digest it has here.',
})
@Guard('dataset.read')
export class SnapshotProposalObject extends PublicationRecord {
  datasetId: string;
  @Field(() => ID, { description: 'Its id.' }) id: string;
  @Field(() => String, { description: 'What the proposer says of it.' }) message: string;
  @Field(() => String, { description: 'sha256:… of the header: the digest it will have.' }) digest: string;
  @Field(() => String, { description: 'The canonical header, as it will be served.' }) header: string;
  @Field(() => Int, { description: 'The revision it shows.' }) revision: number;
  @Field(() => Int, { description: 'Images.' }) imageCount: number;
  @Field(() => Int, { description: 'Images by reference, whose pixels it does not pin.' })
  referenceCount: number;
  @Field(() => Int, { description: 'Annotations.' }) annotationCount: number;
  @Field(() => String, { nullable: true, description: 'The tag it will have.' }) tag: string | null;
  @Field(() => StateEnum, { description: 'How it stands.' }) state: ProposalState;
  @Field(() => String, { nullable: true, description: 'Who published, refused or withdrew it.' }) endedBy:
    | string
    | null;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When.' }) endedAt: Date | null;
}
export const SnapshotProposalConnection = connectionOf<SnapshotProposalObject>(
  'SnapshotProposal',
  () => SnapshotProposalObject,
);

@ObjectType('Publication', { description: 'How a snapshot came to be published; kept for ever.' })
@Guard('inherit')
export class PublicationObject extends PublicationRecord {
  @Field(() => String, {
    nullable: true,
    description: 'What the proposer said of it; null: it was published at once.',
  })
  message: string | null;
  @Field(() => String, { description: 'Who published it.' }) publishedBy: string;
  @Field(() => GraphQLDateTimeISO, { description: 'When.' }) publishedAt: Date;
}

@InputType({ description: 'A rule of publication.' })
export class PublicationRuleInput {
  @Field(() => RuleKindEnum, { description: 'What it asks for.' }) kind: RuleKind;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'MISSING_METADATA_AT_MOST: the field. NO_RED_CARD: the kind of card. Others take none.',
  })
  subject: string | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: null,
    description: 'A share or an α from 0 to 1, or a number of approvals, where the kind takes one.',
  })
  threshold: number | null;
}

@InputType({ description: 'The rules that snapshots of a dataset have to meet, all of them.' })
export class DeclarePublicationRulesInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => [PublicationRuleInput], { description: 'In place of those in force; none: no rule.' })
  rules: PublicationRuleInput[];
}

@InputType({ description: 'What to propose.' })
export class ProposeSnapshotInput extends PublishSnapshotInput {
  @Field(() => String, { description: 'What the reviewers should know.' }) message: string;
}

@InputType({ description: 'What is said of a proposal.' })
export class ReviewProposalInput {
  @Field(() => ID, { description: 'Id of the proposal.' }) proposal: string;
  @Field(() => VerdictEnum, { description: 'Whether it should be published.' }) verdict: 'APPROVE' | 'REJECT';
  @Field(() => String, { defaultValue: '', description: 'In words; a refusal needs them.' }) comment: string;
}

@InputType({ description: 'A rule to be waived for one proposal.' })
export class WaiveRuleInput {
  @Field(() => ID, { description: 'Id of the proposal.' }) proposal: string;
  @Field(() => String, { description: 'Key of the rule.' }) rule: string;
  @Field(() => String, { description: 'Why, in 20 characters or more; shown with the snapshot for ever.' })
  reason: string;
}

@InputType({ description: 'A proposal to be published.' })
export class PublishProposalInput {
  @Field(() => ID, { description: 'Its id.' }) proposal: string;
}

@InputType({ description: 'A proposal to be taken back.' })
export class WithdrawProposalInput {
  @Field(() => ID, { description: 'Its id.' }) proposal: string;
}

export const DeclarePublicationRulesResult = resultOf('DeclarePublicationRules', PublicationRulesObject);
export const ProposeSnapshotResult = resultOf('ProposeSnapshot', SnapshotProposalObject);
export const ReviewProposalResult = resultOf('ReviewProposal', SnapshotProposalObject);
export const WaiveRuleResult = resultOf('WaiveRule', SnapshotProposalObject);
export const PublishProposalResult = resultOf('PublishProposal', SnapshotObject);
export const WithdrawProposalResult = resultOf('WithdrawProposal', SnapshotProposalObject);
