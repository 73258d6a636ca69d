/** `until` of a row that still holds. A number, so that the law `since ≤ revision < until` is literally the SQL. */
export const OPEN_REVISION = 2_147_483_647;
