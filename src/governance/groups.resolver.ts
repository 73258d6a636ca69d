import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../platform/context.ts';
import {
  AddToGroupInput,
  AddToGroupResult,
  CreateGroupInput,
  CreateGroupResult,
  RemoveFromGroupInput,
  RemoveFromGroupResult,
} from './groups.schema.ts';
import { addToGroup, createGroup, removeFromGroup } from './manage-groups.usecase.ts';
import { orProblem } from './problem.schema.ts';
import { Guard } from './rule.schema.ts';

@Resolver()
export class GroupsResolver {
  @Mutation(() => CreateGroupResult as never, {
    description: 'Makes a group, which holds no grant and has no member yet.',
  })
  @Guard('access.administer')
  createGroup(
    @Ctx() context: Context,
    @Arg('input', () => CreateGroupInput, { description: 'Its name.' }) input: CreateGroupInput,
  ) {
    return orProblem(createGroup(context, input));
  }

  @Mutation(() => AddToGroupResult as never, { description: 'Lets a principal hold the grants of a group.' })
  @Guard('access.administer')
  addToGroup(
    @Ctx() context: Context,
    @Arg('input', () => AddToGroupInput, { description: 'Who, where, until when.' }) input: AddToGroupInput,
  ) {
    return orProblem(addToGroup(context, input));
  }

  @Mutation(() => RemoveFromGroupResult as never, {
    description: 'Takes a principal out of a group, at once.',
  })
  @Guard('access.administer')
  removeFromGroup(
    @Ctx() context: Context,
    @Arg('input', () => RemoveFromGroupInput, { description: 'Who and where.' }) input: RemoveFromGroupInput,
  ) {
    return orProblem(removeFromGroup(context, input));
  }
}
