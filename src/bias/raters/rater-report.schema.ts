import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { BiasReportObject } from '../bias.schema.ts';
import { EstimateObject } from '../cards/estimate.schema.ts';

const RaterIdentityKindEnum = {
  IMPROBABLE_AGREEMENT: 'IMPROBABLE_AGREEMENT',
  EQUALS_REFERENCE: 'EQUALS_REFERENCE',
} as const;
registerEnumType(RaterIdentityKindEnum, {
  name: 'RaterIdentityKind',
  description: 'What makes it doubtful that names are different people.',
  valuesConfig: {
    IMPROBABLE_AGREEMENT: {
      description: 'Two agree far beyond what two who judge by themselves would (Wollack’s ω).',
    },
    EQUALS_REFERENCE: { description: 'One equals the reference, where the best of the others does not.' },
  },
});

@ObjectType('RaterClassShift', { description: 'How much oftener a rater says a class than the others do.' })
@Guard('inherit')
export class RaterClassShiftObject {
  @Field(() => String, { description: 'The class.' }) label: string;
  @Field(() => EstimateObject, {
    description: 'Binary logarithm of the ratio, on the same images: 1 is twice as often.',
  })
  shift: EstimateObject;
}

@ObjectType('RaterFactor', { description: 'Whether a rater is worse at one level of a factor.' })
@Guard('inherit')
export class RaterFactorObject {
  @Field(() => String, { description: 'The factor.' }) factor: string;
  @Field(() => EstimateObject, {
    description: 'Cramér’s V, corrected, of agreeing with the majority and the factor; q over raters.',
  })
  association: EstimateObject;
  @Field(() => String, {
    nullable: true,
    description: 'The level with the largest share of disagreement, of those with 30 images; null: none has.',
  })
  worstLevel: string | null;
}

@ObjectType('SelfConsistency', {
  description: 'How well a rater agrees with the same rater a day or more later: the ceiling of agreement.',
})
@Guard('inherit')
export class SelfConsistencyObject {
  @Field(() => Int, { description: 'Pairs of looks at least 24 hours apart.' }) repeats: number;
  @Field(() => EstimateObject, { description: 'Share of the same class.' }) percentAgreement: EstimateObject;
  @Field(() => EstimateObject, { description: 'Cohen’s κ.' }) kappa: EstimateObject;
  @Field(() => EstimateObject, { description: 'Gwet’s AC1.' }) ac1: EstimateObject;
}

@ObjectType('RaterConfusion', {
  description: 'What a rater says of each true class, by Dawid and Skene’s model.',
})
@Guard('inherit')
export class RaterConfusionObject {
  @Field(() => [String], { description: 'The order of rows and columns.' }) classes: readonly string[];
  @Field(() => [[Float]], { description: 'P(says | is true), row by row of true class; each row sums to 1.' })
  shares: readonly (readonly number[])[];
}

@ObjectType('RaterRow', { description: 'One rater against the others.' })
@Guard('inherit')
export class RaterRowObject {
  @Field(() => String, { description: 'Pseudonym.' }) rater: string;
  @Field(() => EstimateObject, { description: 'Images that somebody else rated too.' }) items: EstimateObject;
  @Field(() => EstimateObject, {
    description:
      'Total variation of the use of classes from the others’ on the same images; p and q of Bhapkar’s test over its design effect.',
  })
  shift: EstimateObject;
  @Field(() => EstimateObject, { description: 'The same as Jensen–Shannon divergence, bits.' })
  jensenShannon: EstimateObject;
  @Field(() => [RaterClassShiftObject], { description: 'Largest first, at most 20.' })
  classes: readonly RaterClassShiftObject[];
  @Field(() => EstimateObject, {
    description: 'Places above the others’ mean in the declared order of the classes.',
  })
  severity: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of true labels, by Dawid and Skene’s model.' })
  accuracy: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Share of the uncertainty that one label takes away, by that model: 0 tells nothing.',
  })
  information: EstimateObject;
  @Field(() => RaterConfusionObject, {
    nullable: true,
    description:
      'By that model; null: `accuracy` says why it does not apply, there are more than 30 classes, or the engine is before holotype-bias/4.',
  })
  confusion: RaterConfusionObject | null;
  @Field(() => EstimateObject, {
    description: 'Drift of weekly disagreement over the whole time, in standard deviations within a week.',
  })
  drift: EstimateObject;
  @Field(() => EstimateObject, {
    description:
      'Disagreement in the last tenth of a session less the first; a pause of an hour ends a session.',
  })
  fatigue: EstimateObject;
  @Field(() => EstimateObject, { description: 'Sen slope of the logarithm of seconds an image, a week.' })
  speed: EstimateObject;
  @Field(() => SelfConsistencyObject, { description: 'Against the same rater.' })
  selfConsistency: SelfConsistencyObject;
  @Field(() => [RaterFactorObject], { description: 'By site, device, stage, view, protocol, illumination.' })
  factors: readonly RaterFactorObject[];
}

@ObjectType('RaterIdentity', {
  description: 'Names that may not be different people: a finding to look into, no proof.',
})
@Guard('inherit')
export class RaterIdentityObject {
  @Field(() => RaterIdentityKindEnum, { description: 'What it rests on.' })
  kind: keyof typeof RaterIdentityKindEnum;
  @Field(() => [String], { description: 'Two raters, or a rater and the reference.' })
  names: readonly string[];
  @Field(() => EstimateObject, { description: 'Images that both labelled.' }) sharedItems: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'Share on which both say the same; p for all pairs looked at.',
  })
  agreeing: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share to be expected.' }) expected: EstimateObject;
  @Field(() => String, { description: 'In a sentence.' }) sentence: string;
}

@ObjectType('RaterReport', {
  implements: BiasReportObject,
  description: 'Who among the raters of classes is systematically different, and who may be somebody else?',
})
@Guard('dataset.read')
export class RaterReportObject extends BiasReportObject {
  @Field(() => Int, { description: 'Raters who are people with a name.' }) raterCount: number;
  @Field(() => String, { nullable: true, description: 'The annotator taken for the truth; null: none.' })
  reference: string | null;
  @Field(() => [RaterRowObject], {
    description:
      'Of those who share 30 images or more the lowest agreement with the others first, at most 100.',
  })
  raters: readonly RaterRowObject[];
  @Field(() => [RaterIdentityObject], { description: 'Surest first.' })
  identities: readonly RaterIdentityObject[];
}
