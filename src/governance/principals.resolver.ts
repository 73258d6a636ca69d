import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { PrincipalKind } from '../kernel/actor.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { PageArgs, toConnection } from './connection.schema.ts';
import {
  AccessTokenObject,
  PrincipalConnection,
  PrincipalKindEnum,
  PrincipalObject,
  ViewerObject,
} from './governance.schema.ts';
import { HeldGrantObject } from './grants.schema.ts';
import { GroupMembershipObject } from './groups.schema.ts';
import {
  allTokensLoader,
  grantsLoader,
  groupsLoader,
  membersLoader,
  tokensLoader,
} from './principals.loaders.ts';
import {
  listPrincipals,
  type Principal,
  readOwnGrants,
  readOwnTokens,
  readPrincipal,
} from './read-principals.usecase.ts';
import { Guard } from './rule.schema.ts';

const ENDED = { defaultValue: false, description: 'With those that expired or were revoked.' };

/** A principal is reached by who administers the instance alone; its fields are judged with it. */
@Resolver(() => PrincipalObject)
export class PrincipalsResolver {
  @Query(() => PrincipalConnection, {
    description: 'People, machines and groups, by name; for who administers the instance.',
  })
  @Guard('access.administer')
  async principals(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('kind', () => PrincipalKindEnum, { nullable: true, description: 'Only of this kind.' })
    kind?: PrincipalKind | null,
    @Arg('nameContains', () => String, { nullable: true, description: 'Only whose name has this in it.' })
    nameContains?: string | null,
  ) {
    return toConnection(await listPrincipals(context, { ...page, kind, nameContains }));
  }

  @Query(() => PrincipalObject, {
    description: 'The principal or the group of this name; for who administers the instance.',
  })
  @Guard('access.administer')
  principal(@Ctx() context: Context, @Arg('name', () => String, { description: 'Its name.' }) name: string) {
    return readPrincipal(context, name);
  }

  @FieldResolver(() => [HeldGrantObject], { description: 'What it was given itself and is in force.' })
  @Guard('inherit')
  grants(@Ctx() context: Context, @Root() { id }: Principal) {
    return perRequest(context, grantsLoader).load(id);
  }

  @FieldResolver(() => [GroupMembershipObject], { description: 'The groups whose grants it holds too.' })
  @Guard('inherit')
  groups(@Ctx() context: Context, @Root() { id }: Principal) {
    return perRequest(context, groupsLoader).load(id);
  }

  @FieldResolver(() => [GroupMembershipObject], { description: 'Of a group, who holds its grants.' })
  @Guard('inherit')
  members(@Ctx() context: Context, @Root() { id }: Principal) {
    return perRequest(context, membersLoader).load(id);
  }

  @FieldResolver(() => [AccessTokenObject], {
    description: 'Its tokens, the latest first, without their secrets.',
  })
  @Guard('inherit')
  tokens(
    @Ctx() context: Context,
    @Root() { id }: Principal,
    @Arg('ended', () => Boolean, ENDED) ended: boolean,
  ) {
    return perRequest(context, ended ? allTokensLoader : tokensLoader).load(id);
  }
}

@Resolver(() => ViewerObject)
export class ViewerAccessResolver {
  @FieldResolver(() => [HeldGrantObject], {
    description: 'What it holds, by itself and by its groups, of datasets that this token may know of.',
  })
  grants(@Ctx() context: Context) {
    return readOwnGrants(context);
  }

  @FieldResolver(() => [AccessTokenObject], {
    description:
      'Its tokens, the latest first, without their secrets; to one narrowed to datasets, those as narrow alone.',
  })
  tokens(@Ctx() context: Context, @Arg('ended', () => Boolean, ENDED) ended: boolean) {
    return readOwnTokens(context, ended);
  }
}
