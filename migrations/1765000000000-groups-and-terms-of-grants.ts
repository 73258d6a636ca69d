import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Grants that end by themselves, and groups whose grants their members hold. */
export class GroupsAndTermsOfGrants1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE "role_grant" ADD "expires_at" TIMESTAMP WITH TIME ZONE;
CREATE TABLE "group_member" (
  "group_id" uuid NOT NULL,
  "principal_id" uuid NOT NULL,
  "added_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "expires_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "PK_group_member" PRIMARY KEY ("group_id", "principal_id")
);
CREATE INDEX "IDX_c8c110accbb086ae2dd95bd588" ON "group_member" ("principal_id");
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "group_member"');
    await runner.query('ALTER TABLE "role_grant" DROP COLUMN "expires_at"');
  }
}
