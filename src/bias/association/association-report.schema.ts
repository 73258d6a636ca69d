import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { BiasReportObject, ChiSquareTestObject } from '../bias.schema.ts';
import { EstimateObject, VerdictObject } from '../cards/estimate.schema.ts';
import { ImageSelectionObject } from '../images/image-selection.schema.ts';
import type { ConfoundingKind } from './association-confounding.ts';

const ConfoundingKindEnum: { [K in ConfoundingKind]: K } = {
  REVERSAL: 'REVERSAL',
  EXPLAINED: 'EXPLAINED',
  MASKED: 'MASKED',
  HETEROGENEOUS: 'HETEROGENEOUS',
};
registerEnumType(ConfoundingKindEnum, {
  name: 'ConfoundingKind',
  description: 'What becomes of a difference once another factor, the stratifier, is held fixed.',
  valuesConfig: {
    REVERSAL: { description: 'It changes sign: Simpson’s paradox.' },
    EXPLAINED: { description: 'It is gone: less than 2 points of 5 or more are left.' },
    MASKED: { description: 'It appears only then.' },
    HETEROGENEOUS: { description: 'It is not the same in all strata.' },
  },
});

@ObjectType('ProbedClass', { description: 'How well metadata tell one class from the rest.' })
@Guard('inherit')
export class ProbedClassObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, { description: 'Images that show it.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Distinct units with such an image.' }) units: EstimateObject;
  @Field(() => EstimateObject, { description: 'Area under the ROC curve against the rest, within folds.' })
  area: EstimateObject;
  @Field(() => VerdictObject, { description: 'GREY below 10 units with it, or without.' })
  verdict: VerdictObject;
}

@ObjectType('MetadataProbe', {
  description:
    'Could a model guess the label from metadata alone? Naive Bayes over all factors, each image judged by a model learnt from other units.',
})
@Guard('inherit')
export class MetadataProbeObject {
  @Field(() => EstimateObject, {
    description:
      'The headline: area under the ROC curve within folds, mean over classes; .5 for no knowledge.',
  })
  area: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of the area.' }) verdict: VerdictObject;
  @Field(() => EstimateObject, {
    description: 'The same over all folds at once, as other software has it; too low for few units.',
  })
  pooledArea: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Share guessed right; where images show several classes, of all presences and absences.',
  })
  accuracy: EstimateObject;
  @Field(() => EstimateObject, { description: 'The same of who always says what is commonest.' })
  baseline: EstimateObject;
  @Field(() => EstimateObject, {
    description: '1 − log loss over that of who knows the shares alone; below 0 it misleads.',
  })
  skill: EstimateObject;
  @Field(() => [ProbedClassObject], { description: 'Worst first, at most 200.' })
  classes: readonly ProbedClassObject[];
  @Field(() => Int, { description: 'How many there are.' }) classCount: number;
  @Field(() => Int, { description: 'Classes that 10 units have and 10 lack: those of the mean.' })
  classesInMean: number;
  @Field(() => [String], { description: 'The factors it was given: all of two levels or more.' })
  factors: readonly string[];
}

@ObjectType('LabelAssociation', { description: 'How far a factor tells the label.' })
@Guard('inherit')
export class LabelAssociationObject {
  @Field(() => String, { description: 'The factor; numbers in ten quantile bins.' }) factor: string;
  @Field(() => String, {
    nullable: true,
    description: 'The class taken as present or absent, where images show several; null: all classes.',
  })
  label: string | null;
  @Field(() => Int, { description: 'Levels of the factor.' }) levels: number;
  @Field(() => EstimateObject, { description: 'Cramér’s V, bias-corrected (Bergsma).' })
  corrected: EstimateObject;
  @Field(() => EstimateObject, { description: 'Cramér’s V.' }) plain: EstimateObject;
  @Field(() => EstimateObject, { description: 'Cohen’s w, which the colour is of.' }) w: EstimateObject;
  @Field(() => EstimateObject, { description: 'Mutual information in nats, less its bias.' })
  millerMadow: EstimateObject;
  @Field(() => EstimateObject, { description: 'Mutual information over the mean entropy.' })
  normalized: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the label’s uncertainty that the factor removes.' })
  theilU: EstimateObject;
  @Field(() => EstimateObject, {
    description:
      'Goodman and Kruskal’s λ with every unit left out: share of the wrong guesses of the commonest class that the factor puts right.',
  })
  lambda: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their τ, the same for guesses in proportion.' })
  tau: EstimateObject;
  @Field(() => ChiSquareTestObject, { description: 'Of independence.' }) test: ChiSquareTestObject;
  @Field(() => EstimateObject, { description: 'Share of labelled images without the factor: left out.' })
  droppedShare: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of w.' }) verdict: VerdictObject;
}

@ObjectType('TellingTuple', {
  description: 'The at most three factors that together tell a label best of units never seen.',
})
@Guard('inherit')
export class TellingTupleObject {
  @Field(() => String, {
    nullable: true,
    description: 'The class taken as present or absent, where images show several; null: all classes.',
  })
  label: string | null;
  @Field(() => [String], { description: 'In the order chosen; unknown is a level of its own here.' })
  factors: readonly string[];
  @Field(() => Int, { description: 'Combinations of their levels.' }) strata: number;
  @Field(() => EstimateObject, { description: 'Goodman and Kruskal’s λ with every unit left out.' })
  lambda: EstimateObject;
  @Field(() => EstimateObject, { description: 'Their τ.' }) tau: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share guessed right.' }) accuracy: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the commonest answer.' }) baseline: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of λ.' }) verdict: VerdictObject;
}

@ObjectType('LabelPair', {
  description: 'A class and a level that meet oftener, or more rarely, than chance would have it.',
})
@Guard('inherit')
export class LabelPairObject {
  @Field(() => String, { description: 'The factor.' }) factor: string;
  @Field(() => String, { description: 'Its level.' }) level: string;
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, { description: 'Images of both.' }) images: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the class among the images at the level.' })
  shareHere: EstimateObject;
  @Field(() => EstimateObject, { description: 'The same among the images at the other levels.' })
  shareElsewhere: EstimateObject;
  @Field(() => EstimateObject, { description: 'How many times oftener than by chance.' })
  lift: EstimateObject;
  @Field(() => EstimateObject, { description: '−1 never together, 0 by chance, 1 always.' })
  npmi: EstimateObject;
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'The images of both; null where they cannot be asked for.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('ConfoundingFinding', {
  description: 'What a level seems to do to a class, and what is left of it once a stratifier is held fixed.',
})
@Guard('inherit')
export class ConfoundingFindingObject {
  @Field(() => ConfoundingKindEnum, { description: 'What was found.' }) finding: ConfoundingKind;
  @Field(() => Boolean, { description: 'Whether the strata differ as well (q ≤ .05).' })
  isHeterogeneous: boolean;
  @Field(() => String, { description: 'The factor.' }) factor: string;
  @Field(() => String, { description: 'Its level, against the other levels.' }) level: string;
  @Field(() => String, { description: 'The class, against the rest.' }) label: string;
  @Field(() => String, { description: 'The factor held fixed.' }) stratifier: string;
  @Field(() => EstimateObject, { description: 'Difference of the shares of the class, over all images.' })
  crude: EstimateObject;
  @Field(() => EstimateObject, { description: 'The same within the strata, weighted by their images.' })
  standardized: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the images in strata where they can be compared.' })
  coverage: EstimateObject;
  @Field(() => EstimateObject, { description: 'Odds ratio common to the strata (Mantel–Haenszel).' })
  oddsRatio: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Breslow–Day X², corrected by Tarone, with the p and q of its deflated value.',
  })
  heterogeneity: EstimateObject;
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'The images of level and class; null where they cannot be asked for.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('TiedFactors', {
  description: 'Two factors that go together: what one is blamed for, the other may have done.',
})
@Guard('inherit')
export class TiedFactorsObject {
  @Field(() => String, { description: 'One.' }) first: string;
  @Field(() => String, { description: 'The other.' }) second: string;
  @Field(() => EstimateObject, { description: 'Cramér’s V, bias-corrected.' }) association: EstimateObject;
  @Field(() => String, { nullable: true, description: 'The level of the first that …' }) firstLevel:
    | string
    | null;
  @Field(() => String, {
    nullable: true,
    description: '… meets this one of the second most beyond chance; null: none does.',
  })
  secondLevel: string | null;
  @Field(() => ImageSelectionObject, {
    nullable: true,
    description: 'The images of both levels; null where they cannot be asked for.',
  })
  selection: ImageSelectionObject | null;
}

@ObjectType('EcologicalPair', {
  description: 'Two numeric factors, as they go together between groups and within them.',
})
@Guard('inherit')
export class EcologicalPairObject {
  @Field(() => String, { description: 'One.' }) first: string;
  @Field(() => String, { description: 'The other.' }) second: string;
  @Field(() => String, { description: '`site`, or `unit` where there are fewer than three sites.' })
  group: string;
  @Field(() => EstimateObject, { description: 'Correlation of the means of the groups.' })
  between: EstimateObject;
  @Field(() => EstimateObject, { description: 'Correlation within the groups, pooled.' })
  within: EstimateObject;
  @Field(() => EstimateObject, { description: 'The first less the second.' }) difference: EstimateObject;
  @Field(() => Boolean, { description: 'Of opposite sign, or .3 apart: groups do not speak for images.' })
  isEcological: boolean;
}

@ObjectType('AssociationReport', {
  implements: BiasReportObject,
  description: 'Could the label be guessed without looking at the image?',
})
@Guard('dataset.read')
export class AssociationReportObject extends BiasReportObject {
  @Field(() => MetadataProbeObject, { description: 'From all metadata together.' })
  probe: MetadataProbeObject;
  @Field(() => [LabelAssociationObject], { description: 'Worst first, at most 200.' })
  associations: readonly LabelAssociationObject[];
  @Field(() => Int, { description: 'How many there are.' }) associationCount: number;
  @Field(() => [TellingTupleObject], {
    description: 'Of the whole label, or of each class; worst first, at most 50.',
  })
  tuples: readonly TellingTupleObject[];
  @Field(() => [LabelPairObject], { description: 'By falling |NPMI|, at most 50.' })
  pairs: readonly LabelPairObject[];
  @Field(() => [ConfoundingFindingObject], { description: 'Reversals first, at most 50.' })
  confounding: readonly ConfoundingFindingObject[];
  @Field(() => Int, { description: 'How many were found.' }) confoundingCount: number;
  @Field(() => Int, { description: 'Pairs of level and class whose share differs by .02 or more.' })
  associatedCount: number;
  @Field(() => Int, { description: 'Of the 200 largest, those held against a stratifier, once for each.' })
  testedCount: number;
  @Field(() => [TiedFactorsObject], { description: 'Strongest first, at most 50.' })
  tiedFactors: readonly TiedFactorsObject[];
  @Field(() => Int, { description: 'Pairs of factors in all.' }) tiedFactorCount: number;
  @Field(() => [EcologicalPairObject], { description: 'At most 50 pairs, in the order of the factors.' })
  ecological: readonly EcologicalPairObject[];
  @Field(() => [String], {
    description: 'Fields of more than 1000 levels, which are identifiers, or too many for the classes.',
  })
  refusedFactors: readonly string[];
}
