import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { BiasReportObject, LevelKindEnum } from '../bias.schema.ts';
import { EstimateObject, IntervalObject, VerdictObject } from '../cards/estimate.schema.ts';
import { ImageSelectionObject } from '../images/image-selection.schema.ts';
import type { LevelKind } from '../variables/pool-levels.ts';
import { PartImagesObject, SplitLeakageObject } from './split-leakage.schema.ts';
import type { RolesTakenBy } from './split-roles.ts';

const ExamKindEnum = { TEST: 'TEST', VALIDATION: 'VALIDATION', FOLD: 'FOLD' } as const;
registerEnumType(ExamKindEnum, {
  name: 'ExamKind',
  description: 'What a part is held against.',
  valuesConfig: {
    TEST: { description: 'The test part against train.' },
    VALIDATION: { description: 'The validation part against train.' },
    FOLD: { description: 'A fold against all others.' },
  },
});
const HoleMeaningEnum = { UNMEASURABLE: 'UNMEASURABLE', UNSEEN: 'UNSEEN' } as const;
registerEnumType(HoleMeaningEnum, {
  name: 'HoleMeaning',
  description: 'What a level without images means.',
  valuesConfig: {
    UNMEASURABLE: { description: 'The tested part has none: a score says nothing of it.' },
    UNSEEN: { description: 'What it is tested against has none: no model learns it.' },
  },
});
const RolesTakenByEnum = { NAME: 'NAME', POSITION: 'POSITION', FOLDS: 'FOLDS', NONE: 'NONE' } as const;
registerEnumType(RolesTakenByEnum, {
  name: 'PartRolesTakenBy',
  description: 'How train and test were told.',
  valuesConfig: {
    NAME: { description: 'By the names of the parts.' },
    POSITION: {
      description: 'The first of the parts that are not called otherwise is train, the last test.',
    },
    FOLDS: { description: 'Each fold is tested in its turn, and all others are train.' },
    NONE: { description: 'There is one part alone.' },
  },
});

@ObjectType('PartSize', { description: 'How large a part is.' })
@Guard('inherit')
export class PartSizeObject extends PartImagesObject {
  @Field(() => EstimateObject, { description: 'Groups that have an image in it.' }) groups: EstimateObject;
}

@ObjectType('ComparedPart', {
  description: 'A factor or the label in one part against train, or a fold against the rest.',
})
@Guard('inherit')
export class ComparedPartObject {
  @Field(() => String, { description: 'The part.' }) part: string;
  @Field(() => ExamKindEnum, { description: 'What it is held against.' }) kind: keyof typeof ExamKindEnum;
  @Field(() => EstimateObject, {
    description: 'Share of images that would have to move; p of a random assignment.',
  })
  totalVariation: EstimateObject;
  @Field(() => EstimateObject, { description: 'In bits, 0 to 1.' }) jensenShannonDivergence: EstimateObject;
  @Field(() => EstimateObject, { description: 'Over all levels; what the colour is of.' })
  standardizedDifference: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Share of 200 random assignments of the groups with a smaller total variation.',
  })
  percentile: EstimateObject;
  @Field(() => EstimateObject, { description: 'Middle total variation of these.' })
  randomMedian: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their 95th percentile.' }) randomUpper: EstimateObject;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it stands further out than chance puts any comparison of the report (Westfall–Young); null: not judged.',
  })
  isBeyondChance: boolean | null;
  @Field(() => VerdictObject, {
    nullable: true,
    description: 'AMBER or RED only beyond chance. Null: an external test part, told and not judged.',
  })
  verdict: VerdictObject | null;
}

@ObjectType('LevelByPart', { description: 'The images of a level in each part.' })
@Guard('inherit')
export class LevelByPartObject {
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => LevelKindEnum, { description: 'What the row stands for.' }) kind: LevelKind;
  @Field(() => [PartImagesObject], { description: 'Of every part.' }) parts: readonly PartImagesObject[];
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'Its images; null where none can be named.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('VariableBalance', { description: 'How alike the parts are in a factor or the label.' })
@Guard('inherit')
export class VariableBalanceObject {
  @Field(() => String, { description: 'A factor, or `label`.' }) name: string;
  @Field(() => EstimateObject, { description: 'Bias-corrected V of level and part, over all parts.' })
  association: EstimateObject;
  @Field(() => [ComparedPartObject], { description: 'Worst first; at most 20.' })
  compared: readonly ComparedPartObject[];
  @Field(() => [LevelByPartObject], { description: 'Those of most images first, at most 50.' })
  levels: readonly LevelByPartObject[];
  @Field(() => Int, { description: 'How many there are.' }) levelCount: number;
}

@ObjectType('SplitHole', { description: 'A level that a part lacks.' })
@Guard('inherit')
export class SplitHoleObject {
  @Field(() => String, { description: 'A factor, or `label`.' }) name: string;
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => LevelKindEnum, { description: 'What the row stands for.' }) kind: LevelKind;
  @Field(() => String, { description: 'The tested part.' }) part: string;
  @Field(() => HoleMeaningEnum, { description: 'What it means.' }) meaning: keyof typeof HoleMeaningEnum;
  @Field(() => EstimateObject, { description: 'Images of the level in all parts.' }) images: EstimateObject;
  @Field(() => ImageSelectionObject, { nullable: true, description: 'These; null where none can be named.' })
  selection: ImageSelectionObject | null;
}

@ObjectType('SplitHoles', { description: 'Levels that test cannot measure, or that train has never seen.' })
@Guard('inherit')
export class SplitHolesObject {
  @Field(() => [SplitHoleObject], { description: 'Those of most images first, at most 50.' })
  holes: readonly SplitHoleObject[];
  @Field(() => Int, { description: 'Levels without an image in a tested part.' }) unmeasurableCount: number;
  @Field(() => Int, { description: 'Levels without an image in what it is tested against.' })
  unseenCount: number;
}

@ObjectType('ClassDeviation', { description: 'How far a class’s share differs between folds.' })
@Guard('inherit')
export class ClassDeviationObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, { description: 'Standard deviation of its share.' }) deviation: EstimateObject;
}

@ObjectType('FoldBalance', { description: 'How evenly folds share the labelled images.' })
@Guard('inherit')
export class FoldBalanceObject {
  @Field(() => EstimateObject, { description: 'Mean difference of odds (Sechidis et al. 2011); 0 is even.' })
  labelDistribution: EstimateObject;
  @Field(() => [ClassDeviationObject], { description: 'Largest first, at most 200.' })
  classes: readonly ClassDeviationObject[];
  @Field(() => [String], { description: 'Classes that all images of some fold show, which are left out.' })
  excludedClasses: readonly string[];
}

@ObjectType('TellingLevel', { description: 'A value by which train and test are told apart.' })
@Guard('inherit')
export class TellingLevelObject {
  @Field(() => String, { description: 'A factor, or a quality measure.' }) attribute: string;
  @Field(() => String, { description: 'Its value.' }) level: string;
  @Field(() => LevelKindEnum, { description: 'What the value stands for.' }) kind: LevelKind;
  @Field(() => EstimateObject, { description: 'Train images with it.' }) trainImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Test images with it.' }) testImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Above 0 it speaks for test, below for train.' })
  logOdds: EstimateObject;
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'Its images; null: of a quality measure.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('NumericDistance', { description: 'A number in test against train.' })
@Guard('inherit')
export class NumericDistanceObject {
  @Field(() => String, { description: 'A quality measure, or a numeric factor.' }) name: string;
  @Field(() => EstimateObject, { description: 'Kolmogorov–Smirnov D, 0 to 1.' })
  kolmogorovSmirnov: EstimateObject;
  @Field(() => EstimateObject, { description: 'Wasserstein-1 distance in standard deviations of train.' })
  wasserstein: EstimateObject;
  @Field(() => EstimateObject, { description: 'Difference of the means in standard deviations.' })
  standardizedDifference: EstimateObject;
}

@ObjectType('AdversarialValidation', {
  description: 'How well the parts can be told apart without the subject.',
})
@Guard('inherit')
export class AdversarialValidationObject {
  @Field(() => EstimateObject, {
    description: 'AUC of test against train by factors and quality measures; of folds, their mean.',
  })
  area: EstimateObject;
  @Field(() => IntervalObject, {
    nullable: true,
    description: 'Of the same, were all images independent (Hanley–McNeil): a check, too narrow else.',
  })
  independentInterval: IntervalObject | null;
  @Field(() => Int, { description: 'Factors and measures it was told by.' }) attributeCount: number;
  @Field(() => [TellingLevelObject], { description: 'The 10 most telling values; none of folds.' })
  telling: readonly TellingLevelObject[];
  @Field(() => [NumericDistanceObject], { description: 'Numbers in test against train; none of folds.' })
  numbers: readonly NumericDistanceObject[];
  @Field(() => VerdictObject, { nullable: true, description: 'Null: told, not judged.' })
  verdict: VerdictObject | null;
}

@ObjectType('TestedClass', { description: 'How much there is to score a class on.' })
@Guard('inherit')
export class TestedClassObject {
  @Field(() => String, { nullable: true, description: 'Null: all images of the part.' }) label: string | null;
  @Field(() => String, { description: 'The part; of folds the one with the fewest units of it.' })
  part: string;
  @Field(() => EstimateObject, { description: 'Images.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Independent units.' }) units: EstimateObject;
  @Field(() => EstimateObject, { description: 'Half the width of the interval of a score of 90 %.' })
  halfWidth: EstimateObject;
  @Field(() => VerdictObject, { description: 'GREY below 37 units.' }) verdict: VerdictObject;
  @Field(() => ImageSelectionObject, { description: 'The images.' }) selection: ImageSelectionObject;
}

@ObjectType('SplitReport', {
  implements: BiasReportObject,
  description: 'Is the test set a fair and separate exam?',
})
@Guard('dataset.read')
export class SplitReportObject extends BiasReportObject {
  @Field(() => String, { description: 'The field whose groups may not stand in two parts.' }) group: string;
  @Field(() => Boolean, { description: 'Whether test is of another world on purpose.' }) external: boolean;
  @Field(() => String, { nullable: true, description: 'Taken as train; null of folds.' }) trainPart:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'Taken as validation; null of folds.' })
  validationPart: string | null;
  @Field(() => String, { nullable: true, description: 'Taken as test; null of folds.' }) testPart:
    | string
    | null;
  @Field(() => RolesTakenByEnum, { description: 'How they were told.' }) partsTakenBy: RolesTakenBy;
  @Field(() => [PartSizeObject], { description: 'In their order, at most 200.' })
  parts: readonly PartSizeObject[];
  @Field(() => SplitLeakageObject, { description: 'What stands in two parts.' }) leakage: SplitLeakageObject;
  @Field(() => [VariableBalanceObject], {
    description: 'Factors and the label, worst first, at most 200; none of more than 20 parts.',
  })
  balance: readonly VariableBalanceObject[];
  @Field(() => Int, { description: 'How many there are.' }) balanceCount: number;
  @Field(() => SplitHolesObject, { description: 'Levels that a part lacks.' }) holes: SplitHolesObject;
  @Field(() => FoldBalanceObject, { nullable: true, description: 'Null: the parts are no folds.' })
  folds: FoldBalanceObject | null;
  @Field(() => AdversarialValidationObject, { description: 'Whether the parts can be told apart.' })
  adversarial: AdversarialValidationObject;
  @Field(() => [TestedClassObject], {
    description: 'The test part as a whole, then its classes by rising units, at most 200.',
  })
  testedClasses: readonly TestedClassObject[];
  @Field(() => Int, { description: 'How many there are.' }) testedClassCount: number;
  @Field(() => [String], { description: 'Fields of more than 1000 levels, which are identifiers.' })
  refusedFactors: readonly string[];
}
