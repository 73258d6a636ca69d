import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ExclusionStageEnum } from '../../catalogue/catalogue.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { BiasReportObject, LevelKindEnum } from '../bias.schema.ts';
import { EstimateObject, EstimateStatusEnum, VerdictObject } from '../cards/estimate.schema.ts';
import { ImageSelectionObject } from '../images/image-selection.schema.ts';

const LossKindEnum = { EXCLUDED: 'EXCLUDED', REFUSED: 'REFUSED', UNLABELLED: 'UNLABELLED' } as const;
registerEnumType(LossKindEnum, {
  name: 'LossKind',
  description: 'How images were lost.',
  valuesConfig: {
    EXCLUDED: { description: 'Excluded, by the ledger.' },
    REFUSED: { description: 'Refused at the door, by an error code.' },
    UNLABELLED: { description: 'Not excluded before, and without a label.' },
  },
});
const PersonRoleEnum = {
  EXCLUDED_BY: 'EXCLUDED_BY',
  OPERATOR: 'OPERATOR',
  ANNOTATOR: 'ANNOTATOR',
} as const;
registerEnumType(PersonRoleEnum, {
  name: 'PersonRole',
  description: 'What a person had to do with an excluded image.',
  valuesConfig: {
    EXCLUDED_BY: { description: 'Excluded it; by the id of the principal.' },
    OPERATOR: { description: 'Took it.' },
    ANNOTATOR: { description: 'Labelled it, and nobody else did.' },
  },
});

@ObjectType('FlowCounts', { description: 'Images, and the units that they are of.' })
@Guard('inherit')
export class FlowCountsObject {
  @Field(() => EstimateObject, { description: 'Images.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Distinct units.' }) units: EstimateObject;
}

@ObjectType('FlowLoss', { description: 'Images lost on the way to a stage, for one reason.' })
@Guard('inherit')
export class FlowLossObject {
  @Field(() => LossKindEnum, { description: 'How they were lost.' }) kind: keyof typeof LossKindEnum;
  @Field(() => String, { description: 'The reason of the ledger, or the code of the refusal.' })
  reason: string;
  @Field(() => EstimateObject, { description: 'Images.' }) images: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Distinct units, which may have other images; of a refusal each image is one.',
  })
  units: EstimateObject;
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'The images; null where they never came in.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('FlowStage', { description: 'One stage of the flow from collection to release.' })
@Guard('inherit')
export class FlowStageObject {
  @Field(() => ExclusionStageEnum, { description: 'The stage.' }) stage: string;
  @Field(() => FlowCountsObject, { description: 'What reached the stage before.' })
  entering: FlowCountsObject;
  @Field(() => [FlowLossObject], { description: 'By falling images, at most 50.' })
  lost: readonly FlowLossObject[];
  @Field(() => Int, { description: 'How many reasons there are.' }) lostLineCount: number;
  @Field(() => FlowCountsObject, { description: 'What was left; at ANNOTATED, of it what has a label.' })
  reached: FlowCountsObject;
  @Field(() => EstimateObject, { description: 'Units of which no image was left.' })
  unitsLost: EstimateObject;
  @Field(() => Boolean, { description: 'Whether entering less lost is what was left.' }) adds: boolean;
}

@ObjectType('AttritionFlow', {
  description:
    'What became of the candidates, stage by stage. An image leaves where the ledger excludes it, or, if it was not excluded before, at ANNOTATED where it has no label.',
})
@Guard('inherit')
export class AttritionFlowObject {
  @Field(() => EstimateStatusEnum, { description: 'OK, EMPTY, or DEGENERATE: it does not add up.' })
  status: 'OK' | 'EMPTY' | 'DEGENERATE';
  @Field(() => String, { nullable: true, description: 'Why it is not OK.' }) reason: string | null;
  @Field(() => Boolean, { description: 'Whether exclusions were recorded from the first image on.' })
  trackedSinceIngest: boolean;
  @Field(() => [FlowStageObject], { description: 'The five stages in their order.' })
  stages: readonly FlowStageObject[];
}

@ObjectType('ExcludedLevel', { description: 'One level of a factor: what was kept of it and what was not.' })
@Guard('inherit')
export class ExcludedLevelObject {
  @Field(() => String, { description: 'The level; of a class `absent` or `present`.' }) level: string;
  @Field(() => LevelKindEnum, { description: 'What the row stands for.' }) kind: 'LEVEL' | 'OTHER';
  @Field(() => EstimateObject, { description: 'Images kept.' }) kept: EstimateObject;
  @Field(() => EstimateObject, { description: 'Images excluded.' }) excluded: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of its images that was excluded.' })
  share: EstimateObject;
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'Its excluded images; null where they cannot be asked for.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('FactorAttrition', {
  description: 'Whether images were excluded alike at all levels of a factor, or with and without a class.',
})
@Guard('inherit')
export class FactorAttritionObject {
  @Field(() => String, { description: 'A factor, or `label`; numbers in ten quantile bins.' }) name: string;
  @Field(() => String, {
    nullable: true,
    description: 'Where images show several classes: the class that is absent or present.',
  })
  label: string | null;
  @Field(() => [ExcludedLevelObject], { description: 'By falling share, at most 50.' })
  levels: readonly ExcludedLevelObject[];
  @Field(() => Int, { description: 'How many there are.' }) levelCount: number;
  @Field(() => ExcludedLevelObject, { nullable: true, description: 'The level that lost most.' })
  worst: ExcludedLevelObject | null;
  @Field(() => ExcludedLevelObject, { nullable: true, description: 'The level that lost least.' })
  best: ExcludedLevelObject | null;
  @Field(() => EstimateObject, {
    description: 'Share of the worst less that of the best; its interval allows for the choice of the pair.',
  })
  difference: EstimateObject;
  @Field(() => EstimateObject, { description: 'The same as odds ratio; 1 is par.' })
  oddsRatio: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of the difference.' }) differenceVerdict: VerdictObject;
  @Field(() => EstimateObject, { description: 'Of kept and excluded over all levels.' })
  standardizedDifference: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of the standardized difference.' })
  standardizedDifferenceVerdict: VerdictObject;
  @Field(() => EstimateObject, { description: 'Bias-corrected Cramér V of level and exclusion.' })
  association: EstimateObject;
  @Field(() => EstimateObject, { description: 'How far the exclusions moved the kept from the candidates.' })
  totalVariation: EstimateObject;
  @Field(() => EstimateObject, { description: 'The most that can be: the share excluded, of known level.' })
  exclusionShare: EstimateObject;
  @Field(() => EstimateObject, { description: 'Kept images of unknown level, in none of the figures.' })
  keptUnknown: EstimateObject;
  @Field(() => EstimateObject, { description: 'Excluded images of unknown level, in none of the figures.' })
  excludedUnknown: EstimateObject;
}

@ObjectType('NumberAttrition', {
  description: 'A quality measure or numeric factor of the kept images against the excluded ones.',
})
@Guard('inherit')
export class NumberAttritionObject {
  @Field(() => String, { description: 'The measure or factor.' }) name: string;
  @Field(() => Boolean, { description: 'Whether it is a quality measure.' }) isMeasure: boolean;
  @Field(() => EstimateObject, { description: 'Excluded images that have a value.' })
  excluded: EstimateObject;
  @Field(() => EstimateObject, { description: 'Mean of the kept less that of the excluded, standardized.' })
  standardizedDifference: EstimateObject;
  @Field(() => EstimateObject, { description: 'Variance of the kept over that of the excluded.' })
  varianceRatio: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of the size of the standardized difference.' })
  verdict: VerdictObject;
}

@ObjectType('ClassBounds', { description: 'What the share of a class can be among all candidates.' })
@Guard('inherit')
export class ClassBoundsObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, {
    description:
      'Its share of the kept; the interval holds its share of all candidates, whatever the labels of the others (Manski).',
  })
  share: EstimateObject;
}

@ObjectType('LeaningExclusion', {
  description: 'Images of one level were excluded for a reason more often than those of another.',
})
@Guard('inherit')
export class LeaningExclusionObject {
  @Field(() => String, { description: 'A factor, or `label`.' }) factor: string;
  @Field(() => String, { nullable: true, description: 'The class that is absent or present.' }) label:
    | string
    | null;
  @Field(() => String, { description: 'The reason.' }) reason: string;
  @Field(() => EstimateObject, { description: 'Bias-corrected V of level and exclusion for the reason.' })
  association: EstimateObject;
  @Field(() => String, { description: 'The level that lost most.' }) worst: string;
  @Field(() => String, { description: 'The level that lost least.' }) best: string;
  @Field(() => EstimateObject, { description: 'Share of the worst excluded for the reason.' })
  worstShare: EstimateObject;
  @Field(() => EstimateObject, { description: 'The same of the best.' }) bestShare: EstimateObject;
  @Field(() => EstimateObject, { description: 'The one less the other.' }) difference: EstimateObject;
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'Images of the worst level excluded for the reason; null where they cannot be asked for.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('SoleReason', { description: 'A reason for exclusion that one person alone gave.' })
@Guard('inherit')
export class SoleReasonObject {
  @Field(() => String, { description: 'The reason.' }) reason: string;
  @Field(() => String, { description: 'The person, as the dataset knows them.' }) person: string;
  @Field(() => EstimateObject, { description: 'Images.' }) images: EstimateObject;
  @Field(() => ImageSelectionObject, { description: 'The images.' }) selection: ImageSelectionObject;
}

@ObjectType('PersonExclusions', { description: 'Whether reasons for exclusion depend on a person.' })
@Guard('inherit')
export class PersonExclusionsObject {
  @Field(() => PersonRoleEnum, { description: 'What the person had to do with the image.' })
  role: keyof typeof PersonRoleEnum;
  @Field(() => Int, { description: 'People of whom an image was excluded.' }) people: number;
  @Field(() => EstimateObject, { description: 'Bias-corrected V of reason and person.' })
  association: EstimateObject;
  @Field(() => [SoleReasonObject], { description: 'By falling images, at most 20.' })
  soleReasons: readonly SoleReasonObject[];
}

@ObjectType('AttritionReport', {
  implements: BiasReportObject,
  description: 'Did leaving images out change what the dataset says? Of all candidates, kept or not.',
})
@Guard('dataset.read')
export class AttritionReportObject extends BiasReportObject {
  @Field(() => AttritionFlowObject, { description: 'What became of the candidates.' })
  flow: AttritionFlowObject;
  @Field(() => EstimateObject, {
    description: 'Share of the candidates that was excluded, or refused at the door.',
  })
  exclusionShare: EstimateObject;
  @Field(() => [FactorAttritionObject], {
    description: 'Factors, and the label or the 200 most frequent classes; worst first, at most 200.',
  })
  factors: readonly FactorAttritionObject[];
  @Field(() => Int, { description: 'How many there are.' }) factorCount: number;
  @Field(() => [NumberAttritionObject], { description: 'Quality measures and numeric factors, worst first.' })
  numbers: readonly NumberAttritionObject[];
  @Field(() => [ClassBoundsObject], { description: 'The 200 classes with most images.' })
  classBounds: readonly ClassBoundsObject[];
  @Field(() => Int, { description: 'How many there are.' }) classBoundCount: number;
  @Field(() => [LeaningExclusionObject], {
    description:
      'q ≤ .05, by falling difference, at most 50; of the 20 most used reasons, and the rest as `(other)`.',
  })
  leaning: readonly LeaningExclusionObject[];
  @Field(() => Int, { description: 'How many there are.' }) leaningCount: number;
  @Field(() => [PersonExclusionsObject], { description: 'Role by role, where people are known.' })
  people: readonly PersonExclusionsObject[];
  @Field(() => [String], { description: 'Fields of more than 1000 levels, which are identifiers.' })
  refusedFactors: readonly string[];
}
