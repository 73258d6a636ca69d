import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import { ExclusionStageEnum } from '../../catalogue/catalogue.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import type { FieldChange, ImageChange } from './image-history.ts';

const TYPES: Readonly<Record<ImageChange['kind'], string>> = {
  REGISTERED: 'ImageRegistered',
  RECORDED: 'AcquisitionRecorded',
  EXCLUDED: 'ImageExcluded',
  READMITTED: 'ImageReadmitted',
  LABELLED: 'ImageLabelled',
};

@InterfaceType('ImageChange', {
  description: 'What one revision did to one image.',
  resolveType: ({ kind }: ImageChange) => TYPES[kind],
})
@Guard('inherit')
export abstract class ImageChangeObject {
  @Field(() => Int, { description: 'The revision.' }) revision: number;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was committed.' }) at: Date;
}

@ObjectType('ImageRegistered', { implements: ImageChangeObject, description: 'It came into the dataset.' })
@Guard('inherit')
export class ImageRegisteredObject extends ImageChangeObject {}

@ObjectType('ImageReadmitted', {
  implements: ImageChangeObject,
  description: 'Its exclusion was taken back.',
})
@Guard('inherit')
export class ImageReadmittedObject extends ImageChangeObject {}

@ObjectType('ImageExcluded', { implements: ImageChangeObject, description: 'It was kept out.' })
@Guard('inherit')
export class ImageExcludedObject extends ImageChangeObject {
  @Field(() => ExclusionStageEnum, { description: 'The stage of the flow.' }) stage: string;
  @Field(() => String, { description: 'The reason, as given.' }) reason: string;
}

@ObjectType('AcquisitionFieldChange', { description: 'A field of an acquisition record before and after.' })
@Guard('inherit')
export class AcquisitionFieldChangeObject implements FieldChange {
  @Field(() => String, { description: 'Column or declared factor.' }) name: string;
  @Field(() => String, { nullable: true, description: 'Null: it had no value.' }) before: string | null;
  @Field(() => String, { nullable: true, description: 'Null: it has no value any more.' }) after:
    | string
    | null;
}

@ObjectType('AcquisitionRecorded', {
  implements: ImageChangeObject,
  description: 'How it was made was recorded, or corrected; restricted fields are not told.',
})
@Guard('inherit')
export class AcquisitionRecordedObject extends ImageChangeObject {
  @Field(() => [AcquisitionFieldChangeObject], { description: 'What changed.' })
  fields: AcquisitionFieldChangeObject[];
}

@ObjectType('ImageLabelled', {
  implements: ImageChangeObject,
  description: 'An annotator said something of it; what is under seal from you is not told.',
})
@Guard('inherit')
export class ImageLabelledObject extends ImageChangeObject {
  @Field(() => String, { description: 'Pseudonym.' }) annotator: string;
  @Field(() => Int, { description: 'Annotations that hold since.' }) said: number;
  @Field(() => Int, { description: 'Annotations that no longer hold.' }) superseded: number;
}
