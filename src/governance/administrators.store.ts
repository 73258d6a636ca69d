import type { EntityManager } from 'typeorm';
import { INSTANCE_SCOPE, PRIVILEGES, ROLES } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { actionsOf } from './policy.ts';

/**
 * Makes a change that may take the right to administer away, and refuses it where no principal would hold that right
 * for good any more. Two such changes wait for each other, so that two administrators cannot remove one another.
 */
export async function keepingAnAdministrator(db: EntityManager, change: () => Promise<void>): Promise<void> {
  await db.query('LOCK TABLE role_grant, group_member IN SHARE ROW EXCLUSIVE MODE');
  await change();
  const [left] = await db.query(
    `SELECT 1 FROM role_grant g JOIN principal p ON p.id = g.principal_id
     WHERE g.scope = $1 AND g.role = ANY($2::text[]) AND g.expires_at IS NULL AND p.disabled_at IS NULL
       AND (p.kind <> 'GROUP' OR EXISTS (
         SELECT 1 FROM group_member m JOIN principal q ON q.id = m.principal_id
         WHERE m.group_id = p.id AND m.expires_at IS NULL AND q.disabled_at IS NULL))
     LIMIT 1`,
    [INSTANCE_SCOPE, ADMINISTERING],
  );
  if (!left)
    throw new DomainError(
      'CONFLICT',
      'No administrator of the instance would be left for good; first grant ADMINISTRATOR without a term to another principal.',
    );
}

const ADMINISTERING = [...ROLES, ...PRIVILEGES].filter((granted) =>
  actionsOf(granted).includes('access.administer'),
);
