import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { BulkReportObject, DatasetObject } from '../catalogue/catalogue.schema.ts';
import { connectionOf } from '../governance/connection.schema.ts';
import { NodeObject } from '../governance/governance.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { ANNOTATOR_KINDS, type AnnotatorKind } from './annotator-kind.ts';
import { GeometryInput, GeometryUnion } from './geometry.schema.ts';
import { ANNOTATION_KINDS, type AnnotationKind } from './geometry.ts';
import { ROUND_PURPOSES, type RoundPurpose } from './round-purpose.ts';

const AnnotationKindEnum = Object.fromEntries(ANNOTATION_KINDS.map((kind) => [kind, kind])) as {
  [K in AnnotationKind]: K;
};
registerEnumType(AnnotationKindEnum, {
  name: 'AnnotationKind',
  description: 'What an annotation states.',
  valuesConfig: {
    CLASS: { description: 'The whole image is of a class.' },
    ATTRIBUTE: { description: 'The image has this text for an attribute.' },
    VALUE: { description: 'The image has this number.' },
    POINT: { description: 'Something is at a point.' },
    BOX: { description: 'Something is in an upright box.' },
    ROTATED_BOX: { description: 'Something is in a turned box.' },
    POLYGON: { description: 'Something has this outline.' },
    POLYLINE: { description: 'Something runs along this line.' },
    ELLIPSE: { description: 'Something is in an ellipse.' },
    MASK: { description: 'Something has these pixels.' },
    EMPTY: { description: 'The annotator saw the image, and nothing is there to mark.' },
    SKIP: { description: 'The annotator saw the image and gave it up.' },
  },
});
const AnnotatorKindEnum = Object.fromEntries(ANNOTATOR_KINDS.map((kind) => [kind, kind])) as {
  [K in AnnotatorKind]: K;
};
registerEnumType(AnnotatorKindEnum, {
  name: 'AnnotatorKind',
  description: 'Who annotates.',
  valuesConfig: {
    HUMAN: { description: 'A person.' },
    GROUP: { description: 'People who are only counted: their votes.' },
    MODEL: { description: 'A model.' },
    DERIVED: { description: 'A rule over others’ annotations.' },
    REFERENCE: { description: 'What its source takes for the truth.' },
  },
});
const RoundPurposeEnum = Object.fromEntries(ROUND_PURPOSES.map((purpose) => [purpose, purpose])) as {
  [K in RoundPurpose]: K;
};
registerEnumType(RoundPurposeEnum, {
  name: 'RoundPurpose',
  description: 'What a round is for.',
  valuesConfig: {
    LABELLING: { description: 'To label.' },
    REPEAT: { description: 'To look again at what one labelled oneself: self-consistency.' },
    ADJUDICATION: { description: 'To settle disagreement, having seen it; never counts as agreement.' },
  },
});
const RoundStateEnum = { OPEN: 'OPEN', CLOSED: 'CLOSED' } as const;
registerEnumType(RoundStateEnum, {
  name: 'RoundState',
  description: 'Whether a round takes annotations.',
  valuesConfig: { OPEN: { description: 'It does.' }, CLOSED: { description: 'It does not any more.' } },
});

@ObjectType('NamedValue', { description: 'A name and its value.' })
@Guard('inherit')
export class NamedValueObject {
  @Field(() => String, { description: 'The name.' }) name: string;
  @Field(() => String, { description: 'The value.' }) value: string;
}

@ObjectType('Annotation', {
  implements: NodeObject,
  description: 'One statement of one annotator about one image.',
})
@Guard('dataset.read')
export class AnnotationObject extends NodeObject {
  datasetId: string;
  imageId: string;
  asOf: number;
  @Field(() => String, { description: 'Pseudonym of who says so.' }) annotator: string;
  @Field(() => String, { nullable: true, description: 'The round it was made in.' }) round: string | null;
  @Field(() => AnnotationKindEnum, { description: 'What it states.' }) kind: AnnotationKind;
  @Field(() => String, { nullable: true, description: 'The class.' }) label: string | null;
  @Field(() => String, { nullable: true, description: 'What is valued.' }) attribute: string | null;
  @Field(() => String, { nullable: true, description: 'The value.' }) value: string | null;
  @Field(() => GeometryUnion, { nullable: true, description: 'The shape, in the stored-pixel frame.' })
  geometry: typeof GeometryUnion | null;
  @Field(() => String, { nullable: true, description: 'From 0 to 1, a decimal.' }) confidence: string | null;
  @Field(() => String, { nullable: true, description: 'Seconds spent, a decimal.' }) seconds: string | null;
  @Field(() => String, { nullable: true, description: 'When it was made, as recorded.' }) annotatedAt:
    | string
    | null;
  @Field(() => [NamedValueObject], { description: 'What its source says besides.' })
  attributes: readonly NamedValueObject[];
  @Field(() => String, { nullable: true, description: 'Format and frame of its source.' }) source:
    | string
    | null;
  @Field(() => Int, { description: 'Which look of the annotator at the image it was, 1 for the first.' })
  pass: number;
  @Field(() => Int, { description: 'How many unnamed people said so, of a GROUP; else 1.' }) votes: number;
  supersedes: string | null;
  corrects: string | null;
}
export const AnnotationConnection = connectionOf<AnnotationObject>('Annotation', () => AnnotationObject);

@ObjectType('Annotator', { description: 'Who annotates, under a pseudonym.' })
@Guard('dataset.read')
export class AnnotatorObject {
  datasetId: string;
  @Field(() => String, { description: 'Unique in the dataset.' }) pseudonym: string;
  @Field(() => AnnotatorKindEnum, { description: 'Person, model or rule.' }) kind: AnnotatorKind;
  @Field(() => String, { nullable: true, description: 'As declared.' }) expertise: string | null;
}

@ObjectType('Guideline', { description: 'A version of the annotation guideline.' })
@Guard('dataset.read')
export class GuidelineObject {
  datasetId: string;
  @Field(() => String, { description: 'Its version.' }) version: string;
  @Field(() => String, { description: 'Its text.' }) text: string;
}

@ObjectType('AnnotationRound', { description: 'A round of annotation under one guideline.' })
@Guard('dataset.read')
export class AnnotationRoundObject {
  datasetId: string;
  asOf: number;
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => String, { nullable: true, description: 'The guideline it follows.' }) guidelineVersion:
    | string
    | null;
  @Field(() => Boolean, { description: 'Whether annotators work without seeing one another.' })
  blind: boolean;
  @Field(() => RoundStateEnum, { description: 'Open or closed.' }) state: 'OPEN' | 'CLOSED';
  @Field(() => RoundPurposeEnum, { description: 'What it is for.' }) purpose: RoundPurpose;
}

@InputType({ description: 'A name and its value.' })
export class NamedValueInput {
  @Field(() => String, { description: 'The name.' }) name: string;
  @Field(() => String, { description: 'The value.' }) value: string;
}

@InputType({ description: 'One statement about one image.' })
export class AnnotationInput {
  @Field(() => String, { description: 'Name of the image.' }) image: string;
  @Field(() => String, { description: 'Pseudonym of the annotator.' }) annotator: string;
  @Field(() => AnnotationKindEnum, { description: 'What is stated.' }) kind: AnnotationKind;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'The class.' }) label:
    | string
    | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'What is valued.' }) attribute:
    | string
    | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'The value.' }) value:
    | string
    | null;
  @Field(() => GeometryInput, {
    nullable: true,
    defaultValue: null,
    description: 'The shape, in the stored-pixel frame.',
  })
  geometry: GeometryInput | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'From 0 to 1, a decimal.' })
  confidence: string | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'Seconds spent, a decimal.' })
  seconds: string | null;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'When it was made.' }) annotatedAt:
    | string
    | null;
  @Field(() => [NamedValueInput], { defaultValue: [], description: 'What the source says besides.' })
  attributes: NamedValueInput[];
  @Field(() => Int, {
    defaultValue: 0,
    description: '0 for the first of otherwise identical statements in one source, 1 for the second, …',
  })
  occurrence: number;
  @Field(() => ID, {
    nullable: true,
    defaultValue: null,
    description: 'Id of the same annotator’s annotation that this one replaces.',
  })
  supersedes: string | null;
  @Field(() => Int, { defaultValue: 1, description: 'Which look of the annotator at the image, from 1.' })
  pass: number;
  @Field(() => Int, { defaultValue: 1, description: 'How many unnamed people of a GROUP said so.' })
  votes: number;
  @Field(() => ID, {
    nullable: true,
    defaultValue: null,
    description: 'Id of the model’s annotation that this one of a person corrects. Both are kept.',
  })
  corrects: string | null;
}

@InputType({ description: 'What people and models say of images.' })
export class RecordAnnotationsInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Format and frame of the source.' }) source: string;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'An open round of the dataset.' })
  round: string | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Take nothing if one row is bad.' })
  strict: boolean;
  @Field(() => [AnnotationInput], { description: 'At most a few thousand a request.' })
  annotations: AnnotationInput[];
}

@InputType({ description: 'Who an annotator is.' })
export class AnnotatorInput {
  @Field(() => String, { description: 'A pseudonym, never an address.' }) pseudonym: string;
  @Field(() => AnnotatorKindEnum, { defaultValue: 'HUMAN', description: 'Person, model or rule.' })
  kind: AnnotatorKind;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'Expertise.' }) expertise:
    | string
    | null;
}

@InputType({ description: 'Annotators to declare.' })
export class DeclareAnnotatorsInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => [AnnotatorInput], { description: 'Declaring the same again changes nothing.' })
  annotators: AnnotatorInput[];
}

@InputType({ description: 'A guideline to add.' })
export class AddGuidelineInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'A version, which keeps its text for good.' }) version: string;
  @Field(() => String, { description: 'Its text.' }) text: string;
}

@InputType({ description: 'A round to open.' })
export class OpenRoundInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'The guideline it follows.' })
  guidelineVersion: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether annotators work without seeing one another.',
  })
  blind: boolean;
  @Field(() => RoundPurposeEnum, { defaultValue: 'LABELLING', description: 'What it is for.' })
  purpose: RoundPurpose;
}

@InputType({ description: 'A round to close.' })
export class CloseRoundInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Its name.' }) name: string;
}

export const RecordAnnotationsResult = resultOf('RecordAnnotations', BulkReportObject);
export const DeclareAnnotatorsResult = resultOf('DeclareAnnotators', DatasetObject);
export const AddGuidelineResult = resultOf('AddGuideline', DatasetObject);
export const OpenRoundResult = resultOf('OpenRound', DatasetObject);
export const CloseRoundResult = resultOf('CloseRound', DatasetObject);
