import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { PrincipalKind, Privilege, Role } from '../kernel/actor.ts';
import { PrincipalKindEnum, RoleEnum } from './governance.schema.ts';
import { Guard } from './rule.schema.ts';

@ObjectType('HeldGrant', { description: 'A grant that is in force.' })
@Guard('inherit')
export class HeldGrantObject {
  @Field(() => String, { description: 'Name of the principal, or of the group, that was given it.' })
  principal: string;
  @Field(() => PrincipalKindEnum, { description: 'What that is.' }) principalKind: PrincipalKind;
  @Field(() => RoleEnum, { description: 'The role, or the privilege.' }) role: Role | Privilege;
  @Field(() => String, {
    description: 'Name of who gave it; `instance` for what was there from the beginning.',
  })
  grantedBy: string;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was given, or given anew.' }) grantedAt: Date;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ends by itself; null: never.' })
  expiresAt: Date | null;
}
