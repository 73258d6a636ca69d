import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { resultOf } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { RenderingRequest } from './rendering-request.ts';

const RenderingStateEnum = {
  WAITING: 'WAITING',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
} as const;
registerEnumType(RenderingStateEnum, {
  name: 'RenderingState',
  description: 'How far a rendering is.',
  valuesConfig: {
    WAITING: { description: 'No server has begun.' },
    RUNNING: { description: 'It is being made.' },
    DONE: { description: 'Its files are there.' },
    FAILED: { description: 'It could not be made; `fault` says why.' },
  },
});

@ObjectType('RenderingFormat', { description: 'A form in which snapshots are handed out.' })
@Guard('authenticated')
export class RenderingFormatObject {
  @Field(() => String, {
    description: 'Its name, as `holotype render` and `holotype pull --format` know it.',
  })
  name: string;
  @Field(() => Int, { description: 'Version of the exporter; another output is another version.' })
  version: number;
  @Field(() => Boolean, {
    description: 'Whether bytes of images are in it; it is handed out to those alone who may read pixels.',
  })
  holdsPixels: boolean;
  @Field(() => String, { description: 'What it is for.' }) purpose: string;
  @Field(() => [String], { description: 'What it never says, of whichever snapshot.' })
  limits: readonly string[];
}

@ObjectType('RenderingLoss', {
  description: 'What a rendering does not say, of how many statements or images.',
})
@Guard('inherit')
export class RenderingLossObject {
  @Field(() => String, { description: 'What is lost.' }) what: string;
  @Field(() => Int, { description: 'Of how many.' }) count: number;
  @Field(() => String, { description: 'What became of it.' }) message: string;
}

@ObjectType('RenderingFile', {
  description: 'A file of a rendering, served at its address for as long as the snapshot is.',
})
@Guard('inherit')
export class RenderingFileObject {
  @Field(() => String, { description: 'Below the snapshot’s address.' }) path: string;
  @Field(() => String, { description: 'Where it is fetched, options and all.' }) address: string;
  @Field(() => String, { description: 'SHA-256 of its bytes.' }) digest: string;
  @Field(() => Float, { description: 'Bytes.' }) size: number;
  @Field(() => String, { description: 'Media type.' }) mediaType: string;
}

@ObjectType('Rendering', {
  description:
    'A form of a snapshot, made once: a function of its digest, the options and the exporter’s version.',
})
@Guard('inherit')
export class RenderingObject {
  @Field(() => ID, { description: 'The same request has the same id everywhere.' }) id: string;
  request: RenderingRequest;
  @Field(() => RenderingStateEnum, { description: 'How far it is.' }) state: keyof typeof RenderingStateEnum;
  @Field(() => Int, { description: 'Images read in the present pass over them.' }) done: number;
  @Field(() => Int, { description: 'Images of the snapshot; 0 before it is begun.' }) total: number;
  @Field(() => String, { nullable: true, description: 'Why it could not be made.' }) fault: string | null;
  @Field(() => [RenderingLossObject], { description: 'What it does not say of this snapshot.' })
  losses: readonly RenderingLossObject[];
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was made.' }) madeAt: Date | null;
}

@InputType({ description: 'Which form of which snapshot.' })
export class OrderRenderingInput {
  @Field(() => String, { description: 'Digest of the snapshot, sha256:….' }) snapshot: string;
  @Field(() => String, { description: 'Name of the form, such as parquet.' }) format: string;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'Name of a consensus that the snapshot carries, to be taken for the truth.',
  })
  consensus: string | null;
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description: 'Pseudonym of the annotator whose statements alone are wanted.',
  })
  annotator: string | null;
}

export const OrderRenderingResult = resultOf('OrderRendering', RenderingObject);
