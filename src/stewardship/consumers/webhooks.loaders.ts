import DataLoader from 'dataloader';
import type { Context } from '../../platform/context.ts';
import { readDeliveries } from './manage-webhooks.usecase.ts';

/** Deliveries of a request's webhooks, one statement for all. */
export function deliveriesLoader(context: Context) {
  return new DataLoader((webhooks: readonly string[]) => readDeliveries(context, webhooks));
}
