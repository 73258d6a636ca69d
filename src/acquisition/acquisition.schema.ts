import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { BulkReportObject, DatasetObject } from '../catalogue/catalogue.schema.ts';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { FactorKind } from './acquisition-record.ts';

const FactorKindEnum = {
  NOMINAL: 'NOMINAL',
  ORDINAL: 'ORDINAL',
  CONTINUOUS: 'CONTINUOUS',
  TIME: 'TIME',
} as const;
registerEnumType(FactorKindEnum, {
  name: 'FactorKind',
  description: 'What the values of a declared factor are.',
  valuesConfig: {
    NOMINAL: { description: 'Names without an order.' },
    ORDINAL: { description: 'Names with an order.' },
    CONTINUOUS: { description: 'Numbers.' },
    TIME: { description: 'Moments or dates.' },
  },
});

@ObjectType('AcquisitionValue', {
  description: 'One value of an acquisition record, and where it came from.',
})
@Guard('inherit')
export class AcquisitionValueObject {
  @Field(() => String, { description: 'Column or declared factor.' }) name: string;
  @Field(() => String, { description: 'The value; numbers as canonical decimals.' }) value: string;
  @Field(() => String, { nullable: true, description: 'exif, csv, file-name, …' }) source: string | null;
}

@ObjectType('Acquisition', { description: 'How an image was made.' })
@Guard('dataset.read')
export class AcquisitionObject {
  datasetId: string;
  @Field(() => String, { description: 'The unit it belongs to; its own id where the unit is unknown.' })
  unit: string;
  @Field(() => Boolean, { description: 'Whether the unit is known.' }) unitKnown: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'ISO 8601 as recorded; without a zone where the source gave none.',
  })
  capturedAt: string | null;
  @Field(() => String, { nullable: true, description: 'Place, centre, field.' }) site: string | null;
  @Field(() => String, { nullable: true, description: 'Camera, microscope, scanner.' }) device: string | null;
  @Field(() => String, { nullable: true, description: 'Who operated it.' }) operator: string | null;
  @Field(() => String, { nullable: true, description: 'Session, plate, run.' }) session: string | null;
  @Field(() => String, { nullable: true, description: 'Plant, animal, patient, slide, plot.' }) subject:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'Protocol followed.' }) protocol: string | null;
  @Field(() => String, { nullable: true, description: 'Growth or disease stage.' }) stage: string | null;
  @Field(() => String, { nullable: true, description: 'View or projection.' }) view: string | null;
  @Field(() => String, { nullable: true, description: 'Distance to the subject, metres.' }) distance:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'Angle, degrees.' }) angle: string | null;
  @Field(() => String, { nullable: true, description: 'Magnification, times.' }) magnification: string | null;
  @Field(() => String, { nullable: true, description: 'Pixel size, micrometres.' }) pixelSize: string | null;
  @Field(() => String, { nullable: true, description: 'Illumination.' }) illumination: string | null;
  @Field(() => String, { nullable: true, description: 'Weather.' }) weather: string | null;
  @Field(() => [AcquisitionValueObject], {
    description: 'Every value with its source: typed columns, then declared factors.',
  })
  values: AcquisitionValueObject[];
  @Field(() => [AcquisitionValueObject], {
    nullable: true,
    description:
      'Position, serial numbers, owner, maker notes; null, with an error, for who may not read them.',
  })
  @Guard('restricted.read')
  restricted: AcquisitionValueObject[] | null;
}

@ObjectType('DeclaredFactor', { description: 'A factor beyond the typed columns.' })
@Guard('dataset.read')
export class DeclaredFactorObject {
  datasetId: string;
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => FactorKindEnum, { description: 'What its values are.' }) kind: FactorKind;
  @Field(() => String, { nullable: true, description: 'Unit of its numbers.' }) unit: string | null;
}

@InputType({ description: 'A factor to declare.' })
export class FactorInput {
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => FactorKindEnum, { description: 'What its values are.' }) kind: FactorKind;
  @Field(() => String, { nullable: true, defaultValue: null, description: 'Unit of its numbers.' }) unit:
    | string
    | null;
}

@InputType({ description: 'Factors to declare.' })
export class DeclareFactorsInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => [FactorInput], { description: 'Declaring the same again changes nothing.' })
  factors: FactorInput[];
}

@InputType({ description: 'One value.' })
export class FieldValueInput {
  @Field(() => String, { description: 'Column, restricted field or declared factor.' }) name: string;
  @Field(() => String, { description: 'An empty value says nothing.' }) value: string;
}

@InputType({ description: 'Metadata of one image.' })
export class AcquisitionRowInput {
  @Field(() => String, { description: 'Its name.' }) image: string;
  @Field(() => [FieldValueInput], { description: 'Laid over what is held.' }) values: FieldValueInput[];
}

@InputType({ description: 'Metadata of many images.' })
export class RecordAcquisitionInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Where the values come from: csv, file-name, …' }) source: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Take nothing if one row is bad.' })
  strict: boolean;
  @Field(() => [AcquisitionRowInput], { description: 'At most a few thousand a request.' })
  rows: AcquisitionRowInput[];
}

export const RecordAcquisitionResult = resultOf('RecordAcquisition', BulkReportObject);
export const DeclareFactorsResult = resultOf('DeclareFactors', DatasetObject);
