import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { DatasetObject } from '../../catalogue/catalogue.schema.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { PageArgs, toConnection } from '../../governance/connection.schema.ts';
import { orProblem } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import type { Context } from '../../platform/context.ts';
import { DeclareConsentInput, DeclareConsentResult, SubjectConsentConnection } from './consent.schema.ts';
import { declareConsent } from './declare-consent.usecase.ts';
import { readConsents } from './list-consents.usecase.ts';

@Resolver(() => DatasetObject)
export class DatasetConsentResolver {
  @FieldResolver(() => SubjectConsentConnection, {
    description: 'To what its subjects consent, by subject; for who may read restricted metadata.',
  })
  @Guard('restricted.read')
  async subjectConsents(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return toConnection(await readConsents(context, dataset.datasetId, page));
  }

  @Mutation(() => DeclareConsentResult as never, {
    description:
      'Declares to what subjects consent. No withdrawal: nothing is erased, and another declaration takes it back.',
  })
  @Guard('terms.declare')
  declareConsent(
    @Ctx() context: Context,
    @Arg('input', () => DeclareConsentInput, { description: 'Who, to what, until when.' })
    input: DeclareConsentInput,
  ) {
    return orProblem(declareConsent(context, input));
  }
}
