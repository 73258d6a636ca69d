import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ImageObject } from '../catalogue/catalogue.schema.ts';
import { connectionOf, PageArgs } from '../governance/connection.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { CONSENSUS_ORDER_STATES, type ConsensusOrderState } from './consensus.ts';
import { CONSENSUS_METHODS, type ConsensusMethod } from './consensus-request.ts';

const ConsensusMethodEnum = Object.fromEntries(CONSENSUS_METHODS.map((method) => [method, method])) as {
  [K in ConsensusMethod]: K;
};
registerEnumType(ConsensusMethodEnum, {
  name: 'ConsensusMethod',
  description: 'How ratings become one answer.',
  valuesConfig: {
    VOTE_SHARE: { description: 'Class of whole images: the share of the raters who gave it; ties are kept.' },
    DAWID_SKENE: {
      description:
        'Class of whole images: likeliest truth and each rater’s confusion together (Dawid & Skene 1979).',
    },
    WEIGHTED_BOXES_FUSION: {
      description: 'Boxes: overlapping ones of several raters are fused (Solovyev et al. 2021).',
    },
    MEAN_MASK: { description: 'Masks: the share of the raters who mark a pixel.' },
    STAPLE: {
      description:
        'Masks: likeliest truth and each rater’s sensitivity and specificity (Warfield et al. 2004).',
    },
  },
});
const ConsensusOrderStateEnum = Object.fromEntries(CONSENSUS_ORDER_STATES.map((state) => [state, state])) as {
  [K in ConsensusOrderState]: K;
};
registerEnumType(ConsensusOrderStateEnum, {
  name: 'ConsensusOrderState',
  description: 'How far an ordered consensus is.',
  valuesConfig: {
    WAITING: { description: 'Not begun.' },
    RUNNING: { description: 'Being made.' },
    DONE: { description: 'Kept: ask for it by its id.' },
    FAILED: { description: 'It cannot be made; see `fault`.' },
    CANCELLED: { description: 'Somebody stopped it; nothing was kept.' },
  },
});

@ObjectType('ConsensusParameters', {
  description: 'What the method was told; null: the method has no such parameter.',
})
@Guard('inherit')
export class ConsensusParametersObject {
  @Field(() => String, {
    nullable: true,
    description:
      'DAWID_SKENE: added to every cell, a decimal; null: one part in the number of classes (Perks).',
  })
  prior?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'DAWID_SKENE: of the penalised log likelihood, relative.',
  })
  tolerance?: string;
  @Field(() => Int, { nullable: true, description: 'DAWID_SKENE: at most so many iterations.' })
  mostIterations?: number;
  @Field(() => String, {
    nullable: true,
    description: 'WEIGHTED_BOXES_FUSION: overlap above which boxes are one.',
  })
  overlapAbove?: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Boxes: share of those who saw the image above which a box is kept; masks: probability of a pixel.',
  })
  supportAbove?: string;
}

@ObjectType('SoftLabelShare', { description: 'A class and its share.' })
@Guard('inherit')
export class SoftLabelShareObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => String, { description: 'From 0 to 1, a decimal.' }) share: string;
}

@ObjectType('LabelVotes', { description: 'A class and who gave it.' })
@Guard('inherit')
export class LabelVotesObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => Int, { description: 'How many ratings gave it.' }) votes: number;
}

@ObjectType('AnnotatorFit', { description: 'What Dawid and Skene’s model says of an annotator.' })
@Guard('inherit')
export class AnnotatorFitObject {
  @Field(() => String, { description: 'Pseudonym.' }) annotator: string;
  @Field(() => String, {
    nullable: true,
    description: 'Share of true labels among what was said, a decimal.',
  })
  accuracy: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Share of the uncertainty that one rating takes away, a decimal: 0 tells nothing.',
  })
  information: string | null;
  @Field(() => [[String]], {
    description:
      'P(says | is true), row by row of true class in the order of `classPrior`; empty for more than 30 classes.',
  })
  confusion: string[][];
}

@ObjectType('DawidSkeneFit', { description: 'The model fitted to one connected part of the ratings.' })
@Guard('inherit')
export class DawidSkeneFitObject {
  @Field(() => Int, { description: 'Images in it.' }) images: number;
  @Field(() => String, {
    description:
      'CONVERGED; NOT_CONVERGED: kept, not to be relied on; NOT_APPLICABLE: vote shares stand in its place.',
  })
  status: string;
  @Field(() => Int, { description: 'Iterations done.' }) iterations: number;
  @Field(() => [String], { description: 'Why the model does not apply.' }) faults: string[];
  @Field(() => [SoftLabelShareObject], { description: 'Estimated share of each true class.' })
  classPrior: SoftLabelShareObject[];
  @Field(() => [AnnotatorFitObject], { description: 'The annotators, by name.' })
  annotators: AnnotatorFitObject[];
  @Field(() => [String], {
    description: 'What makes it doubtful that its classes are those of the same name.',
  })
  labelSwitchRisks: string[];
}

@ObjectType('Consensus', {
  description:
    'What a rule makes of the ratings as of a revision: a derived object with the digests of what went in and came out. It replaces no rating, and several stand side by side.',
})
@Guard('dataset.read')
export class ConsensusObject {
  datasetId: string;
  @Field(() => ID, { description: 'Made of all that it is a function of.' }) id: string;
  @Field(() => String, { description: 'The name it was ordered under.' }) name: string;
  @Field(() => ConsensusMethodEnum, { description: 'How it was made.' }) method: ConsensusMethod;
  @Field(() => ConsensusParametersObject, { description: 'What the method was told.' })
  parameters: ConsensusParametersObject;
  @Field(() => [String], {
    nullable: true,
    description: 'Whose ratings count; null: every person’s and group’s.',
  })
  annotators: readonly string[] | null;
  @Field(() => Int, { description: 'Revision of the dataset.' }) revision: number;
  @Field(() => String, { description: 'Version of the engine.' }) engine: string;
  @Field(() => String, { description: 'SHA-256 of the ratings that went in.' }) inputDigest: string;
  @Field(() => String, { description: 'SHA-256 of its items; made anew they have the same.' }) digest: string;
  @Field(() => Int, { description: 'Images it says something of.' }) itemCount: number;
  @Field(() => Int, { description: 'Those of them without one likeliest class.' }) tiedCount: number;
  @Field(() => Int, { description: 'Votes of people who are only counted; DAWID_SKENE cannot use them.' })
  unnamedVotes: number;
  @Field(() => Boolean, {
    description:
      'Whether images show several classes: then each share is of that class by itself, no class is the likeliest, and DAWID_SKENE does not apply.',
  })
  severalClasses: boolean;
  @Field(() => [DawidSkeneFitObject], { description: 'DAWID_SKENE: of each connected part of the ratings.' })
  fits: readonly DawidSkeneFitObject[];
  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' }) madeAt: Date;
}
export const ConsensusConnection = connectionOf<ConsensusObject>('Consensus', () => ConsensusObject);

@ObjectType('RunLengths', { description: 'Pixels, as COCO run lengths (column-major).' })
@Guard('inherit')
export class RunLengthsObject {
  @Field(() => [Int], { description: '[height, width].' }) size: number[];
  @Field(() => String, { description: 'Compressed counts.' }) counts: string;
}

@ObjectType('ConsensusBox', {
  description: 'Boxes of several annotators fused into one; decimals in pixels.',
})
@Guard('inherit')
export class ConsensusBoxObject {
  @Field(() => String, { nullable: true, description: 'The class.' }) label: string | null;
  @Field(() => String, { description: 'Left edge.' }) x: string;
  @Field(() => String, { description: 'Top edge.' }) y: string;
  @Field(() => String, { description: 'Width.' }) width: string;
  @Field(() => String, { description: 'Height.' }) height: string;
  @Field(() => String, { description: 'Share of those who saw the image with a box in it.' }) support: string;
  @Field(() => [String], {
    nullable: true,
    description:
      'Standard deviations of left, top, right and bottom: how sure the place is; null of a single box.',
  })
  deviations: string[] | null;
  @Field(() => [String], { description: 'Digits of the ids of the annotations fused.' }) members: string[];
}

@ObjectType('MaskLevel', { description: 'The pixels of at least a probability.' })
@Guard('inherit')
export class MaskLevelObject {
  @Field(() => String, { description: 'Probability, a decimal.' }) probability: string;
  @Field(() => RunLengthsObject, { description: 'The pixels.' }) mask: RunLengthsObject;
}

@ObjectType('AnnotatorPerformance', {
  description: 'STAPLE: how well an annotator marks the likeliest truth.',
})
@Guard('inherit')
export class AnnotatorPerformanceObject {
  @Field(() => String, { description: 'Pseudonym.' }) annotator: string;
  @Field(() => String, { nullable: true, description: 'Share of the true pixels marked, a decimal.' })
  sensitivity: string | null;
  @Field(() => String, { nullable: true, description: 'Share of the others left unmarked, a decimal.' })
  specificity: string | null;
}

@ObjectType('ConsensusMask', { description: 'What annotators mark as a class in an image, together.' })
@Guard('inherit')
export class ConsensusMaskObject {
  @Field(() => String, { nullable: true, description: 'The class.' }) label: string | null;
  @Field(() => String, {
    description: 'MEAN, or STAPLE, which says nothing of fewer than three or of equal masks.',
  })
  method: string;
  @Field(() => RunLengthsObject, { nullable: true, description: 'Pixels above `supportAbove`; null: none.' })
  mask: RunLengthsObject | null;
  @Field(() => [MaskLevelObject], { description: 'The soft mask as nested ones, ascending.' })
  levels: MaskLevelObject[];
  @Field(() => [AnnotatorPerformanceObject], { description: 'STAPLE: of each annotator who saw the image.' })
  annotators: AnnotatorPerformanceObject[];
}

@ObjectType('ConsensusItem', { description: 'What a consensus says of one image.' })
@Guard('inherit')
export class ConsensusItemObject {
  @Field(() => ImageObject, { description: 'The image, as of the revision.' }) image: ImageObject;
  @Field(() => String, {
    nullable: true,
    description: 'The likeliest class; null where several tie, or of shapes.',
  })
  label: string | null;
  @Field(() => [String], { description: 'The classes that tie; none where one leads.' }) ties: string[];
  @Field(() => [SoftLabelShareObject], { description: 'Soft label: classes of a share above 0, by name.' })
  soft: SoftLabelShareObject[];
  @Field(() => String, {
    nullable: true,
    description:
      'Of the soft label, from 0 to 1, a decimal; null of a single rating: one opinion is no consensus.',
  })
  entropy: string | null;
  @Field(() => [LabelVotesObject], { description: 'Ratings by class, by name.' }) votes: LabelVotesObject[];
  @Field(() => Int, { nullable: true, description: 'Shapes: how many annotators saw the image.' })
  seenBy: number | null;
  @Field(() => [ConsensusBoxObject], { description: 'Fused boxes.' }) boxes: ConsensusBoxObject[];
  @Field(() => [ConsensusMaskObject], { description: 'Masks, by class.' }) masks: ConsensusMaskObject[];
}
export const ConsensusItemConnection = connectionOf<ConsensusItemObject>(
  'ConsensusItem',
  () => ConsensusItemObject,
);

@ObjectType('ConsensusOrder', { description: 'Somebody asked for a consensus.' })
@Guard('dataset.read')
export class ConsensusOrderObject {
  datasetId: string;
  @Field(() => ID, { description: 'Give it to `consensusOrder`.' }) id: string;
  @Field(() => ConsensusOrderStateEnum, { description: 'How far it is.' }) state: ConsensusOrderState;
  @Field(() => Int, { description: 'Images read.' }) done: number;
  @Field(() => Int, { description: 'Images to read; 0 before it has begun.' }) total: number;
  @Field(() => String, { nullable: true, description: 'Why it failed.' }) fault: string | null;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was ordered.' }) requestedAt: Date;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ended.' }) finishedAt: Date | null;
}

@ArgsType()
export class ConsensusesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only those of this name.' }) name?: string | null;
}

@ArgsType()
export class ConsensusItemsArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'Only images whose classes tie, or only the others.' })
  tied?: boolean | null;
}

@InputType({ description: 'What a method is told; what is left out is as its paper has it.' })
export class ConsensusParametersInput {
  @Field(() => String, {
    nullable: true,
    description: 'DAWID_SKENE: added to every cell; 0: maximum likelihood.',
  })
  prior?: string;
  @Field(() => String, { nullable: true, description: 'DAWID_SKENE: 0.000001 unless said.' })
  tolerance?: string;
  @Field(() => Int, { nullable: true, description: 'DAWID_SKENE: 200 unless said.' }) mostIterations?: number;
  @Field(() => String, { nullable: true, description: 'WEIGHTED_BOXES_FUSION: 0.55 unless said.' })
  overlapAbove?: string;
  @Field(() => String, { nullable: true, description: 'Boxes and masks: 0.5 unless said.' })
  supportAbove?: string;
}

@InputType({ description: 'Which consensus is ordered.' })
export class OrderConsensusInput {
  @Field(() => String, { description: 'Slug of the dataset.' }) dataset: string;
  @Field(() => Int, { nullable: true, description: 'Of this revision; the current one unless said.' })
  asOf?: number | null;
  @Field(() => String, {
    description: 'A name to know it by; the latest of a name is meant where it alone is given.',
  })
  name: string;
  @Field(() => ConsensusMethodEnum, { description: 'How it is made.' }) method: ConsensusMethod;
  @Field(() => ConsensusParametersInput, {
    nullable: true,
    defaultValue: {},
    description: 'What the method is told.',
  })
  parameters: ConsensusParametersInput;
  @Field(() => [String], {
    nullable: true,
    defaultValue: null,
    description: 'Whose ratings count, of any kind; null: every person’s and group’s.',
  })
  annotators: string[] | null;
}

export const OrderConsensusResult = resultOf('OrderConsensus', ConsensusOrderObject);
export const CancelConsensusResult = resultOf('CancelConsensus', ConsensusOrderObject);
