import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { DatasetObject } from '../../catalogue/catalogue.schema.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { toConnection } from '../../governance/connection.schema.ts';
import type { Context } from '../../platform/context.ts';
import { JobConnection, JobsArgs } from './jobs.schema.ts';
import { listJobs } from './read-jobs.usecase.ts';

@Resolver(() => DatasetObject)
export class DatasetJobsResolver {
  @FieldResolver(() => JobConnection, {
    description:
      'What was ordered of it and is made by a job, the latest first; what you may not fetch is not there.',
  })
  async jobs(@Ctx() context: Context, @Root() dataset: Dataset, @Args(() => JobsArgs) args: JobsArgs) {
    return toConnection(await listJobs(context, dataset, args));
  }
}
