import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, InputType, ObjectType } from 'type-graphql';
import type { AuditPhase } from './audit-chain.ts';
import { AuditPhaseEnum } from './governance.schema.ts';
import { Guard } from './rule.schema.ts';

@InputType({ description: 'What is wanted of the audit log; what is left out is no condition.' })
export class AuditFilterInput {
  @Field(() => String, { nullable: true, description: 'The action, or how it begins, such as `snapshot.`.' })
  action?: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the principal.' }) principal?: string | null;
  @Field(() => AuditPhaseEnum, { nullable: true, description: 'Attempts or outcomes alone.' })
  phase?: AuditPhase | null;
  @Field(() => String, { nullable: true, description: 'Failures of this code.' }) code?: string | null;
  @Field(() => String, { nullable: true, description: 'What one request did: its `X-Request-Id`.' })
  requestId?: string | null;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'From this moment on.' })
  since?: Date | null;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Before this moment.' })
  until?: Date | null;
}

@ObjectType('AuditCheckpoint', { description: 'A signed word on how the audit chain stood.' })
@Guard('inherit')
export class AuditCheckpointObject {
  @Field(() => Float, {
    nullable: true,
    description: 'The event up to which everything is signed; null: nothing new had happened.',
  })
  sequence: number | null;
}
