import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { BulkReportObject } from '../catalogue/catalogue.schema.ts';
import { connectionOf } from '../governance/connection.schema.ts';
import { ErrorCodeEnum, resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import type { DuplicateJudgement, NamedDuplicate } from './declared-duplicate.ts';
import type { RefusalStage, RefusedImage } from './refused-image.ts';

const RefusalStageEnum = { COLLECTED: 'COLLECTED', DECODED: 'DECODED' } as const;
registerEnumType(RefusalStageEnum, {
  name: 'RefusalStage',
  description: 'The stage of the flow at which a candidate was lost at the door.',
  valuesConfig: {
    COLLECTED: { description: 'It never came so far that its bytes could be read.' },
    DECODED: { description: 'Its file could not be used.' },
  },
});
export const DuplicateJudgementEnum = { EXACT: 'EXACT', NEAR: 'NEAR', SIMILAR: 'SIMILAR' } as const;
registerEnumType(DuplicateJudgementEnum, {
  name: 'DuplicateJudgement',
  description: 'How alike two images were found.',
  valuesConfig: {
    EXACT: { description: 'Almost all pixels are the same.' },
    NEAR: { description: 'The same shot, processed differently.' },
    SIMILAR: { description: 'Two shots that can be told apart at the second glance only.' },
  },
});

@ObjectType('RefusedImage', { description: 'A candidate that was refused at the door.' })
@Guard('dataset.read')
export class RefusedImageObject {
  datasetId: string;
  @Field(() => String, { nullable: true, description: 'Its name; null where names are restricted.' }) name:
    | string
    | null;
  @Field(() => RefusalStageEnum, { description: 'The stage of the flow.' }) stage: RefusalStage;
  @Field(() => ErrorCodeEnum, { description: 'Which rule it broke.' }) code: ErrorCode;
  @Field(() => String, {
    nullable: true,
    description: 'What was wrong; null where names are restricted, which it may repeat.',
  })
  reason: string | null;
  @Field(() => String, { nullable: true, description: 'Id of the principal whose import was refused.' })
  refusedBy: string | null;
  @Field(() => Int, { description: 'The revision that recorded it.' }) since: number;
}
export const RefusedImageConnection = connectionOf<RefusedImageObject>(
  'RefusedImage',
  () => RefusedImageObject,
);

@ObjectType('DeclaredDuplicate', { description: 'Two images that somebody found to be copies.' })
@Guard('dataset.read')
export class DeclaredDuplicateObject {
  datasetId: string;
  @Field(() => String, { description: 'Id of one.' }) first: string;
  @Field(() => String, { description: 'Id of the other.' }) second: string;
  @Field(() => String, { nullable: true, description: 'Name of one; null where names are restricted.' })
  firstName: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the other; null where names are restricted.' })
  secondName: string | null;
  @Field(() => DuplicateJudgementEnum, { description: 'How alike.' }) judgement: DuplicateJudgement;
  @Field(() => String, { description: 'Who found it, and how.' }) source: string;
  @Field(() => Int, { description: 'The revision that recorded it.' }) since: number;
}
export const DeclaredDuplicateConnection = connectionOf<DeclaredDuplicateObject>(
  'DeclaredDuplicate',
  () => DeclaredDuplicateObject,
);

@InputType({ description: 'A candidate that a client refused.' })
export class ImageRefusalInput implements RefusedImage {
  @Field(() => String, { description: 'The name it would have had.' }) name: string;
  @Field(() => RefusalStageEnum, { description: 'The stage of the flow.' }) stage: RefusalStage;
  @Field(() => ErrorCodeEnum, { description: 'Which rule it broke.' }) code: ErrorCode;
  @Field(() => String, { description: 'What was wrong.' }) reason: string;
}

@InputType({ description: 'Candidates that a client refused before it sent them.' })
export class RecordRefusedImagesInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => [ImageRefusalInput], { description: 'Each with stage, code and reason.' })
  refusals: ImageRefusalInput[];
}

@InputType({ description: 'Two images by name, and how alike they are.' })
export class DuplicatePairInput implements NamedDuplicate {
  @Field(() => String, { description: 'Name of one.' }) first: string;
  @Field(() => String, { description: 'Name of the other.' }) second: string;
  @Field(() => DuplicateJudgementEnum, { description: 'How alike.' }) judgement: DuplicateJudgement;
}

@InputType({ description: 'Pairs of images found to be copies.' })
export class DeclareDuplicatesInput {
  @Field(() => String, { description: 'Slug.' }) dataset: string;
  @Field(() => String, { description: 'Who found them, and how.' }) source: string;
  @Field(() => [DuplicatePairInput], { description: 'In any order; each pair once.' })
  pairs: DuplicatePairInput[];
}

export const RecordRefusedImagesResult = resultOf('RecordRefusedImages', BulkReportObject);
export const DeclareDuplicatesResult = resultOf('DeclareDuplicates', BulkReportObject);
