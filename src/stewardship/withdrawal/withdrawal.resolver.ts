import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DatasetObject } from '../../catalogue/catalogue.schema.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { PageArgs, toConnection } from '../../governance/connection.schema.ts';
import { orProblem } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { SnapshotObject } from '../../snapshots/snapshots.schema.ts';
import { proposalLoader } from '../publication/publication.loaders.ts';
import { SnapshotProposalObject } from '../publication/publication.schema.ts';
import { readMissingImages, readWithdrawal, readWithdrawals } from './read-withdrawals.usecase.ts';
import type { Successor } from './successor.ts';
import { previewWithdrawal, withdrawImages } from './withdraw-images.usecase.ts';
import { degradedLoader, successorsLoader, viewLoader } from './withdrawal.loaders.ts';
import {
  FormerImagesEnum,
  MissingImageConnection,
  WithdrawalConnection,
  WithdrawalObject,
  WithdrawalReachObject,
  WithdrawalSuccessorObject,
  WithdrawImagesInput,
  WithdrawImagesResult,
} from './withdrawal.schema.ts';
import type { FormerImages, Withdrawal } from './withdrawal.ts';

@Resolver()
export class WithdrawalResolver {
  @Query(() => WithdrawalObject, { description: 'A withdrawal, by its id.' })
  @Guard('dataset.read')
  withdrawal(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Of the withdrawal.' }) id: string,
  ) {
    return readWithdrawal(context, id);
  }

  @Mutation(() => WithdrawImagesResult as never, {
    description:
      'Takes images back for good: their bytes, labels and metadata are destroyed, and snapshots that hold them degraded. Nothing brings them back.',
  })
  @Guard('image.withdraw')
  withdrawImages(
    @Ctx() context: Context,
    @Arg('input', () => WithdrawImagesInput, { description: 'Which, and why.' }) input: WithdrawImagesInput,
  ) {
    return orProblem(withdrawImages(context, input));
  }
}

@Resolver(() => WithdrawalObject)
export class WithdrawalSuccessorsResolver {
  @FieldResolver(() => [String], { description: 'Digests of the snapshots that it degraded.' })
  snapshots(@Root() { id }: Withdrawal, @Ctx() context: Context) {
    return perRequest(context, degradedLoader).load(id);
  }

  @FieldResolver(() => [WithdrawalSuccessorObject], {
    description:
      'What is proposed in the place of the snapshots that it degraded, of the newest of each lineage. Empty: none of these was the newest.',
  })
  successors(@Root() { id }: Withdrawal, @Ctx() context: Context) {
    return perRequest(context, successorsLoader).load(id);
  }
}

@Resolver(() => WithdrawalSuccessorObject)
export class SuccessorProposalResolver {
  @FieldResolver(() => SnapshotProposalObject, {
    nullable: true,
    description: 'The proposal, for another than who withdrew to review; null: there is none yet.',
  })
  proposal(@Root() { proposalId }: Successor, @Ctx() context: Context) {
    return proposalId && perRequest(context, proposalLoader).load(proposalId);
  }
}

@Resolver(() => DatasetObject)
export class DatasetWithdrawalsResolver {
  @FieldResolver(() => WithdrawalConnection, { description: 'What was withdrawn from it, the latest first.' })
  async withdrawals(@Root() { id }: Dataset, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return toConnection(await readWithdrawals(context, id, page));
  }

  @FieldResolver(() => WithdrawalReachObject, {
    description: 'What a withdrawal would reach; nothing is done.',
  })
  @Guard('image.withdraw')
  withdrawalReach(
    @Root() { slug }: Dataset,
    @Ctx() context: Context,
    @Arg('images', () => [String], { nullable: true, description: 'Names or ids of images.' })
    images?: string[] | null,
    @Arg('subject', () => String, { nullable: true, description: 'The subject whose images are meant.' })
    subject?: string | null,
    @Arg('formerImages', () => FormerImagesEnum, {
      nullable: true,
      description:
        'Whether those are counted that an earlier record alone says to be of the subject; not unless said.',
    })
    formerImages?: FormerImages | null,
  ) {
    return previewWithdrawal(context, {
      dataset: slug,
      images: images ?? null,
      subject: subject ?? null,
      formerImages: formerImages ?? null,
    });
  }
}

@Resolver(() => SnapshotObject)
export class SnapshotWithdrawalsResolver {
  @FieldResolver(() => MissingImageConnection, {
    description: 'The images that it lacks since they were withdrawn.',
  })
  async missingImages(
    @Root() { digest }: Snapshot,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return toConnection(await readMissingImages(context, digest, page));
  }

  @FieldResolver(() => Int, {
    description:
      'How often images of it were withdrawn: its forms are addressed below `w<view>/` from the first time on.',
  })
  view(@Root() { digest }: Snapshot, @Ctx() context: Context) {
    return perRequest(context, viewLoader).load(digest);
  }
}
