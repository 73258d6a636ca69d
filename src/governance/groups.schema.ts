import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { resultOf } from './problem.schema.ts';
import { Guard } from './rule.schema.ts';

@ObjectType('Group', { description: 'Principals who hold its grants together.' })
@Guard('inherit')
export class GroupObject {
  @Field(() => String, { description: 'Unique on the instance, among principals too.' }) name: string;
}

@ObjectType('GroupMembership', { description: 'A principal in a group.' })
@Guard('inherit')
export class GroupMembershipObject {
  @Field(() => String, { description: 'Name of the group.' }) group: string;
  @Field(() => String, { description: 'Name of the principal.' }) principal: string;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ends by itself; null: never.' })
  expiresAt: Date | null;
}

@ObjectType('EndedMembership', { description: 'A principal who is no member of a group.' })
@Guard('inherit')
export class EndedMembershipObject {
  @Field(() => String, { description: 'Name of the group.' }) group: string;
  @Field(() => String, { description: 'Name of the principal.' }) principal: string;
}

@InputType({ description: 'A new group.' })
export class CreateGroupInput {
  @Field(() => String, { description: 'a–z, 0–9, ".", "_", "-".' }) name: string;
}

@InputType({ description: 'A principal for a group.' })
export class AddToGroupInput {
  @Field(() => String, { description: 'Name of the group.' }) group: string;
  @Field(() => String, { description: 'Name of the principal.' }) principal: string;
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    defaultValue: null,
    description:
      'When the membership ends by itself; null: never. Replaces the term of a membership held already.',
  })
  expiresAt: Date | null;
}

@InputType({ description: 'A principal to take out of a group.' })
export class RemoveFromGroupInput {
  @Field(() => String, { description: 'Name of the group.' }) group: string;
  @Field(() => String, { description: 'Name of the principal.' }) principal: string;
}

export const CreateGroupResult = resultOf('CreateGroup', GroupObject);
export const AddToGroupResult = resultOf('AddToGroup', GroupMembershipObject);
export const RemoveFromGroupResult = resultOf('RemoveFromGroup', EndedMembershipObject);
