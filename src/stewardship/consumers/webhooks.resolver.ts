import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { PageArgs, toConnection } from '../../governance/connection.schema.ts';
import { ViewerObject } from '../../governance/governance.schema.ts';
import { orProblem } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import { endWebhook, readWebhooks, subscribeToWithdrawals } from './manage-webhooks.usecase.ts';
import type { Webhook } from './webhook.ts';
import { deliveriesLoader } from './webhooks.loaders.ts';
import {
  EndWebhookResult,
  SubscribeToWithdrawalsInput,
  SubscribeToWithdrawalsResult,
  WebhookConnection,
  WebhookDeliveryObject,
  WebhookObject,
} from './webhooks.schema.ts';

@Resolver(() => WebhookObject)
export class WebhooksResolver {
  @Mutation(() => SubscribeToWithdrawalsResult as never, {
    description: 'Has withdrawals from a dataset told to an address, signed.',
  })
  @Guard('snapshot.fetch')
  subscribeToWithdrawals(
    @Ctx() context: Context,
    @Arg('input', () => SubscribeToWithdrawalsInput, { description: 'Of what, and where.' })
    input: SubscribeToWithdrawalsInput,
  ) {
    return orProblem(subscribeToWithdrawals(context, input));
  }

  @Mutation(() => EndWebhookResult as never, { description: 'Ends one’s own webhook at once.' })
  @Guard('authenticated')
  endWebhook(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Which.' }) id: string) {
    return orProblem(endWebhook(context, id));
  }

  @FieldResolver(() => [WebhookDeliveryObject], { description: 'The latest of its messages, at most 50.' })
  deliveries(@Root() { id }: Webhook, @Ctx() context: Context) {
    return perRequest(context, deliveriesLoader).load(id);
  }
}

@Resolver(() => ViewerObject)
export class ViewerWebhooksResolver {
  @FieldResolver(() => WebhookConnection, { description: 'Its webhooks.' })
  async webhooks(@Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return toConnection(await readWebhooks(context, page));
  }
}
