import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { BiasReportObject, ChiSquareTestObject, LevelKindEnum } from '../bias.schema.ts';
import { EstimateObject, VerdictObject } from '../cards/estimate.schema.ts';
import { ImageSelectionObject } from '../images/image-selection.schema.ts';
import { TargetPopulationObject } from '../target/target.schema.ts';

const FactorStatusEnum = {
  COUNTED: 'COUNTED',
  NEVER_RECORDED: 'NEVER_RECORDED',
  TOO_MANY_LEVELS: 'TOO_MANY_LEVELS',
} as const;
registerEnumType(FactorStatusEnum, {
  name: 'FactorStatus',
  description: 'Whether a factor could be looked at.',
  valuesConfig: {
    COUNTED: { description: 'It was.' },
    NEVER_RECORDED: { description: 'No image has a value of it.' },
    TOO_MANY_LEVELS: { description: 'It has more than 1000 levels: an identifier, not a factor.' },
  },
});
const CellStatusEnum = { HOLE: 'HOLE', THIN: 'THIN', OK: 'OK' } as const;
registerEnumType(CellStatusEnum, {
  name: 'CellStatus',
  description: 'How well a combination of levels is covered.',
  valuesConfig: {
    HOLE: { description: 'No unit.' },
    THIN: { description: 'Fewer than 37 units: a score of it would be uncertain by more than ±10 points.' },
    OK: { description: '37 units or more.' },
  },
});
const LatticeReferenceEnum = { DECLARED: 'DECLARED', INDEPENDENCE: 'INDEPENDENCE' } as const;
registerEnumType(LatticeReferenceEnum, {
  name: 'LatticeReference',
  description: 'Where the shares of combinations come from.',
  valuesConfig: {
    DECLARED: { description: 'The target was declared by its combinations.' },
    INDEPENDENCE: { description: 'Only margins are declared: a share is their product.' },
  },
});
const DependenceKindEnum = { FIELD: 'FIELD', LABEL: 'LABEL', CLASS: 'CLASS' } as const;
registerEnumType(DependenceKindEnum, {
  name: 'DependenceKind',
  description: 'What the absence of a field goes with.',
  valuesConfig: {
    FIELD: { description: 'Another field.' },
    LABEL: { description: 'The label.' },
    CLASS: { description: 'One class, where images show several.' },
  },
});

@ObjectType('UnitsIntoBand', { description: 'How many more units bring a ratio out of amber.' })
@Guard('inherit')
export class UnitsIntoBandObject {
  @Field(() => Float, { nullable: true, description: 'Of this level; null has a reason.' }) ofStratum:
    | number
    | null;
  @Field(() => Float, { nullable: true, description: 'Of the other levels.' }) ofOthers: number | null;
  @Field(() => String, { nullable: true, description: 'Why no number does.' }) reason: string | null;
}

@ObjectType('LevelSelection', { description: 'One level of a factor against its target.' })
@Guard('inherit')
export class LevelSelectionObject {
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => LevelKindEnum, { description: 'What the row stands for.' }) kind:
    | 'LEVEL'
    | 'OTHER'
    | 'MISSING';
  @Field(() => EstimateObject, { description: 'Images at the level.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Distinct units with an image at the level.' })
  units: EstimateObject;
  @Field(() => EstimateObject, { description: 'Of images whose level is known; of a MISSING row, of all.' })
  share: EstimateObject;
  @Field(() => Float, { nullable: true, description: 'The target’s; null: none is declared.' })
  targetShare: number | null;
  @Field(() => EstimateObject, { description: 'Share over the target’s share; 1 is par.' })
  representationRatio: EstimateObject;
  @Field(() => EstimateObject, { description: 'Standardized difference of the two shares.' })
  standardizedDifference: EstimateObject;
  @Field(() => Float, { nullable: true, description: 'Weight that would bring the level to its target.' })
  weight: number | null;
  @Field(() => VerdictObject, {
    nullable: true,
    description: 'Null: nothing to be compared with, or a target share below 1 %.',
  })
  verdict: VerdictObject | null;
  @Field(() => UnitsIntoBandObject, {
    nullable: true,
    description: 'Null without a target, or where it would tell a hidden count.',
  })
  plan: UnitsIntoBandObject | null;
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'Its images; null where they cannot be asked for.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('WorstStratum', { description: 'A level that is not shown to stand near its share.' })
@Guard('inherit')
export class WorstStratumObject {
  @Field(() => String, { description: 'The factor, or `label`.' }) factor: string;
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => Float, { nullable: true, description: 'The target’s share.' }) targetShare: number | null;
  @Field(() => EstimateObject, { description: 'Share over the target’s share; 1 is par.' })
  representationRatio: EstimateObject;
  @Field(() => VerdictObject, { description: 'Its colour, and the units that would tell where it is GREY.' })
  verdict: VerdictObject;
  @Field(() => UnitsIntoBandObject, {
    nullable: true,
    description: 'Null where it would tell a hidden count, or units of several levels were pooled.',
  })
  plan: UnitsIntoBandObject | null;
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'Its images; null where they cannot be asked for.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('CellLevel', { description: 'A level of a combination.' })
@Guard('inherit')
export class CellLevelObject {
  @Field(() => String, { description: 'The factor, or `label`.' }) factor: string;
  @Field(() => String, { description: 'The level.' }) level: string;
}

@ObjectType('CoverageCell', { description: 'A combination of levels that has too few units, or none.' })
@Guard('inherit')
export class CoverageCellObject {
  @Field(() => [CellLevelObject], { description: 'One of each factor.' }) levels: readonly CellLevelObject[];
  @Field(() => Float, { description: 'Its share of the target.' }) targetShare: number;
  @Field(() => CellStatusEnum, { description: 'HOLE or THIN.' }) status: 'HOLE' | 'THIN' | 'OK';
  @Field(() => EstimateObject, { description: 'Images of it.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Distinct units of it.' }) units: EstimateObject;
  @Field(() => Int, {
    nullable: true,
    description: 'So many more units make 37; null where that would tell a hidden count.',
  })
  unitsToAdd: number | null;
  @Field(() => ImageSelectionObject, { nullable: true, description: 'Its images; null: a hole.' })
  selection: ImageSelectionObject | null;
}

@ObjectType('CoverageHoles', { description: 'Combinations of the target’s levels that were never seen.' })
@Guard('inherit')
export class CoverageHolesObject {
  @Field(() => LatticeReferenceEnum, { nullable: true, description: 'Null: nothing could be combined.' })
  reference: 'DECLARED' | 'INDEPENDENCE' | null;
  @Field(() => [String], { description: 'What is combined, at most four.' }) factors: readonly string[];
  @Field(() => [String], { description: 'Factors of the target that are not.' }) leftOut: readonly string[];
  @Field(() => Float, { description: 'Combinations with a share of the target.' }) cellCount: number;
  @Field(() => Int, { description: 'Those looked at: the 100 000 largest.' }) examinedCells: number;
  @Field(() => Float, { description: 'Share of the target in the others.' }) unexaminedShare: number;
  @Field(() => Int, { description: 'Without a unit.' }) holeCount: number;
  @Field(() => Int, { description: 'With 1 to 36 units.' }) thinCount: number;
  @Field(() => EstimateObject, { description: 'Share of the target in holes.' }) holeShare: EstimateObject;
  @Field(() => Int, { description: 'Combinations declared impossible that hold images all the same.' })
  contradictedZeros: number;
  @Field(() => VerdictObject, { description: 'Of the share in holes.' }) verdict: VerdictObject;
  @Field(() => [CoverageCellObject], {
    description: 'At most 20: the holes, then the thin ones, each by falling share.',
  })
  cells: readonly CoverageCellObject[];
}

@ObjectType('NumericFactor', {
  description:
    'A numeric factor against the reference sample; differences are the dataset’s less the reference’s.',
})
@Guard('inherit')
export class NumericFactorObject {
  @Field(() => String, { description: 'The factor.' }) name: string;
  @Field(() => EstimateObject, { description: 'Images with a value.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'The same of the reference.' }) referenceImages: EstimateObject;
  @Field(() => EstimateObject, { description: 'Of the means, in pooled standard deviations.' })
  standardizedDifference: EstimateObject;
  @Field(() => EstimateObject, { description: 'Variance over that of the reference; 1 is par.' })
  varianceRatio: EstimateObject;
  @Field(() => EstimateObject, { description: 'Largest difference of the cumulative shares, 0 to 1.' })
  kolmogorovSmirnov: EstimateObject;
  @Field(() => EstimateObject, { description: 'In standard deviations of the reference.' })
  wasserstein: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of the size of the standardized difference.' })
  verdict: VerdictObject;
}

@ObjectType('MissingDependence', { description: 'The absence of a field goes with something.' })
@Guard('inherit')
export class MissingDependenceObject {
  @Field(() => String, { description: 'The field that is missing.' }) field: string;
  @Field(() => DependenceKindEnum, { description: 'What its absence goes with.' })
  kind: 'FIELD' | 'LABEL' | 'CLASS';
  @Field(() => String, { description: 'The other field, `label`, or the class.' }) on: string;
  @Field(() => EstimateObject, { description: 'Bias-corrected V.' }) association: EstimateObject;
  @Field(() => String, { description: 'The same in words.' }) sentence: string;
}

@ObjectType('LittleTest', {
  description:
    'Little’s test of numbers missing completely at random. Never coloured: with many images it always rejects, and not rejecting proves nothing.',
})
@Guard('inherit')
export class LittleTestObject {
  @Field(() => [String], { description: 'The numeric factors with a value.' }) factors: readonly string[];
  @Field(() => EstimateObject, { description: 'd²; p where no unit repeats.' }) test: EstimateObject;
  @Field(() => Int, { description: 'Degrees of freedom.' }) degreesOfFreedom: number;
  @Field(() => Int, { description: 'Patterns of what is missing.' }) patternCount: number;
}

@ObjectType('FactorSelection', { description: 'One factor against its target.' })
@Guard('inherit')
export class FactorSelectionObject {
  @Field(() => String, { description: 'A factor, or `label`.' }) name: string;
  @Field(() => FactorStatusEnum, { description: 'Whether it could be looked at.' }) status: string;
  @Field(() => Boolean, { description: 'Whether the target speaks of it.' }) hasTarget: boolean;
  @Field(() => Boolean, { description: 'Whether images lie at levels of target share 0.' })
  outsideTarget: boolean;
  @Field(() => [LevelSelectionObject], { description: 'By falling images; the missing last.' })
  levels: readonly LevelSelectionObject[];
  @Field(() => EstimateObject, { description: 'Effect size of the misfit.' }) cohenW: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of images that would have to move.' })
  totalVariation: EstimateObject;
  @Field(() => EstimateObject, { description: 'In bits, 0 to 1.' }) jensenShannonDivergence: EstimateObject;
  @Field(() => EstimateObject, { description: 'Of the factor as a whole.' })
  standardizedDifference: EstimateObject;
  @Field(() => EstimateObject, { description: 'For comparison; never coloured.' })
  populationStabilityIndex: EstimateObject;
  @Field(() => Float, {
    nullable: true,
    description: 'What the index reaches in 5 % of cases when nothing has changed.',
  })
  populationStabilityNull: number | null;
  @Field(() => EstimateObject, { description: 'Share of the images left after re-weighting (Kish).' })
  efficiency: EstimateObject;
  @Field(() => ChiSquareTestObject, { nullable: true, description: 'Of fit; null without a target.' })
  test: ChiSquareTestObject | null;
}

@ObjectType('ClassCount', { description: 'How often a class is seen.' })
@Guard('inherit')
export class ClassCountObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, { description: 'Images that show it.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Distinct units with such an image.' }) units: EstimateObject;
  @Field(() => Float, {
    nullable: true,
    description: 'Effective number of samples (Cui et al. 2019): a guide for re-weighting.',
  })
  effectiveSamples: number | null;
}

@ObjectType('ClassImbalance', { description: 'How unevenly classes stand.' })
@Guard('inherit')
export class ClassImbalanceObject {
  @Field(() => EstimateObject, { description: 'Entropy over its largest value, 0 to 1.' })
  evenness: EstimateObject;
  @Field(() => EstimateObject, { description: 'Effective number of classes, exp(H).' })
  effectiveClasses: EstimateObject;
  @Field(() => EstimateObject, { description: 'Effective number of classes, 1/Σp².' })
  effectiveClassesOfOrderTwo: EstimateObject;
  @Field(() => EstimateObject, { description: '1 − Σp².' }) giniSimpson: EstimateObject;
  @Field(() => EstimateObject, { description: 'Largest class over smallest.' })
  imbalanceRatio: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the smallest class.' }) minorityShare: EstimateObject;
  @Field(() => Int, { description: 'Classes with an image.' }) observedClasses: number;
}

@ObjectType('ClassBalance', { description: 'The classes in images and in units.' })
@Guard('inherit')
export class ClassBalanceObject {
  @Field(() => [ClassCountObject], { description: 'In the order of the label schema.' })
  classes: readonly ClassCountObject[];
  @Field(() => ClassImbalanceObject, { description: 'Counted in images.' }) byImages: ClassImbalanceObject;
  @Field(() => ClassImbalanceObject, { description: 'Counted in units.' }) byUnits: ClassImbalanceObject;
  @Field(() => VerdictObject, { description: 'Of the ratio in images, and of classes of few units.' })
  verdict: VerdictObject;
}

@ObjectType('MissingField', { description: 'A field and the images that lack it.' })
@Guard('inherit')
export class MissingFieldObject {
  @Field(() => String, { description: 'Column or declared factor.' }) name: string;
  @Field(() => EstimateObject, { description: 'Images without it.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their share.' }) share: EstimateObject;
  @Field(() => EstimateObject, {
    nullable: true,
    description: 'Bias-corrected V of its absence with the label; null without labels.',
  })
  labelDependence: EstimateObject | null;
  @Field(() => String, {
    nullable: true,
    description: 'Where images show several classes: the class it goes with most.',
  })
  label: string | null;
  @Field(() => VerdictObject, { description: 'One step worse where its absence goes with the label.' })
  verdict: VerdictObject;
  @Field(() => ImageSelectionObject, { description: 'The images without it.' })
  selection: ImageSelectionObject;
}

@ObjectType('SelectionReport', {
  implements: BiasReportObject,
  description: 'Does the dataset look like the world it will be used in?',
})
@Guard('dataset.read')
export class SelectionReportObject extends BiasReportObject {
  @Field(() => TargetPopulationObject, { nullable: true, description: 'What it was held against.' })
  target: TargetPopulationObject | null;
  @Field(() => [FactorSelectionObject], { description: 'Factors with a value, and the label.' })
  factors: readonly FactorSelectionObject[];
  @Field(() => [WorstStratumObject], {
    description: 'At most 50 that are not GREEN: RED, AMBER, GREY, each by falling share of the target.',
  })
  worstStrata: readonly WorstStratumObject[];
  @Field(() => Int, { description: 'How many there are.' }) worstStratumCount: number;
  @Field(() => CoverageHolesObject, { description: 'Combinations of levels that were never seen.' })
  holes: CoverageHolesObject;
  @Field(() => String, {
    nullable: true,
    description: 'Slug of the dataset that the numeric factors are held against.',
  })
  reference: string | null;
  @Field(() => [NumericFactorObject], { description: 'Numeric factors against the reference; none without.' })
  numericFactors: readonly NumericFactorObject[];
  @Field(() => ClassBalanceObject, { description: 'The classes.' }) classBalance: ClassBalanceObject;
  @Field(() => [MissingFieldObject], { description: 'Missing metadata.' })
  missing: readonly MissingFieldObject[];
  @Field(() => [MissingDependenceObject], {
    description:
      'q ≤ .05, strongest first, at most 100, of the 40 fields missing most against every field and the label.',
  })
  missingDependences: readonly MissingDependenceObject[];
  @Field(() => Int, { description: 'How many there are.' }) missingDependenceCount: number;
  @Field(() => LittleTestObject, { description: 'Whether numbers are missing completely at random.' })
  littleTest: LittleTestObject;
}
