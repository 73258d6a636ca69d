import { recorded } from '../governance/audit.store.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { closeOtherKeys, insertSigningKey, listSigningKeys, type SigningKey } from './attestations.store.ts';

/**
 * Publishes the key by which this server signs, at its start. `alone`: no other may sign beside it, and those that did
 * are closed (decision 0017). Throws BAD_CONFIGURATION for a key that was closed before.
 */
export async function registerSigningKey(context: Context, { alone }: { alone: boolean }): Promise<void> {
  const { keyId } = context.signer;
  const keys = await listSigningKeys(context.db);
  const held = keys.find((key) => key.keyId === keyId);
  if (held && held.until !== null)
    throw new DomainError(
      'BAD_CONFIGURATION',
      `HOLOTYPE_SIGNING_KEY: the key ${keyId} was closed on ${held.until.toISOString()} by a newer one; give the newer one, or another.`,
    );
  const others = keys.filter((key) => key.keyId !== keyId && key.until === null);
  if (held && (!alone || others.length === 0)) return;
  const closes = alone ? others.map((key) => key.keyId) : [];
  const entry = { action: 'instance.sign', subject: 'instance', detail: { key: keyId, closes } };
  await recorded(context, entry, async ({ db, signer, now }) => {
    await insertSigningKey(db, signer, now());
    if (alone) await closeOtherKeys(db, keyId, now());
  });
}

/** Every key by which this instance has signed, for whoever asks: they are there to be known. */
export function readSigningKeys(context: Context): Promise<SigningKey[]> {
  return listSigningKeys(context.db);
}
