import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import {
  AccessTokenObject,
  IssueTokenInput,
  IssueTokenResult,
  RoleEnum,
  ViewerObject,
} from '../../governance/governance.schema.ts';
import { HeldGrantObject } from '../../governance/grants.schema.ts';
import { orProblem } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { datasetOfScope } from '../../kernel/actor.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import { DatasetObject } from '../catalogue.schema.ts';
import type { Dataset } from '../dataset.ts';
import { grantsOnLoader, slugLoader } from './access.loaders.ts';
import { issueToken } from './issue-token.usecase.ts';
import { readOwnPrivileges } from './read-access.usecase.ts';

@Resolver(() => HeldGrantObject)
export class HeldGrantResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Slug of the dataset that it is on; null is the whole instance.',
  })
  async dataset(@Ctx() context: Context, @Root() { scope }: { scope: string }) {
    const id = datasetOfScope(scope);
    return id === null ? null : ((await perRequest(context, slugLoader).load(id)) ?? scope);
  }
}

@Resolver(() => AccessTokenObject)
export class TokenDatasetsResolver {
  @Mutation(() => IssueTokenResult as never, {
    description:
      'Issues a token, for oneself or by who administers the instance; its secret is shown this once.',
  })
  @Guard('authenticated')
  issueToken(
    @Ctx() context: Context,
    @Arg('input', () => IssueTokenInput, { description: 'For whom and what.' }) input: IssueTokenInput,
  ) {
    return orProblem(issueToken(context, input));
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description:
      'Slugs of the datasets that it is narrowed to, as far as you may know of them; null: it is not.',
  })
  async datasets(@Ctx() context: Context, @Root() { datasetIds }: { datasetIds: readonly string[] | null }) {
    if (datasetIds === null) return null;
    const slugs = await perRequest(context, slugLoader).loadMany(datasetIds);
    return slugs.filter((slug) => slug !== null);
  }
}

@Resolver(() => DatasetObject)
export class DatasetAccessResolver {
  @FieldResolver(() => [HeldGrantObject], {
    description:
      'Who was given what on this dataset; who holds something on the whole instance holds it here too.',
  })
  @Guard('access.administer')
  grants(@Ctx() context: Context, @Root() { id }: Dataset) {
    return perRequest(context, grantsOnLoader).load(id);
  }
}

@Resolver(() => ViewerObject)
export class ViewerPrivilegesResolver {
  @FieldResolver(() => [RoleEnum], {
    description: 'Its privileges on a dataset, or on the whole instance, as far as its token carries them.',
  })
  privileges(
    @Ctx() context: Context,
    @Arg('dataset', () => String, { nullable: true, description: 'A slug; null is the whole instance.' })
    dataset?: string | null,
  ) {
    return readOwnPrivileges(context, dataset ?? null);
  }
}
