import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs, toConnection } from '../../governance/connection.schema.ts';
import { ViewerObject } from '../../governance/governance.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import type { Context } from '../../platform/context.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { SnapshotObject } from '../../snapshots/snapshots.schema.ts';
import { WithdrawalObject } from '../withdrawal/withdrawal.schema.ts';
import type { Withdrawal } from '../withdrawal/withdrawal.ts';
import { AffectedRunConnection, ConsumerConnection, WithdrawalNoticeConnection } from './consumers.schema.ts';
import {
  readAffectedConsumers,
  readAffectedRuns,
  readConsumers,
  readNotices,
} from './read-consumers.usecase.ts';

@Resolver(() => SnapshotObject)
export class SnapshotConsumersResolver {
  @FieldResolver(() => ConsumerConnection, { description: 'Who fetched of it, by name.' })
  @Guard('consumers.read')
  async consumers(@Root() snapshot: Snapshot, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return toConnection(await readConsumers(context, snapshot, page));
  }
}

@Resolver(() => WithdrawalObject)
export class WithdrawalConsumersResolver {
  @FieldResolver(() => ConsumerConnection, {
    description: 'Who had fetched of the snapshots it reached: who must be told.',
  })
  @Guard('consumers.read')
  async consumers(
    @Root() withdrawal: Withdrawal,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return toConnection(await readAffectedConsumers(context, withdrawal, page));
  }

  @FieldResolver(() => AffectedRunConnection, {
    description: 'The training runs on the snapshots it reached.',
  })
  async affectedRuns(
    @Root() withdrawal: Withdrawal,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return toConnection(await readAffectedRuns(context, withdrawal, page));
  }
}

@Resolver(() => ViewerObject)
export class ViewerNoticesResolver {
  @FieldResolver(() => WithdrawalNoticeConnection, {
    description: 'Withdrawals from snapshots that it had fetched of, the latest first.',
  })
  async notices(@Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return toConnection(await readNotices(context, page));
  }
}
