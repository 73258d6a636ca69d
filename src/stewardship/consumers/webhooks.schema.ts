import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../governance/connection.schema.ts';
import { resultOf } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import type { DeliveryState } from './webhook.ts';

const DeliveryStateEnum = { WAITING: 'WAITING', DELIVERED: 'DELIVERED', GIVEN_UP: 'GIVEN_UP' } as const;
registerEnumType(DeliveryStateEnum, {
  name: 'DeliveryState',
  description: 'How far a message to a webhook is.',
  valuesConfig: {
    WAITING: { description: 'To be tried, or to be tried again.' },
    DELIVERED: { description: 'Taken.' },
    GIVEN_UP: { description: 'Tried as often as is tried, or refused for good.' },
  },
});

@ObjectType('WebhookDelivery', { description: 'A message of a withdrawal to a webhook.' })
@Guard('authenticated')
export class WebhookDeliveryObject {
  @Field(() => ID, { description: 'The withdrawal it tells of.' }) withdrawalId: string;
  @Field(() => DeliveryStateEnum, { description: 'How far it is.' }) state: DeliveryState;
  @Field(() => Int, { description: 'How often it was tried.' }) attempts: number;
  @Field(() => Int, { nullable: true, description: 'HTTP status of the last answer; null: none came.' })
  lastStatus: number | null;
  @Field(() => GraphQLDateTimeISO, { description: 'When it is tried next, while it waits.' }) nextAt: Date;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was taken or given up.' })
  endedAt: Date | null;
}

@ObjectType('Webhook', { description: 'Where one wants to be told of withdrawals from a dataset.' })
@Guard('authenticated')
export class WebhookObject {
  @Field(() => ID, { description: 'For ending it.' }) id: string;
  @Field(() => String, { description: 'Slug of the dataset.' }) dataset: string;
  @Field(() => String, { description: 'The address.' }) url: string;
  @Field(() => GraphQLDateTimeISO, { description: 'Since when.' }) createdAt: Date;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ended.' }) endedAt: Date | null;
}
export const WebhookConnection = connectionOf<WebhookObject>('Webhook', () => WebhookObject);

@ObjectType('SubscribedWebhook', {
  description: 'A new webhook, with the secret of its messages, shown this once.',
})
@Guard('inherit')
export class SubscribedWebhookObject {
  @Field(() => WebhookObject, { description: 'The webhook.' }) webhook: WebhookObject;
  @Field(() => String, {
    description: 'By which `Holotype-Signature: t=SECONDS,v1=HEX` is made: HMAC-SHA256 of `SECONDS.BODY`.',
  })
  secret: string;
}

@InputType({ description: 'What to be told of, and where.' })
export class SubscribeToWithdrawalsInput {
  @Field(() => String, { description: 'Slug of the dataset.' }) dataset: string;
  @Field(() => String, { description: 'An https:// address outside the server’s own network.' }) url: string;
}

export const SubscribeToWithdrawalsResult = resultOf('SubscribeToWithdrawals', SubscribedWebhookObject);
export const EndWebhookResult = resultOf('EndWebhook', WebhookObject);
